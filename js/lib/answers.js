// Messages that Python answers with the trait `_acknowledged` = "client:sequence".

/**
 * Numbers the messages of one view, and keeps track of Python's answers.
 *
 * @param {Model} model
 * @param {string} client the name of the view
 */
export function conversation(model, client) {
  let [sent, answered] = [0, 0];

  /**
   * Send a message that needs an answer; returns its number.
   *
   * @param {string} type
   * @param {object} content
   * @param {ArrayBuffer[]} [buffers]
   */
  function ask(type, content, buffers) {
    sent += 1;
    model.send({ type, client, sequence: sent, ...content }, undefined, buffers);
    return sent;
  }

  /** The number of the last answered message. */
  function hear() {
    const [who, last] = model.get("_acknowledged").split(":");
    if (who === client) answered = Number(last);
    return answered;
  }

  return { ask, hear };
}

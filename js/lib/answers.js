// Messages to Python that it answers with the trait `_acknowledged` = "client:sequence".

/**
 * Numbers the messages of one view, and knows which of them Python has answered.
 *
 * @param {Model} model
 * @param {string} client the name of the view
 */
export function conversation(model, client) {
  let [sent, answered] = [0, 0];

  /**
   * Send a message that wants an answer; returns its number.
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

  /** The number of the last message that is answered. */
  function hear() {
    const [who, last] = model.get("_acknowledged").split(":");
    if (who === client) answered = Number(last);
    return answered;
  }

  return { ask, hear };
}

// A model for tests: traits set here, and messages sent to Python.

export class FakeModel {
  constructor(traits) {
    this.traits = traits;
    this.sent = [];
  }

  get(name) {
    return this.traits[name];
  }

  set(name, value) {
    this.traits[name] = value;
  }

  save_changes() {}

  send(message, _callbacks, buffers) {
    this.sent.push(buffers ? { ...message, buffers } : message);
  }

  /** Answer the last message of a view, as Python does. */
  acknowledge() {
    const { client, sequence } = this.sent.findLast((message) => "sequence" in message);
    this.traits._acknowledged = `${client}:${sequence}`;
  }
}

// The newest walls, which may arrive before a change of the number of neurons.

export class Newest {
  constructor() {
    this.walls = new Uint8Array(0);
    this.whole = false;
  }

  /**
   * @param {Uint8Array} walls
   * @param {boolean} whole whether there is one for each device, not one for all axons of a neuron
   */
  keep(walls, whole) {
    Object.assign(this, { walls, whole });
  }

  /**
   * Whether the walls are those of this number of neurons.
   *
   * @param {number} neurons
   */
  fit(neurons) {
    return this.walls.length > 0 && this.walls.length === (this.whole ? neurons ** 2 : 2 * neurons);
  }
}

// Painting. Python owns the bits; painted cells lie over them until Python has answered, so that older bits under way
// cannot undo them. One piece of a stroke is under way at a time (cells gather here while the kernel is busy), but the end
// of a stroke never waits.

import { conversation } from "../lib/answers.js";
import { cellsOnLine, numberOf } from "./grid.js";

/** @typedef {import("./grid.js").Cell} Cell */

/**
 * @typedef {object} Stroke
 * @property {number} number
 * @property {number} value the bit that is painted
 * @property {Set<number>} cells
 * @property {Set<number>} unsent
 * @property {Cell} last
 * @property {number | null} pointer null for the keyboard
 */

export class Painting {
  /**
   * @param {Model} model
   * @param {string} client the name of the view
   * @param {() => void} schedule asks for a frame
   */
  constructor(model, client, schedule) {
    this.model = model;
    this.schedule = schedule;
    this.talk = conversation(model, client);
    /** @type {Stroke | null} */
    this.stroke = null;
    this.strokes = 0;
    /** @type {{ sequence: number, value: number, cells: number[] }[]} pieces sent and not acknowledged */
    this.pending = [];
  }

  get size() {
    return { rows: this.model.get("rows"), columns: this.model.get("columns") };
  }

  /** @param {Cell} cell */
  index(cell) {
    return numberOf(this.size, cell);
  }

  /** Whether a pointer is painting. */
  get hasPen() {
    return this.stroke !== null && this.stroke.pointer !== null;
  }

  /** Whether a key is painting. */
  get hasKey() {
    return this.stroke?.pointer === null;
  }

  /**
   * Python's bits below, this view's unacknowledged cells above.
   *
   * @returns {string[]}
   */
  bits() {
    const { rows, columns } = this.size;
    const bits = Array.from(this.model.get("bits").padEnd(rows * columns, "0"));
    for (const { value, cells } of this.stroke ? [...this.pending, this.stroke] : this.pending) {
      for (const cell of cells) bits[cell] = String(value);
    }
    return bits;
  }

  /**
   * @param {Cell} at
   * @param {number | null} pointer
   * @param {number} value
   */
  begin(at, pointer, value = 1 - Number(this.bits()[this.index(at)])) {
    this.strokes += 1;
    this.stroke = { number: this.strokes, value, cells: new Set(), unsent: new Set(), last: at, pointer };
    this.paintTo(at);
  }

  /** @param {Cell} at */
  paintTo(at) {
    const { stroke } = this;
    if (!stroke) return;
    for (const place of cellsOnLine(stroke.last, at)) {
      const cell = this.index(place);
      if (cell < 0 || stroke.cells.has(cell)) continue;
      stroke.cells.add(cell);
      stroke.unsent.add(cell);
    }
    stroke.last = at;
    this.schedule();
  }

  /**
   * @param {Stroke} stroke
   * @param {number[]} cells
   */
  send(stroke, cells) {
    const { value, number } = stroke;
    const sequence = this.talk.ask("paint", { stroke: number, value, cells });
    this.pending.push({ sequence, value, cells });
    stroke.unsent.clear();
  }

  /** Send the gathered cells, unless a piece is under way. */
  sendGathered() {
    if (this.stroke?.unsent.size && !this.pending.length) this.send(this.stroke, [...this.stroke.unsent]);
  }

  end() {
    const { stroke } = this;
    if (!stroke) return;
    // Cells that the program changed under the pen are sent again: until pointer-up the person's stroke has precedence.
    const bits = this.model.get("bits");
    const cells = [...stroke.cells].filter((cell) => stroke.unsent.has(cell) || Number(bits[cell]) !== stroke.value);
    if (cells.length) this.send(stroke, cells);
    this.stroke = null;
    this.schedule();
  }

  /** Handle an answer of Python. */
  hear() {
    const answered = this.talk.hear();
    this.pending = this.pending.filter(({ sequence }) => sequence > answered);
  }

  /** Handle a new size of the grid. */
  drop() {
    this.pending = [];
    this.stroke = null;
  }
}

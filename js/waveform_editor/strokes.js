// Strokes of the pen. Python owns the samples; a stroke lies over them until Python has answered, so that older samples
// under way cannot undo it.

import { conversation } from "../lib/answers.js";
import { tr } from "../lib/i18n.js";
import { clamp, numbersOf } from "../lib/numbers.js";
import { columnsBetween, covered } from "./model.js";

/** @typedef {import("./model.js").Point} Point */
/** @typedef {{ cells: Map<number, number>, pointer: number | null, last: Point }} Stroke pointer null for the keyboard */

/** @type {Record<string, string>} What is said when a command is done. */
const DONE = {
  undo: tr("Undone."),
  redo: tr("Done again."),
  smooth: tr("Smoothed."),
  clear: tr("All samples are 0."),
};
/** @type {Record<string, string>} */
const OVER = { undo: tr("Nothing to undo."), redo: tr("Nothing to redo.") };

export class Strokes {
  /**
   * @param {Model} model
   * @param {string} client the name of the view
   * @param {(text: string) => void} say
   * @param {() => void} schedule asks for a frame
   */
  constructor(model, client, say, schedule) {
    this.model = model;
    this.say = say;
    this.schedule = schedule;
    this.talk = conversation(model, client);
    this.samples = numbersOf(model.get("_samples"), Float32Array); // Python's
    /** @type {{ sequence: number, cells: Map<number, number> }[]} strokes sent and not acknowledged */
    this.pending = [];
    /** @type {Stroke | null} */
    this.stroke = null;
    this.cursor = 0; // the sample under the keyboard cursor
    this.expected = ""; // the announcement for the next samples
  }

  /** Python's samples below, unacknowledged strokes above. */
  shown() {
    const strokes = this.stroke ? [...this.pending, this.stroke] : this.pending;
    return covered(
      this.samples,
      strokes.map(({ cells }) => cells),
    );
  }

  /**
   * @param {Point} at
   * @param {number} pointer
   */
  begin(at, pointer) {
    this.stroke = { cells: new Map(), pointer, last: at };
    this.drawTo(at);
  }

  /** @param {Point} at */
  drawTo(at) {
    const { stroke, samples } = this;
    if (!stroke) return;
    for (const [column, value] of columnsBetween(stroke.last, at, samples.length)) stroke.cells.set(column, value);
    const own = Math.floor(at[0]);
    if (own >= 0 && own < samples.length) this.cursor = own;
    stroke.last = at;
  }

  end() {
    if (!this.stroke) return;
    const { cells } = this.stroke;
    this.stroke = null;
    if (cells.size) {
      this.expected = "";
      const { buffer } = Float32Array.from(cells.values());
      this.pending.push({ sequence: this.talk.ask("draw", { columns: [...cells.keys()] }, [buffer]), cells });
    }
    this.schedule();
  }

  /** Discard the stroke under the pen. */
  drop() {
    this.stroke = null;
  }

  /** Handle an answer of Python. */
  hear() {
    const answered = this.talk.hear();
    this.pending = this.pending.filter(({ sequence }) => sequence > answered);
  }

  /** Handle new samples from Python. */
  renew() {
    this.samples = numbersOf(this.model.get("_samples"), Float32Array);
    if (this.expected) this.say(this.expected);
    this.expected = "";
  }

  /**
   * Request a command even if it seems impossible, because messages under way may make it possible.
   *
   * @param {string} type
   */
  command(type) {
    this.end();
    this.model.send({ type });
    const isOver = type in OVER && !this.model.get(`can_${type}`) && !this.pending.length;
    this.say(isOver && !this.expected ? OVER[type] : "");
    this.expected = isOver ? this.expected : DONE[type];
  }

  /**
   * Move the keyboard cursor to a sample, cyclically.
   *
   * @param {number} to
   */
  walk(to) {
    this.end();
    this.cursor = (to + this.samples.length) % this.samples.length;
  }

  /**
   * Change the sample under the keyboard cursor; one stroke while the key is held.
   *
   * @param {number} step
   */
  nudge(step) {
    const value = clamp(Math.round((this.shown()[this.cursor] + step) * 100) / 100, -1, 1);
    this.stroke ??= { cells: new Map(), pointer: null, last: [this.cursor, value] };
    this.stroke.cells.set(this.cursor, value);
  }
}

// Position of mouse, finger, pen and keyboard cursor.

import { clamp } from "../lib/numbers.js";

/** @typedef {import("./grid.js").Cell} Cell */
/** @typedef {import("./painting.js").Painting} Painting */

export class Pointing {
  /**
   * @param {Model} model
   * @param {Painting} painting
   */
  constructor(model, painting) {
    this.model = model;
    this.painting = painting;
    /** @type {Cell} where the keys are */
    this.cursor = { row: 0, column: 0 };
    this.selected = model.get("selected");
    this.hovered = -1;
    this.keyboard = false; // the cursor is shown only while it is used
  }

  /** @param {Cell} at */
  moveCursor(at) {
    const { rows, columns } = this.painting.size;
    this.cursor = { row: clamp(at.row, 0, rows - 1), column: clamp(at.column, 0, columns - 1) };
  }

  /**
   * Select a cell, or deselect it.
   *
   * @param {number} cell
   */
  select(cell) {
    this.selected = cell === this.selected ? -1 : cell;
    this.model.send({ type: "select", cell: this.selected });
    this.painting.schedule();
  }

  /** @param {boolean} value */
  setKeyboard(value) {
    this.keyboard = value;
    this.painting.schedule();
  }

  leave() {
    this.hovered = -1;
    this.painting.schedule();
  }

  /** Tell Python the hovered cell, if it has a callback. */
  tellHovered() {
    const { model, hovered } = this;
    if (!model.get("_reports_hover") || hovered === model.get("hovered")) return;
    model.set("hovered", hovered);
    model.save_changes(); // ipywidgets holds these back while the kernel is busy, and sends the newest
  }
}

// The field of spheres on a canvas.

import { contextOf, fitCanvas, pixelRatio, sheet } from "../lib/canvas.js";
import { byteOf } from "../lib/colour.js";
import { drawArrow, drawCross, drawRing, drawSphere, SHADES } from "./drawing.js";
import { gridFor } from "./model.js";

const NUMBERED = 24; // smallest radius in px with room for the numbers

/** Paints only changed vectors. */
export class Spheres {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.context = contextOf(canvas, { alpha: false });
    this.layer = sheet(1, 1); // the layer below the arrows
    this.layout = { columns: 1, rows: 1, side: 1 };
    this.count = 0;
    this.radius = 0;
    this.ratio = 1;
    /** @type {string[]} */
    this.painted = [];
  }

  /**
   * Paint vectors; returns the number of painted ones.
   *
   * @param {Int8Array} bytes three a vector
   * @param {string[]} looks "", or words of "cut", "hover" and "selected"
   * @param {number[][]} table colours of heights
   */
  paint(bytes, looks, table) {
    const count = bytes.length / 3;
    if (fitCanvas(this.canvas) || count !== this.count) this.layOut(count);
    let changed = 0;
    for (let k = 0; k < count; k += 1) {
      const wanted = `${bytes[3 * k]} ${bytes[3 * k + 1]} ${bytes[3 * k + 2]} ${looks[k]}`;
      if (this.painted[k] === wanted) continue;
      this.painted[k] = wanted;
      changed += 1;
      const vector = [0, 1, 2].map((axis) => bytes[3 * k + axis] / 127);
      this.paintOne(k, vector, looks[k], table);
    }
    return changed;
  }

  /** Repaint everything in new colours. */
  forget() {
    this.count = -1;
  }

  /** @param {number} count */
  layOut(count) {
    const { canvas, context, layer } = this;
    this.count = count;
    this.painted = new Array(count).fill("");
    this.layout = gridFor(count, canvas.clientWidth, canvas.clientHeight);
    this.radius = 0.43 * this.layout.side;
    this.ratio = pixelRatio();
    Object.assign(layer.canvas, { width: canvas.width, height: canvas.height });
    layer.context.fillStyle = SHADES.paper;
    layer.context.fillRect(0, 0, canvas.width, canvas.height);
    for (let k = 0; k < count; k += 1) this.drawBelow(k);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(layer.canvas, 0, 0);
  }

  /**
   * Left and top edge of a cell and its size, in whole device pixels, so that cells neither overlap nor leave gaps.
   *
   * @param {number} k
   */
  cell(k) {
    const { columns, rows } = this.layout;
    const [column, row] = [k % columns, Math.floor(k / columns)];
    /** @param {number} index @param {number} parts @param {number} length */
    const edge = (index, parts, length) => Math.round((index * length) / parts);
    const [left, right] = [column, column + 1].map((index) => edge(index, columns, this.canvas.width));
    const [top, bottom] = [row, row + 1].map((index) => edge(index, rows, this.canvas.height));
    return { left, top, width: right - left, height: bottom - top };
  }

  /**
   * Draw in CSS pixels relative to the centre of a cell.
   *
   * @param {Context} context
   * @param {number} k
   */
  enter(context, k) {
    const { left, top, width, height } = this.cell(k);
    context.setTransform(this.ratio, 0, 0, this.ratio, left + width / 2, top + height / 2);
  }

  /** @param {number} k */
  drawBelow(k) {
    const { context } = this.layer;
    this.enter(context, k);
    drawSphere(context, this.radius, false);
    if (this.radius < NUMBERED) return;
    const { width, height } = this.cell(k);
    Object.assign(context, { fillStyle: SHADES.faint, font: "10px system-ui, sans-serif", textAlign: "left" });
    context.textBaseline = "top";
    const [x, y] = [width, height].map((side) => Math.max(1 - side / 2 / this.ratio, -this.radius - 3));
    context.fillText(String(k), x, y);
  }

  /**
   * @param {number} k
   * @param {number[]} vector
   * @param {string} look
   * @param {number[][]} table
   */
  paintOne(k, vector, look, table) {
    const { context, radius } = this;
    const { left, top, width, height } = this.cell(k);
    const isCut = look.includes("cut");
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(this.layer.canvas, left, top, width, height, left, top, width, height);
    this.enter(context, k);
    if (isCut) drawSphere(context, radius, true);
    drawArrow(context, vector, radius, isCut ? SHADES.grey : `rgb(${table[byteOf(vector[1])].join(" ")})`);
    if (isCut) drawCross(context, radius);
    if (look.includes("selected")) drawRing(context, radius, SHADES.focus);
    else if (look.includes("hover")) drawRing(context, radius, SHADES.accent);
  }

  /**
   * The vector at a position in CSS pixels, -1 for none.
   *
   * @param {number} x
   * @param {number} y
   */
  at(x, y) {
    const { columns, rows } = this.layout;
    const column = Math.floor((x / this.canvas.clientWidth) * columns);
    const row = Math.floor((y / this.canvas.clientHeight) * rows);
    const k = row * columns + column;
    return column >= 0 && column < columns && row >= 0 && k < this.count ? k : -1;
  }
}

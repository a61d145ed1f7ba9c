// Drawing of the cells.

import { contextOf, pixelRatio } from "../lib/canvas.js";
import { cellOf } from "./grid.js";

/** @typedef {import("./grid.js").Cell} Cell */
/** @typedef {{ place: Cell, dashed: boolean }} Mark a ring round a cell: the cursor's is dashed */

/**
 * Positions of cells in device pixels. Each edge is rounded: crisp at any zoom, without seams between cells.
 *
 * @param {number} size CSS pixels of a cell
 */
function places(size) {
  const ratio = pixelRatio();
  const edge = (/** @type {number} */ count) => Math.round(count * size * ratio);
  /**
   * @param {Cell} cell
   * @returns {[number, number, number, number]}
   */
  const box = ({ row, column }) => {
    const [left, top] = [edge(column), edge(row)];
    return [left, top, edge(column + 1) - left, edge(row + 1) - top];
  };
  return { ratio, edge, box };
}

/**
 * Draw bits and marks.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {string[]} bits
 * @param {object} look
 * @param {number} look.rows
 * @param {number} look.columns
 * @param {number} look.size CSS pixels of a cell
 * @param {boolean} look.compact
 * @param {Mark[]} look.marks
 */
export function drawCells(canvas, bits, { rows, columns, size, compact, marks }) {
  const { ratio, edge, box } = places(size);
  const [width, height] = [edge(columns), edge(rows)];
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  Object.assign(canvas.style, { width: `${columns * size}px`, height: `${rows * size}px` });

  // The style sheet sets the four colours as properties that draw nothing on a canvas, which resolves variables,
  // defaults and forced colours in one place.
  const { backgroundColor: off, color: on, borderTopColor: grid, outlineColor: focus } = getComputedStyle(canvas);
  const context = contextOf(canvas, { alpha: false });
  context.fillStyle = off;
  context.fillRect(0, 0, width, height);
  context.fillStyle = on;
  bits.forEach((bit, cell) => {
    if (bit === "1") context.fillRect(...box(cellOf({ rows, columns }, cell)));
  });
  if (!compact) {
    const line = Math.max(1, Math.round(ratio));
    context.fillStyle = grid;
    for (let c = 1; c < columns; c += 1) context.fillRect(edge(c) - line, 0, line, height);
    for (let r = 1; r < rows; r += 1) context.fillRect(0, edge(r) - line, width, line);
  }
  // A white line (inside, or in the gaps) keeps the ring visible on both cell colours.
  const thick = Math.round((compact ? 1 : 2) * ratio);
  for (const { place, dashed } of marks) {
    const cell = box(place);
    drawRing(context, cell, dashed ? 0 : thick, dashed ? thick : Math.round(ratio), "#ffffff", []);
    drawRing(context, cell, 0, thick, focus, dashed ? [3 * ratio, 3 * ratio] : []);
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number[]} box
 * @param {number} inset
 * @param {number} thickness
 * @param {string} colour
 * @param {number[]} dashes
 */
function drawRing(context, [left, top, wide, high], inset, thickness, colour, dashes) {
  const shift = inset + thickness / 2;
  Object.assign(context, { strokeStyle: colour, lineWidth: thickness });
  context.setLineDash(dashes);
  context.strokeRect(left + shift, top + shift, wide - 2 * shift, high - 2 * shift);
}

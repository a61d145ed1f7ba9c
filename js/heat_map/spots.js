// Marks on the map: a named position, with or without a frame around cells.

import { DARK, FONT } from "./colours.js";

/** @typedef {import("./picture.js").Grid} Grid */

/**
 * @param {CanvasRenderingContext2D} c
 * @param {import("./model.js").Spot} spot
 * @param {Grid} places
 */
export function drawSpot(c, { x, y, label, shape, box }, places) {
  if (box) drawFrame(c, box, places);
  const [at, up] = places.at(x, y);
  const isDiamond = shape === "diamond";
  c.beginPath();
  if (isDiamond) {
    c.lineTo(at, up - 9);
    c.lineTo(at + 8, up);
    c.lineTo(at, up + 9);
    c.lineTo(at - 8, up);
    c.closePath();
    c.fillStyle = "#ffffff";
    c.fill();
  } else {
    c.arc(at, up, 6.5, 0, 2 * Math.PI);
  }
  const [outer, inner] = isDiamond ? [4, 1.5] : [5.5, 2.5];
  Object.assign(c, { strokeStyle: DARK, lineWidth: outer });
  c.stroke();
  Object.assign(c, { strokeStyle: "#ffffff", lineWidth: inner });
  c.stroke();
  drawTag(c, label, at, up, places.box.right);
}

/**
 * A frame around cells: a dashed line on a white one.
 *
 * @param {CanvasRenderingContext2D} c
 * @param {[number, number, number, number]} cells first and last column, first and last row
 * @param {Grid} places
 */
function drawFrame(c, [firstColumn, lastColumn, firstRow, lastRow], { place }) {
  const [left, low, , high] = place(firstColumn, firstRow);
  const [right, top, wide] = place(lastColumn, lastRow);
  const box = /** @type {const} */ ([left + 2, top + 2, right + wide - left - 4, low + high - top - 4]);
  Object.assign(c, { strokeStyle: "#ffffff", lineWidth: 3.5 });
  c.strokeRect(...box);
  Object.assign(c, { strokeStyle: DARK, lineWidth: 1.8 });
  c.setLineDash([6, 4]);
  c.strokeRect(...box);
  c.setLineDash([]);
}

/**
 * A name beside a mark, on the side where there is room.
 *
 * @param {CanvasRenderingContext2D} c
 * @param {string} text
 * @param {number} x
 * @param {number} y
 * @param {number} end where the room ends
 */
function drawTag(c, text, x, y, end) {
  if (!text) return;
  c.font = `600 11px ${FONT}`;
  const wide = c.measureText(text).width + 8;
  const left = x + 12 + wide > end ? x - 12 - wide : x + 12;
  c.fillStyle = "rgb(255 255 255 / 88%)";
  c.beginPath();
  c.roundRect(left, y - 8, wide, 16, 4);
  c.fill();
  c.fillStyle = DARK;
  c.textAlign = "left";
  c.fillText(text, left + 4, y + 4);
}

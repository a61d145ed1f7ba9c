// Drawing of all walls as tracks, and of the somas as an image.

import { contextOf, isResized, wantedSize } from "../lib/canvas.js";

const [ON, OFF, WALL, GAP] = ["#f4b13d", "#244a78", "#ffffff", "#0d1b2e"];
const SOMA = { on: "#fff2c9", off: "#7fb2f0", wall: "#d6336c" };

/** @param {string} colour #rrggbb as a pixel */
const pixelOf = (colour) => {
  const [red, green, blue] = [1, 3, 5].map((k) => Number.parseInt(colour.slice(k, k + 2), 16));
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
};

/**
 * One row of pixels of a track for every position of its wall.
 *
 * @param {number} width
 * @param {{ on: string, off: string, wall: string }} colours
 */
export function rowsOf(width, { on, off, wall }) {
  const thick = Math.max(1, Math.round(width / 5));
  return Array.from({ length: 256 }, (_none, level) => {
    const at = Math.round((level / 255) * width);
    const row = new Uint32Array(width).fill(pixelOf(off)).fill(pixelOf(on), 0, at);
    if (level > 0 && level < 255 && width > 2) {
      const left = Math.min(Math.max(Math.round(at - thick / 2), 0), width - thick);
      row.fill(pixelOf(wall), left, left + thick);
    }
    return row;
  });
}

/**
 * The tracks of a network, a row for each neuron with its soma on the diagonal; draws only walls that have moved.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {number} neurons
 */
export function trackField(canvas, neurons) {
  const context = contextOf(canvas, { alpha: false });
  const shown = new Int16Array(neurons * neurons).fill(-1);
  /** @type {ImageData} */
  let picture;
  let [cell, box] = [0, 0];
  /** @type {Uint32Array[][]} */
  let rows = [];

  function fit() {
    if (picture && !isResized(canvas)) return;
    cell = Math.max(1, Math.floor(wantedSize(canvas).width / neurons));
    box = cell >= 4 ? cell - Math.max(1, Math.round(cell / 6)) : cell;
    canvas.width = canvas.height = cell * neurons;
    picture = context.createImageData(canvas.width, canvas.height);
    new Uint32Array(picture.data.buffer).fill(pixelOf(GAP));
    rows = [rowsOf(box, { on: ON, off: OFF, wall: WALL }), rowsOf(cell, SOMA)];
    shown.fill(-1);
  }

  /**
   * @param {Uint8Array} somas (N,)
   * @param {Uint8Array} axons (N,) or (N, N)
   */
  function draw(somas, axons) {
    fit();
    const pixels = new Uint32Array(picture.data.buffer);
    const width = picture.width;
    const alone = axons.length > neurons;
    for (let row = 0; row < neurons; row++) {
      for (let column = 0; column < neurons; column++) {
        const own = row === column;
        const index = row * neurons + column;
        const level = own ? somas[row] : axons[alone ? index : row];
        if (shown[index] === level) continue;
        shown[index] = level;
        const line = rows[own ? 1 : 0][level];
        const start = row * cell * width + column * cell;
        for (let y = 0; y < line.length; y++) pixels.set(line, start + y * width);
      }
    }
    context.putImageData(picture, 0, 0);
  }

  return draw;
}

/**
 * The somas as an image.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {number} columns
 */
export function somaImage(canvas, columns) {
  const context = contextOf(canvas);
  const [on, off] = [ON, OFF].map((colour) => [1, 3, 5].map((k) => Number.parseInt(colour.slice(k, k + 2), 16)));

  /** @param {Uint8Array} somas */
  return (somas) => {
    const side = Math.floor(canvas.width / columns);
    somas.forEach((level, k) => {
      const mixed = off.map((value, part) => Math.round(value + ((on[part] - value) * level) / 255));
      context.fillStyle = `rgb(${mixed.join(" ")})`;
      context.fillRect((k % columns) * side, Math.floor(k / columns) * side, side - 1, side - 1);
    });
  };
}

// The picture of a map: cells, axes, legend and marks on one canvas.

import { contextOf, sheet } from "../lib/canvas.js";
import { written } from "../lib/numbers.js";
import { ticks } from "../lib/scale.js";
import { FONT, INK, mixed } from "./colours.js";
import { everyHow, shareOf } from "./model.js";
import { drawSpot } from "./spots.js";

/** @typedef {import("./model.js").HeatMap} HeatMap */
/** @typedef {import("./model.js").Cell} Cell */
/** @typedef {{ left: number, right: number, top: number, bottom: number }} Box */

const BAR = 14; // width of the colour bar

/**
 * The number of ticks for which the legend has room.
 *
 * @param {number} height
 */
const mostTicks = (height) => Math.max(2, height / 60);

/**
 * A layout of cells in a box.
 *
 * @param {HeatMap} map
 * @param {Box} box
 */
export function grid(map, box) {
  const [columns, rows] = [map.x.values.length, map.y.values.length];
  const [wide, high] = [(box.right - box.left) / columns, (box.bottom - box.top) / rows];

  return {
    box,
    wide,

    /**
     * Left, top, width and height of a cell.
     *
     * @param {number} column
     * @param {number} row
     */
    place: (column, row) => [box.left + column * wide, box.bottom - (row + 1) * high, wide, high],

    /**
     * The pixel position of a number of steps.
     *
     * @param {number} x
     * @param {number} y
     */
    at: (x, y) => [box.left + (x + 0.5) * wide, box.bottom - (y + 0.5) * high],

    /**
     * The cell at a position, or null.
     *
     * @param {number} x
     * @param {number} y
     */
    under(x, y) {
      if (x < box.left || x >= box.right || y <= box.top || y > box.bottom) return null;
      const column = Math.min(Math.floor((x - box.left) / wide), columns - 1);
      return { column, row: Math.min(Math.floor((box.bottom - y) / high), rows - 1) };
    },
  };
}

/** @typedef {ReturnType<typeof grid>} Grid */

export class Picture {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {string[]} ramp
   */
  constructor(canvas, ramp) {
    this.canvas = canvas;
    this.context = contextOf(canvas, { alpha: false });
    this.ramp = ramp;
    /** @type {HeatMap | null} */
    this.map = null;
    /** @type {Grid | null} */
    this.grid = null;
  }

  /**
   * @param {HeatMap} map
   * @param {number} width
   * @param {number} height
   */
  draw(map, width, height) {
    const ratio = Math.max(window.devicePixelRatio || 1, 2); // sharp in a saved picture too
    Object.assign(this.canvas, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
    const c = this.context;
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    c.fillStyle = INK.paper;
    c.fillRect(0, 0, width, height);
    const box = this.boxFor(map, width, height);
    const places = grid(map, box);
    this.map = map;
    this.grid = places;
    this.cells(map, places);
    this.axes(map, places);
    this.legend(map, box, width);
    for (const spot of map.spots) drawSpot(c, spot, places);
    if (map.message) this.words(map.message, (box.left + box.right) / 2, box.top + 0.22 * (box.bottom - box.top));
  }

  /**
   * @param {string[]} texts
   * @returns {number} the width of the widest
   */
  widest(texts) {
    this.context.font = `11px ${FONT}`;
    return Math.max(...texts.map((text) => this.context.measureText(text).width));
  }

  /**
   * The box of the cells: the room between the labels.
   *
   * @param {HeatMap} map
   * @param {number} width
   * @param {number} height
   */
  boxFor(map, width, height) {
    const names = this.widest(map.y.values);
    const numbers = this.widest(ticks(map.colours, mostTicks(height)).map((value) => written(value)));
    return {
      left: (map.y.label ? 20 : 4) + Math.min(names, width / 3) + 8,
      right: width - BAR - Math.max(numbers, 10) - 46,
      top: 8,
      bottom: height - 36,
    };
  }

  /**
   * @param {HeatMap} map
   * @param {Grid} places
   */
  cells(map, { box, place }) {
    const { context: c } = this;
    const rows = map.y.values.length;
    c.fillStyle = this.hatching();
    c.fillRect(box.left, box.top, box.right - box.left, box.bottom - box.top);
    map.values.forEach((value, k) => {
      if (value === null) return;
      const [left, top, wide, high] = place(Math.floor(k / rows), k % rows);
      c.fillStyle = mixed(this.ramp, shareOf(map.colours, map.shades[k] ?? value));
      // Rounded to whole pixels, because hatching would show between two cells.
      const [x, y] = [Math.floor(left), Math.floor(top)];
      c.fillRect(x, y, Math.ceil(left + wide) - x, Math.ceil(top + high) - y);
    });
    c.strokeStyle = INK.line;
    c.lineWidth = 1;
    c.strokeRect(box.left - 0.5, box.top - 0.5, box.right - box.left + 1, box.bottom - box.top + 1);
  }

  hatching() {
    const { canvas, context: c } = sheet(16, 16);
    c.fillStyle = INK.page;
    c.fillRect(0, 0, 16, 16);
    c.strokeStyle = INK.hatch;
    c.lineWidth = 1.5;
    for (const shift of [-16, 0, 16]) {
      c.beginPath();
      c.moveTo(shift - 2, 18);
      c.lineTo(shift + 18, -2);
      c.stroke();
    }
    const pattern = /** @type {CanvasPattern} */ (this.context.createPattern(canvas, "repeat"));
    pattern.setTransform(new DOMMatrix().scale(0.5));
    return pattern;
  }

  /**
   * @param {HeatMap} map
   * @param {Grid} places
   */
  axes(map, { box, wide, at }) {
    const { context: c } = this;
    c.fillStyle = INK.soft;
    const longest = this.widest(map.x.values);
    c.textAlign = "center";
    const stepX = everyHow(map.x.values.length, (box.right - box.left) / (longest + 8));
    map.x.values.forEach((text, k) => {
      if (k % stepX === 0) c.fillText(text, at(k, 0)[0], box.bottom + 15, Math.max(wide * stepX - 4, 24));
    });
    c.textAlign = "right";
    const stepY = everyHow(map.y.values.length, (box.bottom - box.top) / 15);
    map.y.values.forEach((text, k) => {
      if (k % stepY === 0) c.fillText(text, box.left - 6, at(0, k)[1] + 4, box.left - 24);
    });
    this.title();
    c.fillText(map.x.label, (box.left + box.right) / 2, box.bottom + 31);
    this.upright(map.y.label, 13, box);
  }

  /** Set the font of titles. */
  title() {
    Object.assign(this.context, { fillStyle: INK.ink, font: `12px ${FONT}`, textAlign: "center" });
  }

  /**
   * Write vertically along a box.
   *
   * @param {string} text
   * @param {number} x
   * @param {Box} box
   */
  upright(text, x, { top, bottom }) {
    const c = this.context;
    c.save();
    c.translate(x, (top + bottom) / 2);
    c.rotate(-Math.PI / 2);
    c.fillText(text, 0, 0, bottom - top);
    c.restore();
  }

  /**
   * @param {HeatMap} map
   * @param {Box} box
   * @param {number} width
   */
  legend(map, box, width) {
    const { context: c } = this;
    const left = box.right + 14;
    const height = box.bottom - box.top;
    for (let k = 0; k < height; k += 1) {
      c.fillStyle = mixed(this.ramp, 1 - k / (height - 1));
      c.fillRect(left, box.top + k, BAR, 1.5);
    }
    c.strokeStyle = INK.line;
    c.strokeRect(left - 0.5, box.top - 0.5, BAR + 1, height + 1);
    c.font = `11px ${FONT}`;
    c.textAlign = "left";
    const isEmpty = map.values.every((value) => value === null);
    for (const value of isEmpty ? [] : ticks(map.colours, mostTicks(height))) {
      const y = box.bottom - shareOf(map.colours, value) * height;
      if (!(y >= box.top - 1 && y <= box.bottom + 1)) continue;
      c.fillStyle = INK.soft;
      c.fillRect(left + BAR, y - 0.5, 4, 1);
      c.fillText(written(value), left + BAR + 7, Math.min(Math.max(y + 4, box.top + 8), box.bottom));
    }
    this.title();
    this.upright(`${map.colours.label}${map.colours.log ? ", log" : ""}`, width - 5, box);
  }

  /**
   * @param {string} text
   * @param {number} x
   * @param {number} y
   */
  words(text, x, y) {
    const { context: c } = this;
    c.font = `15px ${FONT}`;
    c.textAlign = "center";
    Object.assign(c, { strokeStyle: INK.paper, lineWidth: 8, lineJoin: "round", fillStyle: INK.soft });
    c.strokeText(text, x, y);
    c.fillText(text, x, y);
  }
}

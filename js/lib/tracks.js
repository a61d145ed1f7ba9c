// Rows and columns of small tracks on a canvas.

import { contextOf, pixelRatio, sheet } from "./canvas.js";

const LEVELS = 32; // distinct wall positions; a track is a few pixels long

/**
 * The number of the prepared track for a wall at 0 to 255.
 *
 * @param {number} wall
 */
const levelOf = (wall) => Math.round((wall * (LEVELS - 1)) / 255);

/** @typedef {{ on: string, off: string, wall: string }} Colours of a track */
/** @typedef {[number, number, number, number]} Box left, top, width and height */

/**
 * Draw one track.
 *
 * @param {Context} context
 * @param {Box} box
 * @param {number} share how far the wall has come
 * @param {Colours} colours
 */
function drawTrack(context, [left, top, width, height], share, colours) {
  const wall = share * width;
  context.fillStyle = colours.off;
  context.fillRect(left, top, width, height);
  context.fillStyle = colours.on;
  context.fillRect(left, top, wall, height);
  if (share > 0.001 && share < 0.999) {
    const thick = Math.max(1, width / 5);
    context.fillStyle = colours.wall;
    context.fillRect(left + Math.min(Math.max(wall - thick / 2, 0), width - thick), top, thick, height);
  }
}

export class Field {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.context = contextOf(canvas, { alpha: false });
    this.neurons = 0;
    this.gap = 0;
    this.most = 0; // pixels of the largest cell
    /** @type {number[]} where cells begin, in device pixels */
    this.edges = [];
    this.levels = new Int16Array(0);
    this.rows = sheet(1, 1);
    this.somas = sheet(1, 1);
  }

  /**
   * Lay out `neurons` rows and columns in a square as wide as `room` CSS pixels, or a little less, because cells of whole
   * pixels look the same. If that would waste room, as with small cells, some are one pixel larger than others; the
   * smallest then have no gaps, which would form a pattern.
   *
   * @param {number} neurons
   * @param {number} room
   */
  shape(neurons, room) {
    const ratio = pixelRatio();
    this.neurons = neurons;
    const cell = Math.max((room * ratio) / neurons, 2);
    const whole = Math.floor(cell + 1e-6);
    const isEven = whole === cell || (whole >= 5 && whole >= 0.97 * cell);
    this.gap = whole >= (isEven ? 4 : 5) ? Math.max(1, Math.round(whole / 6)) : 0;
    this.edges = Array.from({ length: neurons + 1 }, (_, k) => Math.round(k * (isEven ? whole : cell)));
    const side = this.edges[neurons];
    Object.assign(this.canvas, { width: side, height: side });
    this.canvas.style.width = `${side / ratio}px`; // very many neurons exceed the room and are scaled down
    this.levels = new Int16Array(neurons * neurons).fill(-1);
    this.prepare();
  }

  /** Prepare a row of tracks and a soma for every level of the wall. */
  prepare() {
    const style = getComputedStyle(this.canvas);
    const colour = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
    const { edges, gap, neurons } = this;
    const most = Math.ceil(edges[neurons] / neurons);
    const axon = { on: colour("--dwmtj-on"), off: colour("--dwmtj-off"), wall: colour("--dwmtj-wall") };
    const soma = { on: colour("--dwmtj-soma-on"), off: colour("--dwmtj-soma-off"), wall: colour("--dwmtj-soma-wall") };
    this.most = most;
    this.rows = sheet(edges[neurons], most * LEVELS);
    this.somas = sheet(most, most * LEVELS);
    const [rows, somas] = [this.rows.context, this.somas.context];
    for (const context of [rows, this.context]) {
      context.fillStyle = colour("--dwmtj-gap");
      context.fillRect(0, 0, context.canvas.width, context.canvas.height);
    }
    for (let level = 0; level < LEVELS; level += 1) {
      const share = level / (LEVELS - 1);
      for (let j = 0; j < neurons; j += 1) {
        const box = /** @type {Box} */ ([edges[j], level * most, edges[j + 1] - edges[j] - gap, most - gap]);
        drawTrack(rows, box, share, axon);
      }
      somas.fillStyle = soma.off;
      somas.fillRect(0, level * most, most, most);
      drawTrack(somas, [0, level * most, most, most], share, soma);
    }
    this.levels.fill(-1);
  }

  /**
   * Show walls; only changes are painted.
   *
   * @param {Uint8Array} walls
   * @param {boolean} whole whether there is one for each device, not one for all axons of a neuron
   */
  show(walls, whole) {
    const { neurons } = this;
    for (let i = 0; i < neurons; i += 1) {
      if (whole) {
        for (let j = 0; j < neurons; j += 1) if (j !== i) this.showAxon(i, j, levelOf(walls[i * neurons + j]));
      } else this.showAxons(i, levelOf(walls[neurons + i]));
      this.showSoma(i, levelOf(whole ? walls[i * neurons + i] : walls[i]));
    }
  }

  /**
   * Show all axons of a neuron.
   *
   * @param {number} i
   * @param {number} level
   */
  showAxons(i, level) {
    const { neurons, edges, gap, most } = this;
    const first = i * neurons + (i === 0 ? 1 : 0); // any axon represents all of them
    if (neurons < 2 || this.levels[first] === level) return;
    this.levels.fill(level, i * neurons, (i + 1) * neurons);
    this.levels[i * neurons + i] = -1;
    const [width, height] = [edges[neurons], edges[i + 1] - edges[i] - gap];
    this.context.drawImage(this.rows.canvas, 0, level * most, width, height, 0, edges[i], width, height);
  }

  /**
   * @param {number} i
   * @param {number} j
   * @param {number} level
   */
  showAxon(i, j, level) {
    const { neurons, edges, gap, most } = this;
    if (this.levels[i * neurons + j] === level) return;
    this.levels[i * neurons + j] = level;
    const [left, width] = [edges[j], edges[j + 1] - edges[j]];
    const [top, height] = [edges[i], edges[i + 1] - edges[i] - gap];
    this.context.drawImage(this.rows.canvas, left, level * most, width, height, left, top, width, height);
  }

  /**
   * @param {number} i
   * @param {number} level
   */
  showSoma(i, level) {
    const { neurons, edges, most } = this;
    if (this.levels[i * neurons + i] === level) return;
    this.levels[i * neurons + i] = level;
    const side = edges[i + 1] - edges[i];
    this.context.drawImage(this.somas.canvas, 0, level * most, side, side, edges[i], edges[i], side, side);
  }
}

// Drawing of the scope.

import { contextOf, pixelRatio } from "../lib/canvas.js";
import { written } from "../lib/numbers.js";
import { roundStep } from "../lib/scale.js";

/**
 * The content of the scope.
 *
 * @typedef {object} Frame
 * @property {number} lines
 * @property {number} first time of the first point
 * @property {number} step time between points
 * @property {number} low
 * @property {number} high
 * @property {[number, string][]} marks
 * @property {number | null} [now]
 */

const PAD = { left: 34, right: 10, top: 8, bottom: 20 };

/** @type {Record<string, string>} Of the theme. */
export const INK = {};
export const INK_NAMES = { grid: "rule", zero: "zero", text: "faint", soft: "soft", mark: "axis", paper: "paper" };

export class Picture {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.context = contextOf(canvas, { alpha: false });
    this.width = this.height = 1;
    this.inner = { width: 1, height: 1 };
    /** @type {(time: number) => number} */
    this.x = (time) => time;
    /** @type {(value: number) => number} */
    this.y = (value) => value;
  }

  /**
   * Clear the canvas and lay out the plot.
   *
   * @param {Frame} frame
   * @param {[number, number]} limits
   */
  begin({ low, high }, [least, most]) {
    const { context, canvas } = this;
    const ratio = pixelRatio();
    const [width, height] = [canvas.width / ratio, canvas.height / ratio];
    const inner = { width: width - PAD.left - PAD.right, height: height - PAD.top - PAD.bottom };
    Object.assign(this, { width, height, inner });
    this.x = (time) => PAD.left + ((time - low) / (high - low)) * inner.width;
    this.y = (value) => PAD.top + ((most - value) / (most - least)) * inner.height;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = INK.paper;
    context.fillRect(0, 0, width, height);
  }

  /**
   * @param {Frame} frame
   * @param {[number, number]} limits
   * @param {string} unit
   */
  axes(frame, limits, unit) {
    Object.assign(this.context, { font: '11px system-ui, "Segoe UI", Roboto, sans-serif', lineWidth: 1 });
    this.values(limits);
    this.times(frame, unit);
  }

  /** @param {[number, number]} limits */
  values([least, most]) {
    const { context, width, inner } = this;
    Object.assign(context, { textBaseline: "middle", textAlign: "right" });
    const rise = roundStep((most - least) / (inner.height < 110 ? 3 : 5));
    for (let k = Math.ceil(least / rise - 1e-6); k * rise <= most + 1e-6; k += 1) {
      const height = Math.round(this.y(k * rise)) + 0.5;
      this.line([PAD.left, height], [width - PAD.right, height], k ? INK.grid : INK.zero);
      context.fillStyle = INK.text;
      context.fillText(written(k * rise, 6), PAD.left - 6, height);
    }
  }

  /**
   * @param {Frame} frame
   * @param {string} unit
   */
  times({ low, high }, unit) {
    const { context, width, height, inner } = this;
    const step = roundStep((high - low) / (inner.width / 70));
    context.textBaseline = "alphabetic";
    // Time begins at 0; a window that reaches back further is empty there.
    for (let k = Math.max(Math.ceil(low / step - 1e-6), 0); k * step <= high + 1e-6; k += 1) {
      const place = Math.round(this.x(k * step)) + 0.5;
      this.line([place, PAD.top], [place, PAD.top + inner.height], INK.grid);
      context.fillStyle = INK.text;
      // Inside the plot, so that a label that scrolls out is not cut off.
      context.textAlign = place > width - 36 ? "right" : place < PAD.left + 14 ? "left" : "center";
      context.fillText(`${written(k * step, 8)} ${unit}`, Math.min(place, width - 2), height - 5);
    }
  }

  /**
   * Draw within the plot.
   *
   * @param {() => void} draw
   */
  inside(draw) {
    const { context, inner } = this;
    context.save();
    context.beginPath();
    context.rect(PAD.left, PAD.top - 4, inner.width, inner.height + 8);
    context.clip();
    draw();
    context.restore();
  }

  /**
   * @param {Place} from
   * @param {Place} to
   * @param {string} colour
   */
  line(from, to, colour) {
    const { context } = this;
    context.strokeStyle = colour;
    context.beginPath();
    context.moveTo(...from);
    context.lineTo(...to);
    context.stroke();
  }

  /**
   * A vertical line at a time.
   *
   * @param {number} time
   * @param {string} colour
   * @param {string} text
   * @param {number[]} dash
   */
  upright(time, colour, text, dash) {
    const { context } = this;
    const place = this.x(time);
    context.setLineDash(dash);
    context.lineWidth = dash.length ? 1 : 2;
    this.line([place, PAD.top - 4], [place, this.height - PAD.bottom + 4], colour);
    context.setLineDash([]);
    Object.assign(context, { fillStyle: INK.soft, textAlign: "left", textBaseline: "top" });
    if (text) context.fillText(text, place + 4, PAD.top - 3);
  }

  /**
   * @param {Frame} frame
   * @param {Float32Array} points line after line
   * @param {string[]} colours
   * @param {number} broad how many lines are
   */
  lines({ lines, first, step }, points, colours, broad) {
    const { context } = this;
    const length = lines ? points.length / lines : 0;
    context.lineJoin = "round";
    for (let k = 0; k < lines; k += 1) {
      context.strokeStyle = colours[k % colours.length];
      context.globalAlpha = k < broad ? 0.4 : 1;
      context.lineWidth = k < broad ? 6 : 1.8;
      context.beginPath();
      let isDown = false;
      points.subarray(k * length, (k + 1) * length).forEach((value, point) => {
        const isKnown = Number.isFinite(value);
        const place = this.x(first + point * step);
        if (isKnown && isDown) context.lineTo(place, this.y(value));
        else if (isKnown) context.moveTo(place, this.y(value));
        isDown = isKnown;
      });
      context.stroke();
    }
    context.globalAlpha = 1;
  }
}

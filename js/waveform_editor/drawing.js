// Drawing of WaveformEditor.

import { contextOf, pixelRatio } from "../lib/canvas.js";
import { clamp, written } from "../lib/numbers.js";

const PAD = { left: 42, right: 18, top: 9, bottom: 23 };
const JOIN = 14; // the strips on both sides with parts of the previous and the next period

/** @type {Record<string, string>} Of the theme. */
export const INK = {};
export const INK_NAMES = { text: "faint", zero: "edge", line: "line", grid: "rule-faint", paper: "paper", off: "page" };

/**
 * Layout of the canvas, in CSS pixels.
 *
 * @param {{ clientWidth: number, clientHeight: number }} canvas
 * @param {number} size samples of the period
 */
export function layOut(canvas, size) {
  const [width, height] = [canvas.clientWidth - PAD.left - PAD.right, canvas.clientHeight - PAD.top - PAD.bottom];
  return {
    width,
    height,
    x: (/** @type {number} */ column) => PAD.left + (column / size) * width,
    y: (/** @type {number} */ value) => PAD.top + ((1 - value) / 2) * height,
    column: (/** @type {number} */ x) => ((x - PAD.left) / width) * size,
    value: (/** @type {number} */ y) => clamp(1 - (2 * (y - PAD.top)) / height, -1, 1),
  };
}

/** @typedef {ReturnType<typeof layOut>} Layout */
/** @typedef {{ disabled: boolean, periodLabel: string }} Look */

/**
 * Trace a periodic curve from one edge of the plot to the other, extended by some columns.
 *
 * @param {Context} context
 * @param {Float32Array} samples
 * @param {Layout} layout
 * @param {number} beyond
 */
function traceCurve(context, samples, { x, y }, beyond) {
  const size = samples.length;
  const extra = Math.ceil(beyond) + 1;
  context.beginPath();
  for (let k = -extra; k < size + extra; k += 1) context.lineTo(x(k + 0.5), y(samples[(k + size) % size]));
}

/**
 * @param {Context} context
 * @param {string} colour
 * @param {Place} from
 * @param {Place} to
 */
function rule(context, colour, from, to) {
  const [fromX, fromY, toX, toY] = [...from, ...to].map((value) => Math.round(value) + 0.5);
  context.strokeStyle = colour;
  context.beginPath();
  context.moveTo(fromX, fromY);
  context.lineTo(toX, toY);
  context.stroke();
}

/**
 * @param {Context} context
 * @param {Layout} place
 * @param {Look} look
 */
function drawGrid(context, place, { disabled, periodLabel }) {
  const { x, y, width, height } = place;
  const size = place.column(PAD.left + width);
  context.fillStyle = disabled ? INK.off : INK.paper;
  context.fillRect(PAD.left, PAD.top, width, height);
  const [left, right, top, bottom] = [PAD.left, PAD.left + width, PAD.top, PAD.top + height];
  context.lineWidth = 1;
  for (let k = 1; k < 8; k += 1) {
    const eighth = x((size * k) / 8);
    rule(context, k % 2 ? INK.grid : INK.line, [eighth, top], [eighth, bottom]);
  }
  for (const value of [-0.5, 0.5]) rule(context, INK.grid, [left, y(value)], [right, y(value)]);
  for (const value of [-1, 1]) rule(context, INK.line, [left, y(value)], [right, y(value)]);
  for (const edge of [left, right]) rule(context, INK.line, [edge, top], [edge, bottom]);
  rule(context, INK.zero, [left, y(0)], [right, y(0)]);

  Object.assign(context, { fillStyle: INK.text, font: "11px system-ui, sans-serif", textBaseline: "middle" });
  context.textAlign = "right";
  for (const value of [1, 0, -1]) context.fillText(written(value), left - JOIN - 5, y(value));
  drawPeriod(context, place, bottom + 13, periodLabel);
}

/**
 * Draw two arrows with the name of the period between them.
 *
 * @param {Context} context
 * @param {Layout} place
 * @param {number} low
 * @param {string} periodLabel
 */
function drawPeriod(context, { width }, low, periodLabel) {
  const [left, right, middle] = [PAD.left, PAD.left + width, PAD.left + width / 2];
  context.textAlign = "center";
  context.fillText(periodLabel, middle, low);
  const room = context.measureText(periodLabel).width / 2 + 8;
  for (const [end, start] of [
    [left, middle - room],
    [right, middle + room],
  ]) {
    const back = Math.sign(start - end) * 5;
    rule(context, INK.zero, [start, low], [end, low]);
    rule(context, INK.zero, [end, low], [end + back, low - 3]);
    rule(context, INK.zero, [end, low], [end + back, low + 3]);
  }
}

/**
 * Draw one period: frame, reference, curve, and the sample under the keyboard cursor (-1 for none).
 *
 * @param {HTMLCanvasElement} canvas
 * @param {Look & { samples: Float32Array, reference: Float32Array, cursor: number }} period
 */
export function drawWaveform(canvas, { samples, reference, cursor, ...look }) {
  const ratio = pixelRatio();
  const context = contextOf(canvas);
  const place = layOut(canvas, samples.length);
  const { drawn, behind, focus } = INK;
  const beyond = (JOIN / place.width) * samples.length;
  /**
   * Draw in the plot and a margin beside it.
   *
   * @param {number} margin
   * @param {number} alpha
   * @param {() => void} draw
   */
  const inside = (margin, alpha, draw) => {
    context.save();
    context.beginPath();
    context.rect(PAD.left - margin, 0, place.width + 2 * margin, PAD.top + place.height + 6);
    context.clip();
    context.globalAlpha = alpha;
    draw();
    context.restore();
  };
  /**
   * @param {Float32Array} curve
   * @param {string} colour
   * @param {number} width
   * @param {number[]} dashes
   */
  const stroke = (curve, colour, width, dashes = []) => {
    Object.assign(context, { strokeStyle: colour, lineWidth: width, lineJoin: "round" });
    context.setLineDash(dashes);
    traceCurve(context, curve, place, beyond);
    context.stroke();
  };
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, canvas.clientWidth, canvas.clientHeight);
  drawGrid(context, place, look);
  const colour = look.disabled ? INK.zero : drawn;
  inside(0, 0.09, () => {
    traceCurve(context, samples, place, beyond);
    context.lineTo(place.x(samples.length + beyond + 1), place.y(0));
    context.lineTo(place.x(-beyond - 1), place.y(0));
    context.fillStyle = colour;
    context.fill();
  });
  if (reference.length === samples.length) inside(0, 0.8, () => stroke(reference, behind, 1.7, [5, 3]));
  inside(JOIN, 0.28, () => stroke(samples, colour, 2));
  inside(0, 1, () => stroke(samples, colour, 2.2));
  if (cursor < 0) return;
  inside(JOIN, 1, () => {
    Object.assign(context, { strokeStyle: focus, fillStyle: INK.paper, lineWidth: 1 });
    drawCursor(context, place, [place.x(cursor + 0.5), place.y(samples[cursor])]);
  });
}

/**
 * @param {Context} context
 * @param {Layout} place
 * @param {Place} at
 */
function drawCursor(context, { height }, [x, y]) {
  context.setLineDash([2, 3]);
  context.beginPath();
  context.moveTo(x, PAD.top);
  context.lineTo(x, PAD.top + height);
  context.stroke();
  context.setLineDash([]);
  context.lineWidth = 2.5;
  context.beginPath();
  context.arc(x, y, 4.5, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
}

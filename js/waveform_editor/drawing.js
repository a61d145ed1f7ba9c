// How WaveformEditor looks.

import { clamp } from "../lib/numbers.js";

const PAD = { left: 42, right: 18, top: 9, bottom: 23 };
const JOIN = 14; // the strip on either side in which the period before and after shows how the ends join
export const INK = {}; // of the theme
export const INK_NAMES = { text: "faint", zero: "edge", line: "line", grid: "rule-faint", paper: "paper", off: "page" };

/** Where things are on a canvas, in CSS pixels; column k is k to k + 1 wide, its sample stands at k + 0.5. */
export function layOut(canvas, size) {
  const [width, height] = [canvas.clientWidth - PAD.left - PAD.right, canvas.clientHeight - PAD.top - PAD.bottom];
  return {
    width,
    height,
    x: (column) => PAD.left + (column / size) * width,
    y: (value) => PAD.top + ((1 - value) / 2) * height,
    column: (x) => ((x - PAD.left) / width) * size,
    value: (y) => clamp(1 - (2 * (y - PAD.top)) / height, -1, 1),
  };
}

/** Trace a periodic curve from one edge of the plot to the other, and past it by some columns. */
function traceCurve(context, samples, { x, y }, beyond) {
  const size = samples.length;
  const extra = Math.ceil(beyond) + 1;
  context.beginPath();
  for (let k = -extra; k < size + extra; k += 1) context.lineTo(x(k + 0.5), y(samples[(k + size) % size]));
}

function drawGrid(context, place, { disabled, periodLabel }) {
  const { x, y, width, height } = place;
  const size = place.column(PAD.left + width);
  context.fillStyle = disabled ? INK.off : INK.paper;
  context.fillRect(PAD.left, PAD.top, width, height);
  const rule = (colour, from, to) => {
    context.strokeStyle = colour;
    context.beginPath();
    context.moveTo(...from.map((value) => Math.round(value) + 0.5));
    context.lineTo(...to.map((value) => Math.round(value) + 0.5));
    context.stroke();
  };
  const [left, right, top, bottom] = [PAD.left, PAD.left + width, PAD.top, PAD.top + height];
  context.lineWidth = 1;
  for (let k = 1; k < 8; k += 1) {
    const eighth = x((size * k) / 8);
    rule(k % 2 ? INK.grid : INK.line, [eighth, top], [eighth, bottom]);
  }
  for (const value of [-0.5, 0.5]) rule(INK.grid, [left, y(value)], [right, y(value)]);
  for (const value of [-1, 1]) rule(INK.line, [left, y(value)], [right, y(value)]);
  for (const edge of [left, right]) rule(INK.line, [edge, top], [edge, bottom]);
  rule(INK.zero, [left, y(0)], [right, y(0)]);

  Object.assign(context, { fillStyle: INK.text, font: "11px system-ui, sans-serif", textBaseline: "middle" });
  context.textAlign = "right";
  for (const [value, text] of [
    [1, "1"],
    [0, "0"],
    [-1, "−1"],
  ])
    context.fillText(text, left - JOIN - 5, y(value));
  const [middle, low] = [left + width / 2, bottom + 13];
  context.textAlign = "center";
  context.fillText(periodLabel, middle, low);
  const room = context.measureText(periodLabel).width / 2 + 8;
  for (const [end, start] of [
    [left, middle - room],
    [right, middle + room],
  ]) {
    const back = Math.sign(start - end) * 5;
    rule(INK.zero, [start, low], [end, low]);
    rule(INK.zero, [end, low], [end + back, low - 3]);
    rule(INK.zero, [end, low], [end + back, low + 3]);
  }
}

/** Draw one period: its frame, the reference behind, the curve, and the sample that the keys are on (-1 for none). */
export function drawWaveform(canvas, { samples, reference, cursor, ...look }) {
  const ratio = window.devicePixelRatio || 1;
  const context = canvas.getContext("2d");
  const place = layOut(canvas, samples.length);
  const { drawn, behind, focus } = INK;
  const box = (margin) => [PAD.left - margin, 0, place.width + 2 * margin, PAD.top + place.height + 6];
  const beyond = (JOIN / place.width) * samples.length;
  const inside = (margin, alpha, draw) => {
    context.save();
    context.beginPath();
    context.rect(...box(margin));
    context.clip();
    context.globalAlpha = alpha;
    draw();
    context.restore();
  };
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
  const at = [place.x(cursor + 0.5), place.y(samples[cursor])];
  inside(JOIN, 1, () => {
    Object.assign(context, { strokeStyle: focus, fillStyle: INK.paper, lineWidth: 1 });
    context.setLineDash([2, 3]);
    context.beginPath();
    context.moveTo(at[0], PAD.top);
    context.lineTo(at[0], PAD.top + place.height);
    context.stroke();
    context.setLineDash([]);
    context.lineWidth = 2.5;
    context.beginPath();
    context.arc(...at, 4.5, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  });
}

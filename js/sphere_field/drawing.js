// How SphereField looks.

import { fitCanvas } from "../lib/canvas.js";
import { element, setAttributes } from "../lib/dom.js";
import { clamp } from "../lib/numbers.js";

// The viewer stands where x points right, y up and z to the viewer's left and mostly forward.
const [TURN, RISE] = [Math.PI / 6, Math.PI / 15];
const [S, C, P, Q] = [Math.sin(TURN), Math.cos(TURN), Math.sin(RISE), Math.cos(RISE)];
const AWAY = -0.05; // below this depth an arrow points away; not 0, or arrows in the plane of the picture would flicker
const NUMBERED = 24; // px radius from which there is room for the numbers
export const SHADES = {}; // of the theme
export const SHADE_NAMES = {
  ink: "ink",
  faint: "faint",
  grey: "#9aa7b5",
  line: "zero",
  cut: "rule",
  accent: "accent",
  paper: "paper",
  ball: "ball",
  focus: "focus",
};

/**
 * Right, up and depth towards the viewer, for a vector of length 1. The depth is that of x and z alone: because the
 * viewer stands a little high, every arrow that points down would otherwise be one that points away.
 */
const project = ([x, y, z]) => [C * x - S * z, -S * P * x + Q * y - C * P * z, S * x + C * z];

/** Columns and rows that make `count` equal squares in a box as large as can be. */
function gridFor(count, width, height) {
  let best = { side: 0 };
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const side = Math.min(width / columns, height / rows);
    if (side > best.side) best = { side, columns, rows };
  }
  return best;
}

/** An arrow from the middle of a sphere of radius `r` at the origin; its colour is whatever CSS understands. */
function drawArrow(context, vector, r, colour) {
  const [right, up, depth] = project(vector);
  const isAway = depth < AWAY;
  const [tip, length] = [[0.94 * r * right, -0.94 * r * up], 0.94 * r * Math.hypot(right, up)];
  const head = Math.min(0.36 * r * (1 + 0.15 * depth), Math.max(length, 0.2 * r));
  const [thick, edge] = [clamp(0.13 * r, 1.6, 7), clamp(0.045 * r, 0.7, 1.5)];
  const angle = Math.atan2(tip[1], tip[0]);
  const neck = Math.max(length - (isAway ? 1 : 0.85) * head, 0);
  context.save();
  context.globalAlpha *= isAway ? clamp(0.8 + 0.5 * depth, 0.4, 0.8) : 1;
  context.rotate(angle);
  Object.assign(context, { strokeStyle: SHADES.ink, fillStyle: colour, lineJoin: "round", lineCap: "butt" });
  context.lineWidth = edge;
  const half = (isAway ? 0.55 : 1) * (thick / 2);
  context.beginPath();
  context.arc(0, 0, half + 0.3, Math.PI / 2, (3 * Math.PI) / 2);
  context.lineTo(neck, -half);
  context.lineTo(neck, half);
  context.closePath();
  context.fill();
  context.stroke();
  context.beginPath();
  if (length < 0.3 * r) {
    // Straight to the viewer, or away: a tip seen from the front, or from behind.
    context.arc(length, 0, 0.17 * r, 0, 2 * Math.PI);
  } else {
    context.moveTo(length, 0);
    context.lineTo(length - head, -0.55 * head);
    context.lineTo(length - head, 0.55 * head);
    context.closePath();
  }
  context.fillStyle = isAway ? SHADES.paper : colour;
  context.fill();
  if (isAway) Object.assign(context, { lineWidth: 1.6 * edge });
  context.stroke();
  context.restore();
}

/** The sphere behind an arrow, round the origin: its outline, and the circle where y is 0. */
function drawSphere(context, r, isCut) {
  context.fillStyle = isCut ? SHADES.cut : SHADES.ball;
  context.strokeStyle = SHADES.line;
  context.lineWidth = clamp(0.03 * r, 0.7, 1.2);
  context.beginPath();
  context.arc(0, 0, r, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
  if (r < 9) return;
  context.beginPath();
  context.ellipse(0, 0, r, P * r, 0, 0, Math.PI);
  context.stroke();
  if (r < 16) return;
  context.globalAlpha = 0.6;
  context.setLineDash([2, 3]);
  context.beginPath();
  context.ellipse(0, 0, r, P * r, 0, Math.PI, 2 * Math.PI);
  context.stroke();
  context.setLineDash([]);
  context.globalAlpha = 1;
}

function drawCross(context, r) {
  const reach = 0.66 * r;
  for (const [colour, width] of [
    [SHADES.paper, 0.18 * r],
    [SHADES.faint, 0.08 * r],
  ]) {
    Object.assign(context, { strokeStyle: colour, lineWidth: clamp(width, 1.2, 7), lineCap: "round" });
    context.beginPath();
    context.moveTo(-reach, -reach);
    context.lineTo(reach, reach);
    context.moveTo(reach, -reach);
    context.lineTo(-reach, reach);
    context.stroke();
  }
}

/** The field of spheres on a canvas; remembers what it has painted, and paints what is new. */
export class Spheres {
  constructor(canvas) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d", { alpha: false });
    this.layer = new OffscreenCanvas(1, 1); // what is below the arrows
    this.layout = { columns: 1, rows: 1, side: 1 };
    this.count = 0;
    this.painted = [];
  }

  /** Paint `bytes` (three a vector); `looks[k]` is "", or words of "cut", "hover" and "selected". Returns how many. */
  paint(bytes, looks, colours) {
    const count = bytes.length / 3;
    if (fitCanvas(this.canvas) || count !== this.count) this.layOut(count);
    let changed = 0;
    for (let k = 0; k < count; k += 1) {
      const wanted = `${bytes[3 * k]} ${bytes[3 * k + 1]} ${bytes[3 * k + 2]} ${looks[k]}`;
      if (this.painted[k] === wanted) continue;
      this.painted[k] = wanted;
      changed += 1;
      this.paintOne(
        k,
        [0, 1, 2].map((axis) => bytes[3 * k + axis] / 127),
        looks[k],
        colours,
      );
    }
    return changed;
  }

  /** Paint everything anew, in other colours. */
  forget() {
    this.count = -1;
  }

  layOut(count) {
    const { canvas, context, layer } = this;
    this.count = count;
    this.painted = new Array(count).fill("");
    this.layout = gridFor(count, canvas.clientWidth, canvas.clientHeight);
    this.radius = 0.43 * this.layout.side;
    this.ratio = window.devicePixelRatio || 1;
    Object.assign(layer, { width: canvas.width, height: canvas.height });
    const below = layer.getContext("2d");
    below.fillStyle = SHADES.paper;
    below.fillRect(0, 0, layer.width, layer.height);
    for (let k = 0; k < count; k += 1) this.drawBelow(below, k);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(layer, 0, 0);
  }

  /** Left and top edge of a cell and its size, on whole device pixels, so that cells neither overlap nor gape. */
  cell(k) {
    const { columns, rows } = this.layout;
    const [column, row] = [k % columns, Math.floor(k / columns)];
    const edge = (index, parts, length) => Math.round((index * length) / parts);
    const [left, right] = [column, column + 1].map((index) => edge(index, columns, this.canvas.width));
    const [top, bottom] = [row, row + 1].map((index) => edge(index, rows, this.canvas.height));
    return [left, top, right - left, bottom - top];
  }

  /** Draw in CSS pixels from the middle of a cell. */
  enter(context, k) {
    const [left, top, width, height] = this.cell(k);
    context.setTransform(this.ratio, 0, 0, this.ratio, left + width / 2, top + height / 2);
  }

  drawBelow(context, k) {
    this.enter(context, k);
    drawSphere(context, this.radius, false);
    if (this.radius < NUMBERED) return;
    const [, , width, height] = this.cell(k);
    Object.assign(context, { fillStyle: SHADES.faint, font: "10px system-ui, sans-serif", textAlign: "left" });
    context.textBaseline = "top";
    const [x, y] = [width, height].map((side) => Math.max(1 - side / 2 / this.ratio, -this.radius - 3));
    context.fillText(String(k), x, y);
  }

  paintOne(k, vector, look, table) {
    const { context, radius } = this;
    const [left, top, width, height] = this.cell(k);
    const isCut = look.includes("cut");
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(this.layer, left, top, width, height, left, top, width, height);
    this.enter(context, k);
    if (isCut) drawSphere(context, radius, true);
    const byte = clamp(Math.round((vector[1] + 1) * 127.5), 0, 255);
    drawArrow(context, vector, radius, isCut ? SHADES.grey : `rgb(${table[byte].join(" ")})`);
    if (isCut) drawCross(context, radius);
    const ring = look.includes("selected") ? SHADES.focus : look.includes("hover") ? SHADES.accent : null;
    if (!ring) return;
    Object.assign(context, { strokeStyle: ring, lineWidth: clamp(0.09 * radius, 1.5, 3) });
    context.beginPath();
    context.arc(0, 0, radius + 0.5, 0, 2 * Math.PI);
    context.stroke();
  }

  /** The vector at a place in CSS pixels, -1 where there is none. */
  at(x, y) {
    const { columns, rows } = this.layout;
    const column = Math.floor((x / this.canvas.clientWidth) * columns);
    const row = Math.floor((y / this.canvas.clientHeight) * rows);
    const k = row * columns + column;
    return column >= 0 && column < columns && row >= 0 && k < this.count ? k : -1;
  }
}

const SVG = "http://www.w3.org/2000/svg";

function svgPart(parent, tag, attributes, textContent = "") {
  const node = parent.appendChild(document.createElementNS(SVG, tag));
  setAttributes(node, Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, String(value)])));
  node.textContent = textContent;
  return node;
}

/** A sphere with its three axes and their names, as seen in the field. */
export function axesPicture(parent, names) {
  const r = 25;
  const svg = svgPart(parent, "svg", { viewBox: "-105 -42 185 72", width: 185, height: 72, "aria-hidden": "true" });
  svgPart(svg, "circle", { r, fill: SHADES.ball, stroke: SHADES.line });
  svgPart(svg, "path", { d: `M${-r} 0 A${r} ${P * r} 0 0 0 ${r} 0`, fill: "none", stroke: SHADES.line });
  const texts = [
    ["start", r + 4, 7],
    ["middle", 0, -r - 8],
    ["end", -r - 4, 9],
  ];
  names.forEach((name, axis) => {
    const [right, up] = project([0, 1, 2].map((k) => Number(k === axis)));
    const [x, y] = [1.14 * r * right, -1.14 * r * up];
    svgPart(svg, "line", { x1: 0, y1: 0, x2: x, y2: y, stroke: SHADES.ink, "stroke-width": 1.4 });
    const angle = (Math.atan2(y, x) * 180) / Math.PI;
    const transform = `translate(${x} ${y}) rotate(${angle})`;
    svgPart(svg, "path", { d: "M2 0 L-5 -3 L-5 3 Z", fill: SHADES.ink, transform });
    const [anchor, left, base] = texts[axis];
    svgPart(svg, "text", { x: left, y: base, "text-anchor": anchor, "font-size": 11, fill: SHADES.faint }, name);
  });
}

/** A small canvas with one arrow, for the key. */
export function arrowSample(parent, vector, colour, isCut) {
  const ratio = window.devicePixelRatio || 1;
  const canvas = element(parent, "canvas", "", { width: 30 * ratio, height: 30 * ratio });
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 15 * ratio, 15 * ratio);
  drawSphere(context, 14, isCut);
  drawArrow(context, vector, 14, colour);
  if (isCut) drawCross(context, 14);
}

// Legend of the field: colours, arrows and axes.

import { contextOf, pixelRatio } from "../lib/canvas.js";
import { element, svgElement } from "../lib/dom.js";
import { tr } from "../lib/i18n.js";
import { drawArrow, drawCross, drawSphere, SHADES } from "./drawing.js";
import { FLATNESS, project } from "./model.js";

/** Anchor and position of the names of the axes. */
const NAMES = /** @type {const} */ ([
  ["start", 29, 7],
  ["middle", 0, -33],
  ["end", -29, 9],
]);
const RADIUS = 25; // CSS pixels

/**
 * A sphere with its three named axes, in the field's view.
 *
 * @param {Element} parent
 * @param {string[]} names
 */
function addAxes(parent, names) {
  const svg = svgElement("svg", { viewBox: "-105 -42 185 72", width: 185, height: 72, "aria-hidden": "true" });
  const equator = `M${-RADIUS} 0 A${RADIUS} ${FLATNESS * RADIUS} 0 0 0 ${RADIUS} 0`;
  svg.append(
    svgElement("circle", { r: RADIUS, fill: SHADES.ball, stroke: SHADES.line }),
    svgElement("path", { d: equator, fill: "none", stroke: SHADES.line }),
    ...names.flatMap((name, axis) => axisParts(name, axis)),
  );
  parent.append(svg);
}

/**
 * @param {string} name
 * @param {number} axis
 */
function axisParts(name, axis) {
  const [right, up] = project([0, 1, 2].map((k) => Number(k === axis)));
  const [x, y] = [1.14 * RADIUS * right, -1.14 * RADIUS * up];
  const transform = `translate(${x} ${y}) rotate(${(Math.atan2(y, x) * 180) / Math.PI})`;
  const [anchor, left, base] = NAMES[axis];
  const place = { x: left, y: base, "text-anchor": anchor, "font-size": 11, fill: SHADES.faint };
  return [
    svgElement("line", { x1: 0, y1: 0, x2: x, y2: y, stroke: SHADES.ink, "stroke-width": 1.4 }),
    svgElement("path", { d: "M2 0 L-5 -3 L-5 3 Z", fill: SHADES.ink, transform }),
    svgElement("text", place, name),
  ];
}

/**
 * A small canvas with one arrow, and its meaning.
 *
 * @param {Element} parent
 * @param {string} textContent
 * @param {number[]} vector
 * @param {string} colour
 */
function addSample(parent, textContent, vector, colour) {
  const entry = element(parent, "span", "");
  const ratio = pixelRatio();
  const canvas = element(entry, "canvas", "", { width: 30 * ratio, height: 30 * ratio });
  const context = contextOf(canvas);
  const isCut = colour === SHADES.grey;
  context.setTransform(ratio, 0, 0, ratio, 15 * ratio, 15 * ratio);
  drawSphere(context, 14, isCut);
  drawArrow(context, vector, 14, colour);
  if (isCut) drawCross(context, 14);
  element(entry, "span", "", { textContent });
}

/**
 * Fill the legend.
 *
 * @param {HTMLElement} legend
 * @param {string[]} axes names of x, y and z
 * @param {string[]} colours of y = -1, 0 and 1
 */
export function fillLegend(legend, axes, [low, middle, high]) {
  addAxes(legend, axes);
  const key = element(legend, "div", "dwmtj-sphere-key");
  const bar = element(key, "div", "dwmtj-sphere-bar");
  const samples = element(key, "div", "dwmtj-sphere-samples");
  element(bar, "span", "", { textContent: "y −1" });
  element(bar, "i", "", { style: `background: linear-gradient(to right, ${low}, ${middle}, ${high})` });
  element(bar, "span", "", { textContent: "+1" });
  addSample(samples, tr("to the front"), [0.8, 0.6, 0], high);
  addSample(samples, tr("to the back"), [-0.75, 0.6, -0.28], high);
  addSample(samples, tr("cut"), [0.7, 0.7, 0], SHADES.grey);
}

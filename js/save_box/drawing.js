// Charts of a page as one drawing or picture.

import { contextOf } from "../lib/canvas.js";
import { svgElement } from "../lib/dom.js";
import { resolved } from "../lib/theme.js";

/** @typedef {HTMLCanvasElement | SVGSVGElement} Chart */

export const SVG_FILE = "image/svg+xml";
const [GAP, TITLE] = [12, 26]; // CSS pixels between charts, and for each name
const STYLES = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-opacity",
  "stroke-dasharray",
  "stroke-linejoin",
  "opacity",
  "visibility",
  "paint-order",
  "font-family",
  "font-size",
  "font-weight",
  "text-anchor",
];

/**
 * A drawing with inline styles, because an image has no style sheet.
 *
 * @param {SVGSVGElement} svg
 */
function dressed(svg) {
  const copy = /** @type {SVGSVGElement} */ (svg.cloneNode(true));
  const [from, to] = [svg, copy].map((top) => [top, ...top.querySelectorAll("*")]);
  from.forEach((node, k) => {
    const style = getComputedStyle(node);
    to[k].setAttribute("style", STYLES.map((name) => `${name}: ${style.getPropertyValue(name)}`).join("; "));
  });
  return copy;
}

/**
 * The name of a chart: the beginning of its accessible name.
 *
 * @param {Chart} chart
 */
const titleOf = (chart) => (chart.closest("[aria-label]")?.getAttribute("aria-label") ?? "").split(/[.;:]/)[0];

/**
 * One drawing of charts, one above the other. Painted charts are included as pictures.
 *
 * @param {Chart[]} charts
 */
export function assembled(charts) {
  const boxes = charts.map((chart) => chart.getBoundingClientRect());
  const width = Math.max(...boxes.map((box) => box.width)) + 2 * GAP;
  const height = boxes.reduce((sum, box) => sum + box.height + TITLE + GAP, 0);
  const near = /** @type {Element} */ (charts[0].parentElement);
  const [paper, ink] = resolved(near, ["paper", "ink"]); // the colours of the present theme
  const whole = svgElement("svg", { width, height, viewBox: `0 0 ${width} ${height}` });
  whole.append(svgElement("rect", { width, height, fill: paper }));
  const words = { "font-family": "system-ui, sans-serif", "font-size": 13, "font-weight": 600 };
  let y = TITLE;
  charts.forEach((chart, k) => {
    const title = svgElement("text", { x: GAP, y: y - 8, fill: ink, ...words }, titleOf(chart));
    const isPainted = chart instanceof HTMLCanvasElement;
    const part = isPainted ? svgElement("image", { href: chart.toDataURL("image/png") }) : dressed(chart);
    const place = { x: GAP, y, width: boxes[k].width, height: boxes[k].height };
    for (const [name, value] of Object.entries(place)) part.setAttribute(name, String(value));
    y += boxes[k].height + GAP + TITLE;
    whole.append(title, part);
  });
  return new XMLSerializer().serializeToString(whole);
}

/**
 * A drawing as a picture of twice its size, to be sharp on paper.
 *
 * @param {string} text
 * @returns {Promise<Blob>}
 */
export async function painted(text) {
  const image = new Image();
  image.src = `data:${SVG_FILE};charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: 2 * image.width, height: 2 * image.height });
  const context = contextOf(canvas);
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done, failed) => {
    canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("The browser cannot make this picture."))));
  });
}

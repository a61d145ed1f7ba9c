// Curves over time with the shown moment and the interventions as lines.

import { element, svgElement } from "../lib/dom.js";

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [420, 118, 46, 12, 8, 20];
const COLOURS = ["0b5fa5", "c05a00", "1f8a4c", "8a3fa0", "555555", "b01e4b", "00828a", "7a6a00"];

/** @param {number} span @param {number} wanted */
function stepOf(span, wanted) {
  const power = 10 ** Math.floor(Math.log10(span / wanted));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => span / step <= wanted) ?? span;
}

/** @param {number} low @param {number} high @param {number} wanted */
export function ticks(low, high, wanted) {
  const step = stepOf(high - low, wanted);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_none, k) => Number(((first + k) * step).toPrecision(12)));
}

/**
 * A chart of one or more lines; returns a function that moves the line of the shown time.
 *
 * @param {Element} parent
 * @param {{ title: string, lines: string[] }} chart
 * @param {Float64Array} times seconds
 * @param {Float64Array[]} curves
 * @param {number[]} marks seconds
 */
export function timeChart(parent, { title, lines }, times, curves, marks) {
  const figure = element(parent, "figure", "chart");
  const caption = element(figure, "figcaption", "", { textContent: title });
  if (lines.length > 1) {
    lines.forEach((name, k) => {
      const key = element(caption, "span", "key", { textContent: name });
      key.style.color = `var(--dwmtj-${COLOURS[k % COLOURS.length]})`;
    });
  }
  const values = curves.flatMap((curve) => Array.from(curve).filter(Number.isFinite));
  const [least, most] = [Math.min(0, ...values), Math.max(...values)];
  const high = most > least ? most : least + 1;
  const end = times[times.length - 1] || 1e-9;
  const x = (/** @type {number} */ time) => LEFT + (time / end) * (WIDTH - LEFT - RIGHT);
  const y = (/** @type {number} */ value) =>
    HEIGHT - BOTTOM - ((value - least) / (high - least)) * (HEIGHT - TOP - BOTTOM);
  const svg = svgElement("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": title });
  figure.append(svg);
  for (const value of ticks(least, high, 3)) {
    svg.append(svgElement("line", { class: "grid", x1: LEFT, x2: WIDTH - RIGHT, y1: y(value), y2: y(value) }));
    svg.append(
      svgElement("text", { class: "tick end", x: LEFT - 5, y: y(value) + 4 }, String(value).replace("-", "−")),
    );
  }
  svg.append(svgElement("text", { class: "tick end", x: WIDTH, y: HEIGHT - 5 }, "ns"));
  for (const time of ticks(0, end * 1e9, 6).filter((value) => x(value * 1e-9) < WIDTH - 44)) {
    svg.append(svgElement("text", { class: "tick middle", x: x(time * 1e-9), y: HEIGHT - 5 }, String(time)));
  }
  for (const time of marks)
    svg.append(svgElement("line", { class: "mark", x1: x(time), x2: x(time), y1: TOP, y2: HEIGHT - BOTTOM }));
  curves.forEach((curve, k) => {
    const points = Array.from(curve, (value, at) =>
      Number.isFinite(value) ? `${x(times[at]).toFixed(1)},${y(value).toFixed(1)}` : "",
    );
    const path = points.filter(Boolean).join(" ");
    svg.append(
      svgElement("polyline", {
        class: "curve",
        points: path,
        style: `stroke:var(--dwmtj-${COLOURS[k % COLOURS.length]})`,
      }),
    );
  });
  const now = svgElement("line", { class: "now", y1: TOP, y2: HEIGHT - BOTTOM });
  svg.append(now);
  return (/** @type {number} */ time) => {
    now.setAttribute("x1", String(x(time)));
    now.setAttribute("x2", String(x(time)));
  };
}

// Curves over time with the shown moment and the interventions as lines.

import { element, svgElement } from "../lib/dom.js";
import { written } from "../lib/numbers.js";
import { ticks } from "../lib/scale.js";
import { themed } from "../lib/theme.js";

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [420, 118, 46, 12, 8, 20];

/**
 * A chart of one or more lines; returns a function that moves the line of the shown time.
 *
 * @param {Element} parent
 * @param {import("./film.js").About["charts"][number]} chart
 * @param {Float64Array} times seconds
 * @param {Float64Array[]} curves
 * @param {number[]} marks seconds
 */
export function timeChart(parent, { title, lines }, times, curves, marks) {
  const figure = element(parent, "figure", "chart");
  const caption = element(figure, "figcaption", "", { textContent: title });
  if (lines.length > 1) {
    for (const { name, colour } of lines) {
      element(caption, "span", "key", { textContent: name }).style.color = themed(colour);
    }
  }
  let [least, most] = [0, Number.NEGATIVE_INFINITY];
  for (const value of curves.flatMap((curve) => Array.from(curve).filter(Number.isFinite))) {
    [least, most] = [Math.min(least, value), Math.max(most, value)];
  }
  const high = most > least ? most : least + 1;
  const end = times[times.length - 1] || 1e-9;
  const x = (/** @type {number} */ time) => LEFT + (time / end) * (WIDTH - LEFT - RIGHT);
  const y = (/** @type {number} */ value) =>
    HEIGHT - BOTTOM - ((value - least) / (high - least)) * (HEIGHT - TOP - BOTTOM);
  const svg = svgElement("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": title });
  figure.append(svg);
  for (const value of ticks({ low: least, high }, 3)) {
    svg.append(svgElement("line", { class: "grid", x1: LEFT, x2: WIDTH - RIGHT, y1: y(value), y2: y(value) }));
    svg.append(svgElement("text", { class: "tick end", x: LEFT - 5, y: y(value) + 4 }, written(value)));
  }
  svg.append(svgElement("text", { class: "tick end", x: WIDTH, y: HEIGHT - 5 }, "ns"));
  for (const time of ticks({ low: 0, high: end * 1e9 }, 6).filter((value) => x(value * 1e-9) < WIDTH - 44)) {
    svg.append(svgElement("text", { class: "tick middle", x: x(time * 1e-9), y: HEIGHT - 5 }, written(time)));
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
        style: `stroke:${themed(lines[k].colour)}`,
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

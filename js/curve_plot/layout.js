// Layout of a chart, in CSS pixels.

import { written } from "../lib/numbers.js";
import { ticks } from "../lib/scale.js";

/** @typedef {import("./model.js").Chart} Chart */
/** @typedef {import("./model.js").Curve} Curve */
/** @typedef {{ left: number, right: number, top: number, bottom: number }} Box */
/** @typedef {(value: number) => number} Placing */

/**
 * The number of ticks for which a vertical axis has room.
 *
 * @param {Scale} scale
 * @param {number} height of the chart
 */
export const uprightTicks = (scale, height) => ticks(scale, Math.max(2, (height - 50) / 40));

/**
 * The function from a scale's numbers to pixels between two ends.
 *
 * @param {Scale} scale
 * @param {number} from
 * @param {number} to
 * @returns {Placing}
 */
export function placed({ low, high, log }, from, to) {
  const f = log ? Math.log10 : (/** @type {number} */ value) => value;
  return (value) => from + ((f(value) - f(low)) / (f(high) - f(low))) * (to - from);
}

/**
 * The box of the curves: the room between the labels.
 *
 * @param {Chart} chart
 * @param {number} width
 * @param {number} height
 * @returns {Box}
 */
export function boxFor({ x, y, curves, marks }, width, height) {
  const longest = Math.max(0, ...curves.map(({ label }) => label.length));
  const widest = Math.max(...uprightTicks(y, height).map((value) => written(value).length));
  return {
    left: (y.label ? 22 : 6) + 6.6 * widest + 8,
    right: width - (longest ? Math.min(12 + 7.8 * longest, 0.28 * width) : 10),
    top: marks.some(({ label }) => label) ? 20 : 8,
    bottom: height - (x.label ? 36 : 20),
  };
}

/**
 * Horizontal shift of each curve in pixels, so that intervals at the same place stay distinct.
 *
 * @param {Chart} chart
 * @param {Placing} x
 */
export function asides({ curves, dodge }, x) {
  const shown = curves.filter(({ low }) => low.length);
  if (!dodge || shown.length < 2) return curves.map(() => 0);
  const places = [...new Set(shown.flatMap((curve) => curve.x))].map(x).sort((a, b) => a - b);
  const gaps = places.slice(1).map((at, k) => at - places[k]);
  const step = Math.min(2.5, ...gaps.map((gap) => gap / (shown.length + 1)));
  return curves.map((curve) => (curve.low.length ? step * (shown.indexOf(curve) - (shown.length - 1) / 2) : 0));
}

/**
 * The heights of the labels at the right ends of the curves, moved apart if they would overlap.
 *
 * @param {Curve[]} curves
 * @param {Box} box
 * @param {Placing} y
 */
export function nameHeights(curves, box, y) {
  const gap = 13;
  const ends = curves
    .flatMap((curve) => {
      const known = curve.y.flatMap((value, k) => (value === null ? [] : [k]));
      if (!curve.label || !known.length) return [];
      // The curve's right end, in whichever direction its points are listed.
      const last = known.reduce((a, b) => (curve.x[b] >= curve.x[a] ? b : a));
      return [{ curve, y: y(/** @type {number} */ (curve.y[last])), height: 0 }];
    })
    .sort((a, b) => a.y - b.y);
  let least = box.top + 4;
  for (const end of ends) {
    end.height = Math.max(end.y, least);
    least = end.height + gap;
  }
  let most = box.bottom - 4;
  if (!ends.length || ends[ends.length - 1].height <= most) return ends;
  for (const end of [...ends].reverse()) {
    end.height = Math.min(end.height, most);
    most = end.height - gap;
  }
  return ends;
}

/**
 * The parts of a line between gaps, as path data.
 *
 * @param {(Place | null)[]} points
 */
export function path(points) {
  let pen = "M";
  const step = (/** @type {Place | null} */ point) => {
    const drawn = point && `${pen}${point[0].toFixed(1)} ${point[1].toFixed(1)}`;
    pen = point ? "L" : "M";
    return drawn ?? "";
  };
  return points.map(step).join("");
}

/**
 * The point nearest to a position, within reach.
 *
 * @param {(Place | null)[][]} points of every curve
 * @param {Place} place
 * @param {number} reach
 */
export function nearest(points, [x, y], reach) {
  let [least, found] = [reach, /** @type {import("./model.js").Point | null} */ (null)];
  points.forEach((places, curve) => {
    places.forEach((place, point) => {
      const distance = place ? Math.hypot(place[0] - x, place[1] - y) : reach;
      if (distance < least) [least, found] = [distance, { curve, point }];
    });
  });
  return found;
}

/**
 * The part of a region that lies in the box; null if none does.
 *
 * @param {import("./model.js").Region} region
 * @param {Box} box
 * @param {Placing} x
 */
export function visible({ low, high }, { left, right }, x) {
  const [from, to] = [Math.max(x(low), left), Math.min(x(high), right)];
  return to > from ? { from, to } : null;
}

// Keys of the chart.

import { ARROWS } from "../lib/keys.js";
import { clamp } from "../lib/numbers.js";

/** @typedef {import("./model.js").Point} Point */
/** @typedef {Point & { place: Place }} Live a point that can be chosen, and where it is */

/**
 * The target of an arrow key: left and right move along a curve, up and down to another curve.
 *
 * @param {string} key
 * @param {(Place | null)[][]} points of every curve
 * @param {Point | null} from the point that is walked on
 * @returns {Point | null} null if the key is none, or nothing can be chosen
 */
export function walked(key, points, from) {
  if (!(key in ARROWS)) return null;
  const [across, along] = ARROWS[/** @type {keyof typeof ARROWS} */ (key)];
  const live = points.flatMap((places, curve) =>
    places.flatMap((place, point) => (place ? [/** @type {Live} */ ({ curve, point, place })] : [])),
  );
  const start = live.find(({ curve, point }) => curve === from?.curve && point === from.point);
  if (!start) return live[0] ?? null;
  return along ? alongCurve(live, start, along) : acrossCurves(live, start, across);
}

/**
 * @param {Live[]} live
 * @param {Live} start
 * @param {number} step
 */
function alongCurve(live, start, step) {
  const own = live.filter(({ curve }) => curve === start.curve).sort((a, b) => a.place[0] - b.place[0]);
  return own[clamp(own.indexOf(start) + step, 0, own.length - 1)];
}

/**
 * @param {Live[]} live
 * @param {Live} start
 * @param {number} step
 */
function acrossCurves(live, start, step) {
  const curves = [...new Set(live.map(({ curve }) => curve))];
  const next = curves[(curves.indexOf(start.curve) + step + curves.length) % curves.length];
  const gap = (/** @type {Live} */ { place }) => Math.abs(place[0] - start.place[0]);
  return live.filter(({ curve }) => curve === next).reduce((a, b) => (gap(b) < gap(a) ? b : a));
}

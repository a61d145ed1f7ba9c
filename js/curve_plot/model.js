// The chart as sent by Python, and the text on a point.

import { fill, tr } from "../lib/i18n.js";
import { written } from "../lib/numbers.js";

/** @typedef {Scale & { label: string, symbol: string, unit: string }} Axis */

/**
 * @typedef {object} Curve
 * @property {string} name
 * @property {string} label written at its end
 * @property {string} colour
 * @property {"solid" | "dashed" | "dotted"} dash
 * @property {number} width
 * @property {string} marker
 * @property {boolean} fill
 * @property {boolean} live whether its points can be chosen
 * @property {number[]} x
 * @property {(number | null)[]} y null in a gap
 * @property {(number | null)[]} low
 * @property {(number | null)[]} high
 * @property {string[]} notes
 */

/** @typedef {{ x: number, colour: string, label: string, dash: "solid" | "dashed" | "dotted" }} Mark */
/** @typedef {{ low: number, high: number, label: string }} Region */

/**
 * @typedef {object} Chart
 * @property {Axis} x
 * @property {Axis} y
 * @property {Curve[]} curves
 * @property {Mark[]} marks
 * @property {Region[]} regions
 * @property {boolean} dodge whether intervals at the same place stand side by side
 * @property {string} message
 */

/** @typedef {{ curve: number, point: number }} Point */

/** @param {Axis} axis */
const unitOf = ({ unit }) => (unit ? ` ${unit}` : "");

/**
 * The text on a point.
 *
 * @param {Chart} chart
 * @param {Point} at
 */
export function pointText({ x, y, curves }, { curve, point }) {
  const { name, notes, ...c } = curves[curve];
  const [low, high] = [c.low[point] ?? null, c.high[point] ?? null];
  const range =
    low === null || high === null ? "" : fill(tr(" ({low} to {high})"), { low: written(low), high: written(high) });
  const note = notes[point] ? `, ${notes[point]}` : "";
  const where = `${x.symbol ? `${x.symbol} = ` : ""}${written(c.x[point])}${unitOf(x)}`;
  const value = /** @type {number} */ (c.y[point]); // gaps cannot be chosen
  return `${name}, ${where}: ${written(value)}${unitOf(y)}${range}${note}`;
}

// The map as sent by Python, and the text on a cell.

import { fill, tr } from "../lib/i18n.js";
import { written } from "../lib/numbers.js";

/**
 * @typedef {object} Axis
 * @property {string} label
 * @property {string} symbol
 * @property {string} unit
 * @property {string[]} values names of the steps
 */

/** @typedef {Scale & { label: string, unit: string }} Colours what the colours mean */

/**
 * @typedef {object} Spot
 * @property {number} x steps of the axis
 * @property {number} y
 * @property {string} label
 * @property {string} shape
 * @property {[number, number, number, number]} [box] columns and rows of a frame round cells
 */

/**
 * Cells are numbered column after column.
 *
 * @typedef {object} HeatMap
 * @property {Axis} x
 * @property {Axis} y
 * @property {Colours} colours
 * @property {(number | null)[]} values
 * @property {(number | null)[]} shades values that the colours show, where they are others
 * @property {(number | null)[]} low
 * @property {(number | null)[]} high
 * @property {string[]} notes
 * @property {Spot[]} spots
 * @property {string} message
 */

/** @typedef {{ column: number, row: number }} Cell */

/**
 * The position of a value on the scale of colours, from 0 to 1.
 *
 * @param {Scale} colours
 * @param {number} value
 */
export function shareOf({ low, high, log }, value) {
  const f = log ? Math.log : (/** @type {number} */ v) => v;
  return (f(value) - f(low)) / (f(high) - f(low));
}

/**
 * The number of steps between two labels of an axis that fit.
 *
 * @param {number} count
 * @param {number} room
 */
export function everyHow(count, room) {
  return [1, 2, 5, 10, 20, 50, 100].find((n) => Math.ceil(count / n) <= room) ?? count;
}

/**
 * Whether a map has such a cell.
 *
 * @param {HeatMap} map
 * @param {Cell} cell
 */
export function isInside({ x, y }, { column, row }) {
  return column >= 0 && row >= 0 && column < x.values.length && row < y.values.length;
}

/**
 * @param {Axis} axis
 * @param {number} step
 */
function named({ symbol, values, unit }, step) {
  if (!symbol) return "";
  return `${symbol} = ${values[step]}${unit ? ` ${unit}` : ""}`;
}

/**
 * The text on a cell.
 *
 * @param {HeatMap} map
 * @param {Cell} cell
 */
export function cellText({ x, y, colours, values, low, high, notes }, { column, row }) {
  const k = column * y.values.length + row;
  const where = [named(x, column), named(y, row)].filter(Boolean).join(", ");
  const value = values[k];
  if (value === null) return fill(tr("{where}: not measured yet"), { where });
  const unit = colours.unit ? ` ${colours.unit}` : "";
  const [from, to] = [low[k] ?? null, high[k] ?? null];
  const range =
    from === null || to === null ? "" : fill(tr(", 95 %: {low} to {high}"), { low: written(from), high: written(to) });
  return `${where}: ${written(value)}${unit}${range}${notes[k] ? `, ${notes[k]}` : ""}`;
}

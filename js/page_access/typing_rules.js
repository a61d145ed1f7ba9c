// Rules for typed numbers.

import { fill, tr } from "../lib/i18n.js";

/** A minus sign as people read it is one that can be typed. @param {string} text */
export const typable = (text) => text.replaceAll("−", "-");

/** Whether a text is a number with a point, and nothing else. @param {string} text */
export const isPlain = (text) => /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text);

/**
 * The sentence on illegal characters; empty if there are none.
 *
 * @param {string} signs
 * @param {boolean} isWhole whether only whole numbers are wanted
 */
export function refusalOfSigns(signs, isWhole) {
  if (!(isWhole ? /[,.e]/i : /,/).test(signs)) return "";
  return isWhole ? tr("Only whole numbers are accepted here.") : tr("Write decimals with a point, as in 1.5.");
}

/**
 * The sentence on an illegal text; empty if it is legal.
 *
 * @param {string} text
 */
export function refusalOfText(text) {
  if (isPlain(text)) return "";
  return text.includes(",") ? tr("Write decimals with a point, as in 1.5.") : tr("That is no number.");
}

/**
 * The sentence on a field that shows another number than was typed.
 *
 * @param {number} typed
 * @param {string} now what it shows
 * @param {[number, number] | null} range of a slider, which has steps
 */
export function reasonOfChange(typed, now, range) {
  const isInside = range !== null && typed >= range[0] && typed <= range[1];
  const said = isInside
    ? tr("It goes in steps: the nearest to {typed} is {now}.")
    : tr("{typed} is out of range: it is {now} now.");
  return fill(said, { typed, now });
}

/**
 * Whether a field shows the typed number. A logarithmic scale has no steps, and shows fewer digits than it holds.
 *
 * @param {number} typed
 * @param {string} now what it shows
 * @param {boolean} isLogarithmic
 */
export function isTaken(typed, now, isLogarithmic) {
  return Math.abs(Number(typable(now)) - typed) <= (isLogarithmic ? 0.06 : 1e-9) * Math.abs(typed);
}

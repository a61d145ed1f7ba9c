// Colours of measured values.

import { clamp } from "./numbers.js";

/**
 * Red, green and blue of "#rrggbb".
 *
 * @param {string} colour
 */
export const channels = (colour) => [1, 3, 5].map((k) => Number.parseInt(colour.slice(k, k + 2), 16));

/**
 * The byte of a value from -1 to 1, as in _diverging.py.
 *
 * @param {number} value
 */
export const byteOf = (value) => clamp(Math.round((value + 1) * 127.5), 0, 255);

/**
 * [red, green, blue] for 0 to 255, between three colours "#rrggbb".
 *
 * @param {string[]} colours
 */
export function colourTable([low, middle, high]) {
  const [from, half, to] = [low, middle, high].map(channels);
  return Array.from({ length: 256 }, (_, byte) => {
    const share = byte / 127.5 - 1;
    const end = share < 0 ? from : to;
    return half.map((value, k) => Math.round(value + Math.abs(share) * (end[k] - value)));
  });
}

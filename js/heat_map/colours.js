// Colours of the map.

import { channels } from "../lib/colour.js";

export const FONT = 'system-ui, "Segoe UI", Roboto, sans-serif';
export const DARK = "#1b2733"; // ink on the cells, whose colours are the same in every theme

/** @type {Record<string, string>} Of the theme. */
export const INK = {};
export const INK_NAMES = { ink: "ink", soft: "soft", line: "axis", paper: "paper", page: "page", hatch: "hatch" };

/**
 * The colour at a share of the ramp.
 *
 * @param {string[]} ramp
 * @param {number} share
 */
export function mixed(ramp, share) {
  const place = Math.min(Math.max(share, 0), 1) * (ramp.length - 1);
  const k = Math.min(Math.floor(place), ramp.length - 2);
  const [from, to] = [channels(ramp[k]), channels(ramp[k + 1])];
  return `rgb(${from.map((v, i) => Math.round(v + (place - k) * (to[i] - v))).join(" ")})`;
}

// Keys of the map.

import { ARROWS } from "../lib/keys.js";
import { clamp } from "../lib/numbers.js";

/** @typedef {import("./model.js").Cell} Cell */

/**
 * The target of an arrow key; null for other keys.
 *
 * @param {string} key
 * @param {import("./model.js").HeatMap} map
 * @param {Cell | null} from the cell that is walked on
 * @param {Cell} selected where the walk begins if there is one
 * @returns {Cell | null}
 */
export function walked(key, map, from, selected) {
  if (!(key in ARROWS)) return null;
  const [down, right] = ARROWS[/** @type {keyof typeof ARROWS} */ (key)];
  // The first press shows the selected cell, or else the first one.
  if (!from && selected.column >= 0) return within(map, selected);
  return within(map, from ? { column: from.column + right, row: from.row - down } : { column: 0, row: 0 });
}

/**
 * @param {import("./model.js").HeatMap} map
 * @param {Cell} cell
 */
function within({ x, y }, { column, row }) {
  return { column: clamp(column, 0, x.values.length - 1), row: clamp(row, 0, y.values.length - 1) };
}

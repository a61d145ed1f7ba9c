// Positions of nodes and edges on the canvas, in CSS pixels, and search by position.

import { clamp } from "../lib/numbers.js";
import { distance } from "./model.js";

/** @typedef {import("./model.js").Graph} Graph */

/**
 * Lay a graph out on a canvas; sizes and line widths follow the density.
 *
 * @param {Graph} graph
 * @param {number} width
 * @param {number} height
 */
export function layOut(graph, width, height) {
  const radius = clamp(0.21 * Math.sqrt((width * height) / graph.nodes.length), 4.5, 19);
  const pad = radius + 7;
  const span = [Math.max(width - 2 * pad, 1), Math.max(height - 2 * pad, 1)];
  return {
    radius,
    pad,
    span,
    places: graph.nodes.map(([x, y]) => /** @type {Place} */ ([pad + x * span[0], pad + y * span[1]])),
    thick: Math.min(Math.sqrt(70 / (graph.edges.length + 1)), 1),
  };
}

/** @typedef {ReturnType<typeof layOut>} Layout */

/**
 * The point of the unit square for a position on the canvas.
 *
 * @param {Layout} layout
 * @param {number[]} place
 */
export function unitPlace({ pad, span }, place) {
  const unit = place.map((value, k) => Number(clamp((value - pad) / span[k], 0, 1).toFixed(5)));
  return /** @type {Place} */ (unit);
}

/**
 * The node at a position, or within reach of it; -1 for none.
 *
 * @param {Layout} layout
 * @param {Place} place
 * @param {number} reach
 */
export function nodeAt({ places, radius }, place, reach) {
  const gaps = places.map((other) => distance(place, other));
  const nearest = gaps.indexOf(Math.min(...gaps));
  return gaps[nearest] <= radius + reach ? nearest : -1;
}

/**
 * The number of the edge within reach of a position; -1 for none.
 *
 * @param {Layout} layout
 * @param {Graph} graph
 * @param {Place} place
 * @param {number} reach
 */
export function edgeAt({ places }, graph, place, reach) {
  let [found, least] = [-1, reach];
  graph.edges.forEach(([i, j], k) => {
    const [a, b] = [places[i], places[j]];
    const along = [b[0] - a[0], b[1] - a[1]];
    const share = ((place[0] - a[0]) * along[0] + (place[1] - a[1]) * along[1]) / (along[0] ** 2 + along[1] ** 2 || 1);
    const t = clamp(share, 0, 1);
    const gap = distance(place, [a[0] + t * along[0], a[1] + t * along[1]]);
    if (gap < least) [found, least] = [k, gap];
  });
  return found;
}

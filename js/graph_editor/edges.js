// Drawing of edges: one stroke for each style, and weights if there are few.

import { clamp, written } from "../lib/numbers.js";
import { COLOURS, setPen } from "./colours.js";
import { OPEN } from "./model.js";

/** @typedef {import("./model.js").Edge} Edge */
/** @typedef {import("./model.js").Graph} Graph */
/** @typedef {import("./layout.js").Layout} Layout */

const LABELLED = 30; // from this number of edges on, weights are not written

/**
 * The edges of each style, [undecided, not cut, cut], and the same for negative weights; and the weight of the cut.
 *
 * @param {Edge[]} edges
 * @param {number[]} sides
 */
export function sortedEdges(edges, sides) {
  /** @type {Edge[][]} */
  const looks = [[], [], [], [], [], []];
  for (const edge of edges) {
    const [a, b] = [sides[edge[0]], sides[edge[1]]];
    const state = a === OPEN || b === OPEN ? 0 : a === b ? 1 : 2;
    looks[state + (edge[2] < 0 ? 3 : 0)].push(edge);
  }
  const cut = [...looks[2], ...looks[5]].reduce((sum, edge) => sum + edge[2], 0);
  return { looks, cut };
}

/**
 * The pens of the six styles.
 *
 * @param {number} thick
 */
function pens(thick) {
  const alpha = clamp(0.25 + 0.9 * thick, 0, 1);
  const positive = [
    { colour: COLOURS.faint, width: 0.6 + 0.9 * thick, alpha },
    { colour: COLOURS.pale, width: 0.6 + 0.7 * thick, dashes: [4, 4], alpha },
    { colour: COLOURS.ink, width: 0.8 + 2.2 * thick, alpha: Math.sqrt(alpha) },
  ];
  const dashes = [
    [1.5, 3],
    [1.5, 4.5],
    [10, 3, 2, 3],
  ];
  return [...positive, ...positive.map((pen, k) => ({ ...pen, dashes: dashes[k], colour: COLOURS.negative }))];
}

/**
 * Draw all edges; returns the weight of the cut.
 *
 * @param {Context} context
 * @param {Graph} graph
 * @param {Layout} layout
 * @param {number[]} sides
 */
export function drawEdges(context, graph, { places, thick }, sides) {
  const { looks, cut } = sortedEdges(graph.edges, sides);
  pens(thick).forEach((style, look) => {
    setPen(context, style);
    context.beginPath();
    for (const [a, b] of looks[look]) {
      context.moveTo(...places[a]);
      context.lineTo(...places[b]);
    }
    context.stroke();
  });
  if (graph.edges.length < LABELLED) drawWeights(context, graph.edges, places);
  return cut;
}

/**
 * @param {Context} context
 * @param {Edge[]} edges
 * @param {Place[]} places
 */
function drawWeights(context, edges, places) {
  setPen(context, { colour: COLOURS.paper, width: 4 });
  Object.assign(context, { font: "600 12px system-ui, sans-serif", textAlign: "center", textBaseline: "middle" });
  context.lineJoin = "round";
  for (const [a, b, weight] of edges.filter((edge) => edge[2] !== 1)) {
    const [p, q] = [places[a], places[b]];
    const [x, y] = [(p[0] + q[0]) / 2, (p[1] + q[1]) / 2];
    const text = written(weight, 3);
    context.strokeText(text, x, y);
    context.fillStyle = weight < 0 ? COLOURS.negative : COLOURS.ink;
    context.fillText(text, x, y);
  }
}

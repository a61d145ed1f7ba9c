// The editor's graph and the rules of its edits.

import { numbersOf, written } from "../lib/numbers.js";

/** @typedef {[number, number, number]} Edge a node, another node, and the weight */
/** @typedef {{ nodes: Place[], edges: Edge[] }} Graph nodes lie in the unit square */
/** @typedef {{ op: string, [name: string]: any }} Edit */

export const [FEWEST, MOST] = [2, 200]; // nodes
export const [ON, OFF, OPEN] = [1, 0, -1]; // the sides of a node; OPEN is undecided

/**
 * The displayed number of a node: as in graph files, the first is 1.
 *
 * @param {number} node
 */
export const numberOf = (node) => node + 1;

/**
 * @param {Place} a
 * @param {Place} b
 */
export const distance = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]);

/**
 * The side of a node whose wall is at 0 to 255; graph_editor.py rounds so that this is exact.
 *
 * @param {number} wall
 */
export const sideOf = (wall) => (wall >= 243 ? ON : wall <= 12 ? OFF : OPEN);

/**
 * A weight as text; Python's arrives in single precision.
 *
 * @param {number} weight
 */
export const weightText = (weight) => written(weight, 6);

/**
 * Python's graph.
 *
 * @param {Model} model
 * @returns {Graph}
 */
export function readGraph(model) {
  const places = numbersOf(model.get("_positions"), Float32Array);
  const ends = numbersOf(model.get("_edges"), Uint8Array);
  const weights = numbersOf(model.get("_weights"), Float32Array);
  return {
    nodes: Array.from({ length: places.length / 2 }, (_, k) => [places[2 * k], places[2 * k + 1]]),
    edges: Array.from(weights, (weight, k) => [ends[2 * k], ends[2 * k + 1], weight]),
  };
}

/**
 * Whether an edge joins two nodes.
 *
 * @param {Edge} edge
 * @param {number} node
 * @param {number} other
 */
export const joins = ([a, b], node, other) => (a === node && b === other) || (a === other && b === node);

/**
 * The edge between two nodes, if there is one.
 *
 * @param {Graph} graph
 * @param {number} node
 * @param {number} other
 */
export const edgeOf = ({ edges }, node, other) => edges.find((edge) => joins(edge, node, other));

/**
 * @param {Graph} graph
 * @param {number} node
 * @param {number} other
 */
export const isEdge = (graph, node, other) => edgeOf(graph, node, other) !== undefined;

/**
 * The edges of one node.
 *
 * @param {Graph} graph
 * @param {number} node
 */
export const edgesAt = ({ edges }, node) => edges.filter(([a, b]) => a === node || b === node);

/**
 * The graph after an edit; the same rules as in _graph.py.
 *
 * @param {Graph} graph
 * @param {Edit} edit
 * @param {number} weight of an edge that is added
 * @returns {Graph}
 */
export function edited({ nodes, edges }, edit, weight) {
  const { op, node, other, x, y } = edit;
  if (op === "move") return { nodes: nodes.map((place, k) => (k === node ? [x, y] : place)), edges };
  if (op === "add") {
    /** @type {Edge[]} */
    const added = Number.isInteger(edit.from) ? [[edit.from, nodes.length, weight]] : [];
    return { nodes: [...nodes, [x, y]], edges: [...edges, ...added] };
  }
  if (op === "connect") {
    const others = edges.filter((edge) => !joins(edge, node, other));
    return { nodes, edges: edit.on ? [...others, [node, other, weight]] : others };
  }
  if (op === "weigh") {
    return { nodes, edges: edges.map((edge) => (joins(edge, node, other) ? [edge[0], edge[1], edit.value] : edge)) };
  }
  return removed({ nodes, edges }, node);
}

/**
 * The graph without a node; the numbers of later nodes decrease by one.
 *
 * @param {Graph} graph
 * @param {number} node
 * @returns {Graph}
 */
function removed({ nodes, edges }, node) {
  /** @param {number} k */
  const lower = (k) => (k > node ? k - 1 : k);
  const kept = edges.filter(([a, b]) => a !== node && b !== node);
  return { nodes: nodes.filter((_, k) => k !== node), edges: kept.map(([a, b, w]) => [lower(a), lower(b), w]) };
}

/**
 * The nearest position in a direction, where distance aside counts more than distance ahead; else `from`.
 *
 * @param {Place[]} places
 * @param {number} from
 * @param {Place} direction
 */
export function neighbour(places, from, direction) {
  let [found, least] = [from, Number.POSITIVE_INFINITY];
  places.forEach((place, k) => {
    const gap = place.map((value, axis) => value - places[from][axis]);
    const ahead = gap[0] * direction[0] + gap[1] * direction[1];
    const cost = (gap[0] ** 2 + gap[1] ** 2) / ahead;
    if (k !== from && ahead > 0 && cost < least) [found, least] = [k, cost];
  });
  return found;
}

/**
 * The emptiest place of the unit square, for a node added without a pointer.
 *
 * @param {Place[]} nodes
 * @returns {Place}
 */
export function emptiest(nodes) {
  const steps = Array.from({ length: 15 }, (_, k) => (k + 0.5) / 15);
  const spots = steps.flatMap((y) => steps.map((x) => /** @type {Place} */ ([x, y])));
  /** @param {Place} spot */
  const room = (spot) => Math.min(...nodes.map((node) => distance(node, spot)));
  return spots.reduce((best, spot) => (room(spot) > room(best) + 1e-6 ? spot : best));
}

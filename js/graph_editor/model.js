// The graph as GraphEditor's browser half knows it.

import { numbersOf } from "../lib/numbers.js";

export const [FEWEST, MOST] = [2, 200]; // nodes
export const [ON, OFF, OPEN] = [1, 0, -1]; // the sides of a node: decided for one of the two sets, or not yet

/** The number by which people know a node: as in graph files, the first is 1. */
export const numberOf = (node) => node + 1;

export const distance = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]);

/** The side of a node whose wall is at 0 to 255; graph_editor.py rounds so that this is exact. */
export const sideOf = (wall) => (wall >= 243 ? ON : wall <= 12 ? OFF : OPEN);

/** Python's graph: nodes [[x, y]] in the unit square, edges [[node, other, weight]]. */
export function readGraph(model) {
  const numbers = (name, Type) => numbersOf(model.get(name), Type);
  const [places, ends, weights] = [
    numbers("_positions", Float32Array),
    numbers("_edges", Uint8Array),
    numbers("_weights", Float32Array),
  ];
  return {
    nodes: Array.from({ length: places.length / 2 }, (_, k) => [places[2 * k], places[2 * k + 1]]),
    edges: Array.from(weights, (weight, k) => [ends[2 * k], ends[2 * k + 1], weight]),
  };
}

export const joins = ([a, b], node, other) => (a === node && b === other) || (a === other && b === node);

/** A weight as people read it: Python's arrives in single precision. */
export const written = (weight) => String(Number(weight.toPrecision(6))).replace("-", "−");

export const edgeOf = ({ edges }, node, other) => edges.find((edge) => joins(edge, node, other));

export const isEdge = ({ edges }, node, other) => edges.some((edge) => joins(edge, node, other));

/** The graph after an edit; the same rules as in _graph.py. */
export function edited({ nodes, edges }, edit, weight) {
  const { op, node, other, x, y } = edit;
  if (op === "move") return { nodes: nodes.map((place, k) => (k === node ? [x, y] : place)), edges };
  if (op === "add") {
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
  const lower = (k) => (k > node ? k - 1 : k);
  const kept = edges.filter(([a, b]) => a !== node && b !== node).map(([a, b, w]) => [lower(a), lower(b), w]);
  return { nodes: nodes.filter((_, k) => k !== node), edges: kept };
}

/** The nearest of some places in a direction, one straight ahead counting as nearer than one aside; else `from`. */
export function neighbour(places, from, direction) {
  let [found, least] = [from, Infinity];
  places.forEach((place, k) => {
    const gap = place.map((value, axis) => value - places[from][axis]);
    const ahead = gap[0] * direction[0] + gap[1] * direction[1];
    const cost = (gap[0] ** 2 + gap[1] ** 2) / ahead;
    if (k !== from && ahead > 0 && cost < least) [found, least] = [k, cost];
  });
  return found;
}

/** The emptiest place of the unit square, for a node that is added without pointing. */
export function emptiest(nodes) {
  const steps = Array.from({ length: 15 }, (_, k) => (k + 0.5) / 15);
  const spots = steps.flatMap((y) => steps.map((x) => [x, y]));
  const room = (spot) => Math.min(...nodes.map((node) => distance(node, spot)));
  return spots.reduce((best, spot) => (room(spot) > room(best) + 1e-6 ? spot : best));
}

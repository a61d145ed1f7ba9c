// Marks over a graph: the edge being drawn, the target of a click, the selection.

import { COLOURS } from "./colours.js";
import { edgeAt, nodeAt } from "./layout.js";
import { isEdge } from "./model.js";

/** @typedef {import("./colours.js").Style} Style */
/** @typedef {Style & { from: Place, to: Place }} Line */
/** @typedef {Style & { node: number, gap: number }} Ring */
/** @typedef {{ lines: Line[], rings: Ring[] }} Marks */

export const EDGE_REACH = 5; // CSS pixels beside a line that count as on it

/**
 * @param {import("./picture.js").Picture} picture
 * @param {object} state
 * @param {import("./gesture.js").Gesture | null} state.gesture
 * @param {Place | null} state.hovered
 * @param {number} state.source
 * @param {number} state.selected
 * @param {[number, number] | null} state.picked
 * @param {string} state.mode
 * @returns {Marks}
 */
export function marksOf({ graph, layout }, { gesture, hovered, source, selected, picked, mode }) {
  /** @type {Marks} */
  const { lines, rings } = { lines: [], rings: [] };
  const { places } = layout;
  const { accent, danger, focus } = COLOURS;
  const from = gesture?.kind === "edge" && gesture.moved ? gesture.node : source;
  const tip = gesture?.at ?? hovered;
  const over = tip && gesture?.kind !== "move" ? nodeAt(layout, tip, 4) : -1;
  const to = tip ? over : selected;
  if (from >= 0) {
    const colour = to >= 0 && isEdge(graph, from, to) ? danger : accent;
    const end = to >= 0 ? places[to] : tip;
    if (end && to !== from) lines.push({ from: places[from], to: end, colour, width: 3, dashes: [7, 5] });
    rings.push({ node: from, gap: 4, colour: accent, width: 2.5, dashes: [4, 3] });
  }
  /** @param {number[]} edge @param {string} colour */
  const between = ([a, b], colour) => lines.push({ from: places[a], to: places[b], colour, width: 4 });
  if (picked) between(picked, focus);
  if (mode !== "add" && mode !== "show" && over < 0 && hovered && !gesture?.moved && source < 0) {
    const edge = graph.edges[edgeAt(layout, graph, hovered, EDGE_REACH)];
    if (edge) between(edge, mode === "delete" ? danger : accent);
  }
  if (over >= 0) rings.push({ node: over, gap: 3, colour: mode === "delete" ? danger : accent, width: 2 });
  rings.push({ node: selected, gap: 4, colour: focus, width: 3 });
  return { lines, rings };
}

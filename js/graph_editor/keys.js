// Keys of the editor.

import { fill, tr } from "../lib/i18n.js";
import { ARROWS, historyOf } from "../lib/keys.js";
import { clamp } from "../lib/numbers.js";
import { edgesAt, emptiest, neighbour, numberOf, ON, OPEN, sideOf } from "./model.js";

/** @typedef {import("./editing.js").Editing} Editing */

/**
 * The name of a node's side.
 *
 * @param {number} wall
 */
export function sideName(wall) {
  const side = sideOf(wall);
  if (side === OPEN) return tr("undecided");
  return side === ON ? tr("on") : tr("off");
}

/**
 * Select a node and announce it.
 *
 * @param {Editing} editing
 * @param {number} node
 * @param {Uint8Array} walls
 */
function walk(editing, node, walls) {
  editing.select(node);
  const { graph } = editing;
  const degree = edgesAt(graph, node).length;
  const side = walls.length !== graph.nodes.length ? "" : `, ${sideName(walls[node])}`;
  const count = degree === 1 ? tr("1 edge") : fill(tr("{edges} edges"), { edges: degree });
  const name = fill(tr("Node {node}"), { node: numberOf(node) });
  editing.news.say(`${name}, ${count}${side}.`);
}

/**
 * The node to which a key moves the selection; null for other keys.
 *
 * @param {Editing} editing
 * @param {string} key
 */
function target({ graph, selected }, key) {
  const last = graph.nodes.length - 1;
  if (key in ARROWS) {
    const [down, right] = ARROWS[/** @type {keyof typeof ARROWS} */ (key)];
    return selected < 0 ? 0 : neighbour(graph.nodes, selected, [right, down]);
  }
  if (key === "Home") return 0;
  if (key === "End") return last;
  if (key === "PageUp") return clamp(selected - 1, 0, last);
  if (key === "PageDown") return clamp(selected + 1, 0, last);
  return null;
}

/**
 * Handle a key that does not change the graph; false for other keys.
 *
 * @param {Editing} editing
 * @param {KeyboardEvent} event
 * @param {Uint8Array} walls
 */
function look(editing, { key, shiftKey }, walls) {
  const { box, source, selected } = editing;
  const to = target(editing, key);
  if (to !== null) walk(editing, to, walls);
  else if (key === "Escape" && source >= 0) editing.chain(source);
  else if (key === "Escape" && box.picked) box.pick(null);
  else if (key === "Escape" && selected >= 0) editing.select(-1);
  else if (key.toLowerCase() === "e" && selected >= 0) box.pickNext(selected, shiftKey ? -1 : 1);
  else return false;
  return true;
}

/**
 * Handle a key that changes the graph; false for other keys.
 *
 * @param {Editing} editing
 * @param {KeyboardEvent} event
 */
function write(editing, { key }) {
  const { box, selected, graph } = editing;
  const letter = key.toLowerCase();
  const deletes = key === "Delete" || key === "Backspace";
  if (key === "Enter" && selected >= 0) editing.chain(selected);
  else if (letter === "w") box.focus();
  else if (deletes && box.picked) editing.connect(...box.picked);
  else if (deletes && selected >= 0) editing.remove(selected);
  else if (key === "Insert" || letter === "n") {
    if (editing.add(emptiest(graph.nodes))) editing.select(editing.graph.nodes.length - 1);
  } else return false;
  return true;
}

/**
 * Handle a key; false if it is not one of ours.
 *
 * @param {Editing} editing
 * @param {KeyboardEvent} event
 * @param {Uint8Array} walls
 */
export function type(editing, event, walls) {
  const { key, repeat, shiftKey, altKey, ctrlKey, metaKey } = event;
  const writes = !editing.model.get("disabled");
  if (altKey) return false;
  if (ctrlKey || metaKey) {
    const asked = historyOf(event);
    if (!writes || !asked) return false;
    editing.recall(asked);
    return true;
  }
  if (key in ARROWS && shiftKey && writes && editing.selected >= 0) {
    const [down, right] = ARROWS[/** @type {keyof typeof ARROWS} */ (key)];
    editing.nudge([right, down], repeat);
    return true;
  }
  return look(editing, event, walls) || (writes && write(editing, event));
}

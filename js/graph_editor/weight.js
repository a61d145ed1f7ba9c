// GraphEditor's box for the weight of an edge.

import { fill, tr } from "../lib/i18n.js";
import { edgeOf, edgesAt, isEdge, joins, numberOf, weightText } from "./model.js";

/** @typedef {import("./editing.js").Editing} Editing */
/** @typedef {{ owner: HTMLElement, weight: HTMLInputElement }} Fields whose weight it is, and the number */

export const HEAVIEST = 1e12; // as in _graph.py

/** Holds the chosen edge. */
export class WeightBox {
  /**
   * @param {Fields} fields
   * @param {Model} model
   * @param {Editing} editing
   */
  constructor({ owner, weight }, model, editing) {
    this.owner = owner;
    this.field = weight;
    this.model = model;
    this.editing = editing;
    /** @type {[number, number] | null} the two nodes of the chosen edge */
    this.picked = null;
    this.isTyping = false; // then a late graph must not overwrite the field
  }

  /** Show the weight of the chosen edge, or that of new edges, unless the user is typing. */
  show() {
    const { graph } = this.editing;
    if (this.picked && !isEdge(graph, ...this.picked)) this.picked = null;
    this.owner.textContent = this.picked
      ? fill(tr("Edge {nodes}"), { nodes: this.picked.map(numberOf).join("–") })
      : tr("New edges");
    const edge = this.picked && edgeOf(graph, ...this.picked);
    const value = edge ? edge[2] : this.model.get("new_weight");
    if (!this.isTyping) this.field.value = String(Number(value.toPrecision(6)));
    this.field.title = this.picked ? tr("Weight of this edge") : tr("Weight of the edges that you add");
  }

  /**
   * Choose an edge, or none.
   *
   * @param {import("./model.js").Edge | null | undefined} edge
   */
  pick(edge) {
    this.picked = edge ? [edge[0], edge[1]] : null;
    this.giveUp();
    if (edge) {
      const names = { node: numberOf(edge[0]), other: numberOf(edge[1]), weight: weightText(edge[2]) };
      const said = tr("Edge {node} to {other} weighs {weight}; type another weight above.");
      this.editing.news.say(fill(said, names));
    }
    this.editing.schedule();
  }

  /**
   * Choose the next or the previous edge of a node.
   *
   * @param {number} node
   * @param {1 | -1} step
   */
  pickNext(node, step) {
    const edges = edgesAt(this.editing.graph, node);
    if (!edges.length) {
      this.editing.news.say(fill(tr("Node {node} has no edge."), { node: numberOf(node) }));
      return;
    }
    const { picked } = this;
    const now = picked ? edges.findIndex((edge) => joins(edge, ...picked)) : -1;
    const next = now < 0 ? (step > 0 ? 0 : edges.length - 1) : (now + step + edges.length) % edges.length;
    this.pick(edges[next]);
  }

  focus() {
    this.field.focus();
    this.field.select();
  }

  /** Discard the typed text. */
  giveUp() {
    this.isTyping = false;
    this.show();
  }

  /** Apply the typed weight. */
  take() {
    const value = this.field.valueAsNumber;
    const isLegal = value !== 0 && Math.abs(value) <= HEAVIEST;
    if (!isLegal) this.editing.news.say(tr("A weight is a number other than 0; to have none, delete the edge."));
    else if (this.picked) this.weigh(this.picked, value);
    else this.weighNew(value);
    this.giveUp();
  }

  /**
   * @param {[number, number]} picked
   * @param {number} value
   */
  weigh(picked, value) {
    if (value === edgeOf(this.editing.graph, ...picked)?.[2]) return;
    this.editing.weigh(...picked, value);
    const [node, other] = picked.map(numberOf);
    const said = tr("Edge {node} to {other} now weighs {weight}.");
    this.editing.news.say(fill(said, { node, other, weight: weightText(value) }));
  }

  /** @param {number} value */
  weighNew(value) {
    this.model.set("new_weight", value);
    this.model.save_changes();
    this.editing.news.say(fill(tr("Edges that you add weigh {weight}."), { weight: weightText(value) }));
  }
}

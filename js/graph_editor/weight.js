// The box in which GraphEditor shows and takes the weight of an edge.

import { fill, tr } from "../lib/i18n.js";
import { edgeOf, isEdge, joins, numberOf, written } from "./model.js";

const HEAVIEST = 1e12; // as in _graph.py

/** Knows which edge is chosen. `page` has graph(), say(text), weigh(node, other, value) and schedule(). */
export class WeightBox {
  constructor({ owner, weight }, model, page) {
    Object.assign(this, { owner, field: weight, model, page });
    this.picked = null; // the two nodes of the chosen edge
    this.isTyping = false; // then late news of the graph must not overwrite the field
  }

  /** Show the weight of the chosen edge, or the one that new edges get; not over what is being typed. */
  show() {
    const graph = this.page.graph();
    if (this.picked && !isEdge(graph, ...this.picked)) this.picked = null;
    this.owner.textContent = this.picked
      ? fill(tr("Edge {nodes}"), { nodes: this.picked.map(numberOf).join("–") })
      : tr("New edges");
    const value = this.picked ? edgeOf(graph, ...this.picked)[2] : this.model.get("new_weight");
    if (!this.isTyping) this.field.value = String(Number(value.toPrecision(6)));
    this.field.title = this.picked ? tr("Weight of this edge") : tr("Weight of the edges that you add");
  }

  /** Choose an edge, or none. */
  pick(edge) {
    this.picked = edge ? edge.slice(0, 2) : null;
    this.giveUp();
    if (edge) {
      const [node, other, weight] = [...this.picked.map(numberOf), written(edge[2])];
      this.page.say(
        fill(tr("Edge {node} to {other} weighs {weight}; type another weight above."), { node, other, weight }),
      );
    }
    this.page.schedule();
  }

  /** Choose the next edge of a node, or the one before. */
  pickNext(node, step) {
    const edges = this.page.graph().edges.filter(([a, b]) => a === node || b === node);
    if (!edges.length) return this.page.say(fill(tr("Node {node} has no edge."), { node: numberOf(node) }));
    const now = this.picked ? edges.findIndex((edge) => joins(edge, ...this.picked)) : -1;
    const next = now < 0 ? (step > 0 ? 0 : edges.length - 1) : (now + step + edges.length) % edges.length;
    return this.pick(edges[next]);
  }

  focus() {
    this.field.focus();
    this.field.select();
  }

  /** Forget what is being typed. */
  giveUp() {
    this.isTyping = false;
    this.show();
  }

  /** Take the weight that was typed. */
  take() {
    const { picked, page, model } = this;
    const value = this.field.valueAsNumber;
    const isLegal = value !== 0 && Math.abs(value) <= HEAVIEST;
    if (!isLegal) page.say(tr("A weight is a number other than 0; to have none, delete the edge."));
    else if (!picked) {
      model.set("new_weight", value);
      model.save_changes();
      page.say(fill(tr("Edges that you add weigh {weight}."), { weight: written(value) }));
    } else if (value !== edgeOf(page.graph(), ...picked)[2]) {
      page.weigh(...picked, value);
      const [node, other] = picked.map(numberOf);
      page.say(fill(tr("Edge {node} to {other} now weighs {weight}."), { node, other, weight: written(value) }));
    }
    this.giveUp();
  }
}

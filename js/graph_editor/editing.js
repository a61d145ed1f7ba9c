// Edits of the graph. Python owns the graph; an edit lies over it until Python has answered, so that an older state cannot
// undo the edit. Selections do the same.

import { conversation } from "../lib/answers.js";
import { fill, tr } from "../lib/i18n.js";
import { clamp } from "../lib/numbers.js";
import { edited, FEWEST, isEdge, MOST, numberOf, readGraph } from "./model.js";
import { WeightBox } from "./weight.js";

/** @typedef {import("./model.js").Graph} Graph */
/** @typedef {import("./model.js").Edit} Edit */

export class Editing {
  /**
   * @param {Model} model
   * @param {string} client the name of the view
   * @param {import("./frame.js").News} news
   * @param {import("./weight.js").Fields} fields
   * @param {() => void} schedule asks for a frame
   */
  constructor(model, client, news, fields, schedule) {
    this.model = model;
    this.news = news;
    this.schedule = schedule;
    this.talk = conversation(model, client);
    /** @type {Graph} Python's, with the edits on top that it has not answered yet */
    this.graph = { nodes: [], edges: [] };
    /** @type {Edit[]} those edits */
    this.pending = [];
    this.isStale = true; // the graph must be assembled again
    this.source = -1; // the node at which a click or Enter has begun an edge
    this.selected = model.get("selected");
    this.asked = 0; // the message with this page's last selection
    this.answered = 0;
    this.stroke = 0;
    this.box = new WeightBox(fields, model, this);
  }

  /** Assemble the graph again if it is stale. */
  rebuild() {
    if (!this.isStale) return;
    this.isStale = false;
    const below = readGraph(this.model);
    this.graph = this.pending.reduce((graph, edit) => edited(graph, edit, edit.weight), below);
    if (this.selected >= this.graph.nodes.length) this.selected = -1;
    if (this.source >= this.graph.nodes.length) this.source = -1;
    this.box.show();
  }

  /** Handle a new graph from Python. */
  renew() {
    this.isStale = true;
  }

  /** Handle an answer of Python. */
  hear() {
    this.answered = this.talk.hear();
    this.pending = this.pending.filter((edit) => edit.sequence > this.answered);
    this.renew();
    this.adoptSelection();
  }

  /** Handle a graph with other numbering from Python. */
  startAgain() {
    this.pending = [];
    this.source = -1;
    this.renew();
  }

  adoptSelection() {
    if (this.answered >= this.asked) this.selected = this.model.get("selected");
  }

  /**
   * @param {string} op
   * @param {object} content
   */
  edit(op, content) {
    this.news.settle();
    const sequence = this.talk.ask("edit", { op, generation: this.model.get("_generation"), ...content });
    this.pending.push({ ...content, op, sequence, weight: this.model.get("new_weight") });
    this.renew();
    this.rebuild();
    this.schedule();
    return sequence;
  }

  /** @param {number} node */
  select(node) {
    this.news.settle();
    this.asked = this.talk.ask("select", { node });
    this.selected = node;
    this.schedule();
  }

  /**
   * Add a node, joined to another if given; false if there are too many.
   *
   * @param {Place} place
   * @param {number | null} from
   */
  add(place, from = null) {
    const hasRoom = this.graph.nodes.length < MOST;
    if (hasRoom) this.edit("add", { x: place[0], y: place[1], from });
    const added = from === null ? tr("Node {node} added.") : tr("Node {node} added, joined to {from}.");
    const numbers = { node: this.graph.nodes.length, from: from === null ? null : numberOf(from) };
    this.news.say(hasRoom ? fill(added, numbers) : fill(tr("{most} nodes are the most."), { most: MOST }));
    return hasRoom;
  }

  /** @param {number} node */
  remove(node) {
    if (this.graph.nodes.length <= FEWEST) {
      this.news.say(fill(tr("A graph needs at least {fewest} nodes."), { fewest: FEWEST }));
      return;
    }
    const isMoved = this.selected >= node;
    // Before the edit, because the last node would be too many for the new graph.
    if (isMoved) this.selected = this.selected === node ? -1 : this.selected - 1;
    const sequence = this.edit("remove", { node });
    if (isMoved) this.asked = sequence;
    this.source = -1;
    this.box.pick(null); // its numbers may now be those of other nodes
    this.news.say(fill(tr("Node {node} deleted; those after it have moved up."), { node: numberOf(node) }));
  }

  /**
   * Join two nodes, or remove their edge.
   *
   * @param {number} node
   * @param {number} other
   */
  connect(node, other) {
    const on = !isEdge(this.graph, node, other);
    this.edit("connect", { node, other, on });
    this.source = -1;
    const done = on ? tr("Edge {node} to {other} added.") : tr("Edge {node} to {other} deleted.");
    this.news.say(fill(done, { node: numberOf(node), other: numberOf(other) }));
  }

  /**
   * Begin an edge at a node, or end the begun one there.
   *
   * @param {number} node
   */
  chain(node) {
    if (this.source < 0) {
      this.source = node;
      this.news.say(fill(tr("Edge from node {node}: choose the other node."), { node: numberOf(node) }));
    } else if (this.source === node) {
      this.source = -1;
      this.news.say(tr("No edge."));
    } else this.connect(this.source, node);
    this.schedule();
  }

  /**
   * Move a node. Moves with an equal stroke are one entry of undo.
   *
   * @param {number} node
   * @param {Place} place
   */
  move(node, [x, y]) {
    this.edit("move", { node, x, y, stroke: this.stroke });
  }

  /**
   * Move the selected node by a little.
   *
   * @param {number[]} direction
   * @param {boolean} isRepeat whether the key is still held
   */
  nudge(direction, isRepeat) {
    if (!isRepeat) this.stroke += 1;
    const [x, y] = this.graph.nodes[this.selected].map((value, k) => clamp(value + 0.02 * direction[k], 0, 1));
    this.move(this.selected, [x, y]);
  }

  /**
   * @param {number} node
   * @param {number} other
   * @param {number} value
   */
  weigh(node, other, value) {
    this.edit("weigh", { node, other, value });
  }

  /** @param {string} type "undo" or "redo" */
  recall(type) {
    const isUndo = type === "undo";
    if (!this.model.get(`can_${type}`) && !this.pending.length) {
      this.news.say(isUndo ? tr("Nothing to undo.") : tr("Nothing to redo."));
      return;
    }
    this.model.send({ type });
    this.news.sayForAWhile(isUndo ? tr("Undone.") : tr("Done again."));
  }
}

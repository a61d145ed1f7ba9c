// Gestures of mouse, finger and pen.

import { HINTS } from "./frame.js";
import { edgeAt, nodeAt, unitPlace } from "./layout.js";
import { EDGE_REACH } from "./marks.js";
import { distance, edited } from "./model.js";

/** @typedef {import("./model.js").Graph} Graph */

/**
 * The action of a pressed pointer.
 *
 * @typedef {object} Gesture
 * @property {"move" | "edge" | "press"} kind
 * @property {number} pointer
 * @property {boolean} touch
 * @property {number} node under the pointer when it went down, -1 for none
 * @property {Place} from
 * @property {Place} at
 * @property {number[]} grip where on the node the pointer has it
 * @property {boolean} moved
 * @property {Place} [seen] the place for which `view` is the graph
 * @property {Graph} [view]
 */

export class Hand {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {Model} model
   * @param {import("./editing.js").Editing} editing
   * @param {import("./picture.js").Picture} picture
   */
  constructor(canvas, model, editing, picture) {
    this.canvas = canvas;
    this.model = model;
    this.editing = editing;
    this.picture = picture;
    /** @type {Gesture | null} */
    this.gesture = null;
    /** @type {Place | null} where the mouse is */
    this.hovered = null;
  }

  /** The action of a click; "show" for none. */
  get mode() {
    return this.model.get("disabled") ? "show" : this.model.get("mode");
  }

  /** @param {(target: EventTarget, type: string, handler: (event: any) => void, options?: object) => void} on */
  listen(on) {
    const { canvas, editing } = this;
    on(canvas, "pointerdown", (event) => this.press(event));
    on(canvas, "pointermove", (event) => this.drag(event));
    on(canvas, "pointerup", (event) => this.release(event));
    on(canvas, "lostpointercapture", () => {
      this.gesture = null;
      editing.schedule();
    });
    on(canvas, "pointerleave", () => {
      this.hovered = null;
      editing.schedule();
    });
    // The preceding pointer event has found what the finger is on; on an empty place it may scroll.
    const keep = (/** @type {Event} */ event) => {
      if (this.gesture && this.gesture.node >= 0) event.preventDefault();
    };
    on(canvas, "touchstart", keep, { passive: false });
  }

  /** The displayed graph, with the dragged node at the pen. */
  shown() {
    const { gesture, editing } = this;
    if (gesture?.kind !== "move" || !gesture.moved) return editing.graph;
    if (!gesture.view || gesture.seen !== gesture.at) {
      const place = gesture.at.map((value, k) => value - gesture.grip[k]);
      const [x, y] = unitPlace(this.picture.layout, place);
      gesture.seen = gesture.at;
      gesture.view = edited(editing.graph, { op: "move", node: gesture.node, x, y }, 0);
    }
    return gesture.view;
  }

  /**
   * @param {PointerEvent} event
   * @returns {Place}
   */
  placeOf({ clientX, clientY }) {
    const bounds = this.canvas.getBoundingClientRect();
    return [clientX - bounds.left, clientY - bounds.top];
  }

  /**
   * The node at a position; a finger reaches further.
   *
   * @param {Place} place
   * @param {boolean} touch
   */
  nodeUnder(place, touch) {
    const { layout } = this.picture;
    return nodeAt(layout, place, touch ? Math.max(6, 22 - layout.radius) : 4);
  }

  /**
   * Whether a position on a node belongs to its rim, from which edges are drawn; never for a finger.
   *
   * @param {Place} place
   * @param {number} node
   */
  isRim(place, node) {
    const { radius, places } = this.picture.layout;
    const inside = radius >= 9 ? 0.72 * radius : radius;
    return node >= 0 && distance(place, places[node]) > inside;
  }

  /** @param {PointerEvent} event */
  press(event) {
    if (!event.isPrimary || event.button !== 0) return;
    const [from, touch, mode] = [this.placeOf(event), event.pointerType === "touch", this.model.get("mode")];
    const node = this.nodeUnder(from, touch);
    const draws = mode !== "move" || event.shiftKey || (!touch && this.isRim(from, node));
    const isFixed = node < 0 || mode === "delete" || this.model.get("disabled");
    const kind = isFixed ? "press" : draws ? "edge" : "move";
    const grip = node < 0 ? [0, 0] : from.map((value, k) => value - this.picture.layout.places[node][k]);
    this.gesture = { kind, pointer: event.pointerId, touch, node, from, at: from, grip, moved: false };
    this.canvas.setPointerCapture(event.pointerId);
    this.editing.schedule();
  }

  /** @param {PointerEvent} event */
  drag(event) {
    const place = this.placeOf(event);
    const { gesture } = this;
    if (gesture?.pointer === event.pointerId) {
      gesture.at = place;
      gesture.moved ||= distance(place, gesture.from) > (gesture.touch ? 8 : 4);
    }
    this.hovered = event.pointerType === "touch" ? null : place;
    this.canvas.style.cursor = this.cursorAt(place);
    this.editing.schedule();
  }

  /** @param {Place} place */
  cursorAt(place) {
    const { mode, picture } = this;
    if (mode === "show") return "default";
    if (mode === "delete") return "pointer";
    if (mode !== "move") return "crosshair";
    const node = nodeAt(picture.layout, place, 4);
    if (node >= 0) return this.isRim(place, node) ? "crosshair" : "grab";
    return edgeAt(picture.layout, picture.graph, place, EDGE_REACH) < 0 ? "default" : "pointer";
  }

  /** @param {PointerEvent} event */
  release(event) {
    const { gesture, editing, picture } = this;
    if (gesture?.pointer !== event.pointerId) return;
    const { kind, node, from, at, touch, moved } = gesture;
    const place = moved && kind === "move" ? this.shown().nodes[node] : null;
    this.gesture = null;
    editing.schedule();
    if (place) {
      editing.stroke += 1;
      editing.move(node, place);
    } else if (kind === "edge" && moved) {
      const other = this.nodeUnder(at, touch);
      if (other >= 0 && other !== node) editing.connect(node, other);
      else if (other < 0 && this.model.get("mode") === "add") editing.add(unitPlace(picture.layout, at), node);
    } else if (!moved) this.click(node, from, touch);
  }

  /**
   * @param {number} node
   * @param {Place} place
   * @param {boolean} touch
   */
  click(node, place, touch) {
    const { mode, editing, picture } = this;
    const { box, news } = editing;
    const reach = touch ? 14 : EDGE_REACH;
    const edge = node < 0 ? editing.graph.edges[edgeAt(picture.layout, picture.graph, place, reach)] : undefined;
    if (mode === "delete") {
      if (node >= 0) editing.remove(node);
      else if (edge) editing.connect(edge[0], edge[1]);
    } else if (mode === "connect") {
      if (node >= 0) editing.chain(node);
      else {
        editing.source = -1;
        box.pick(edge);
      }
    } else if (node >= 0) editing.select(node === editing.selected ? -1 : node);
    else if (edge && mode === "move") box.pick(edge);
    else if (mode === "add") editing.add(unitPlace(picture.layout, place));
    else if (mode === "move") {
      // Only deselects an edge, because a stray click that changed the graph would end the run.
      if (box.picked) box.pick(null);
      news.say(HINTS.move);
    }
  }
}

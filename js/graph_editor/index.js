// The browser's half of GraphEditor (graph_editor.py). Python owns the graph, this view owns the gesture.
//
// to Python    {type: "edit", client, sequence, generation, op, ...} with op "move" {node, x, y, stroke: equal = one undo
//              entry}, "add" {x, y, from: node or null}, "remove" {node}, "connect" {node, other, on} or "weigh" {node,
//              other, value}; {type: "undo"}, {type: "redo"}, {type: "select", client, sequence, node}, {type: "ready"}
// from Python  {type: "walls"} with a uint8 a node (0 = OFF end, 255 = ON end), or none; and the graph in traits, with
//              `_acknowledged` = "client:sequence". Until then an edit lies over Python's graph; a new `_generation`
//              makes it void.

import { isResized, painter } from "../lib/canvas.js";
import { listeners, setAttributes, viewName } from "../lib/dom.js";
import { fill, tr } from "../lib/i18n.js";
import { numbersOf } from "../lib/numbers.js";
import { followTheme } from "../lib/theme.js";
import { COLOUR_NAMES, COLOURS } from "./colours.js";
import { Editing } from "./editing.js";
import { graphFrame, HINTS, newsLine } from "./frame.js";
import { Hand } from "./gesture.js";
import { type } from "./keys.js";
import { marksOf } from "./marks.js";
import { OPEN } from "./model.js";
import { Picture } from "./picture.js";

/** @param {View} view */
function render({ model, el }) {
  const client = viewName();
  const { root, canvas, news: line, key, buttons, undo, redo, ...fields } = graphFrame(el, client);
  const picture = new Picture(canvas);
  const paint = painter(draw);
  const news = newsLine(line, () => HINTS[model.get("mode")]);
  const editing = new Editing(model, client, news, fields, paint.soon);
  const hand = new Hand(canvas, model, editing, picture);
  const { box } = editing;
  const { on, watch, change, onSize, stop: stopListening } = listeners(model);
  const theme = followTheme(root, COLOURS, COLOUR_NAMES, paint.soon);
  let walls = new Uint8Array();
  let arrived = walls; // the newest walls, which may arrive before their graph
  let frames = 0;
  /** @type {Place[] | null} the places that the attributes tell */
  let described = null;

  function draw() {
    if (!canvas.clientWidth) return; // not in the page, or hidden
    editing.rebuild();
    if (theme.update()) picture.forget();
    const { graph, source, selected } = editing;
    const view = hand.shown();
    if (picture.graph !== view || isResized(canvas)) picture.fit(view);
    const isFrame = arrived !== walls && (arrived.length === graph.nodes.length || !arrived.length);
    if (isFrame) walls = arrived;
    frames += Number(isFrame);
    const { gesture, hovered, mode } = hand;
    const marks = marksOf(picture, { gesture, hovered, source, selected, picked: box.picked, mode });
    if (!picture.paint(walls, marks, model.get("show_labels"))) paint.soon();
    if (view === graph && described !== picture.layout.places) describe();
    const sides = picture.sides.map((side) => (side === OPEN ? "?" : side)).join("");
    const cut = Number(picture.cut.toPrecision(6));
    Object.assign(canvas.dataset, { cut, sides, edge: box.picked?.join(" ") ?? "", frames });
  }

  /** Describe the graph for tests and screen readers, except during a drag. */
  function describe() {
    const { graph } = editing;
    described = picture.layout.places;
    const [nodes, edges] = [graph.nodes.length, graph.edges.length];
    const positions = JSON.stringify(described.map((place) => place.map((value) => Number(value.toFixed(1)))));
    Object.assign(canvas.dataset, { nodes, edges, positions });
    key.classList.toggle(
      "has-negative",
      graph.edges.some((edge) => edge[2] < 0),
    );
    const size = fill(edges === 1 ? tr("{nodes} nodes, 1 edge") : tr("{nodes} nodes, {edges} edges"), { nodes, edges });
    setAttributes(canvas, { "aria-label": `${model.get("label")}: ${size}. ${model.get("summary")}`.trim() });
  }

  function dress() {
    root.style.width = `${model.get("width") + 14}px`; // with padding and border
    canvas.style.aspectRatio = `${model.get("width")} / ${model.get("height")}`;
    const disabled = model.get("disabled");
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(button.value === model.get("mode")));
      button.disabled = disabled;
    }
    box.field.disabled = disabled;
    undo.disabled = disabled || !model.get("can_undo");
    redo.disabled = disabled || !model.get("can_redo");
  }

  function onMode() {
    editing.source = -1;
    news.sayHint();
  }

  hand.listen(on);
  on(canvas, "keydown", (event) => {
    if (hand.gesture || !type(editing, event, walls)) return; // Tab is not handled, so it leaves
    hand.hovered = null;
    event.preventDefault();
    event.stopPropagation();
    paint.soon();
  });
  for (const button of buttons) {
    on(button, "click", () => {
      model.set("mode", button.value);
      model.save_changes();
    });
  }
  on(canvas, "dblclick", () => box.picked && box.focus());
  on(box.field, "input", () => {
    box.isTyping = true;
  });
  on(box.field, "change", () => box.take());
  on(box.field, "keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    if (event.key === "Escape") box.giveUp();
    canvas.focus(); // which makes a change event
  });
  for (const button of [undo, redo]) on(button, "click", () => editing.recall(button.value));

  const forgetTold = () => {
    described = null;
  };
  const startAgain = () => {
    editing.startAgain();
    hand.gesture = null;
  };
  change(["_positions", "_edges", "_weights"], () => editing.renew(), paint.soon);
  change("_acknowledged", () => editing.hear(), paint.soon);
  change("_generation", startAgain, paint.soon);
  change("selected", () => editing.adoptSelection(), paint.soon);
  change("new_weight", () => box.show(), paint.soon);
  change("mode", dress, onMode, paint.soon);
  change(["width", "height", "disabled", "can_undo", "can_redo"], dress, paint.soon);
  change(["label", "summary"], forgetTold, paint.soon);
  change("show_labels", paint.soon);
  watch("msg:custom", ({ type: kind }, [view] = []) => {
    if (kind !== "walls") return;
    arrived = numbersOf(view, Uint8Array);
    paint.later();
  });

  onSize(canvas, paint.soon);
  dress();
  onMode();
  box.show();
  model.send({ type: "ready" });
  return () => {
    news.stop();
    stopListening();
    theme.stop();
    paint.stop();
    root.remove();
  };
}

export default { render };

// The browser's half of GraphEditor (graph_editor.py). Python owns the graph, this view owns the gesture.
// Messages to Python: {type: "edit", client, sequence, generation, op, ...} with op "move" {node, x, y, stroke: equal =
// one undo entry}, "add" {x, y, from: node or null}, "remove" {node}, "connect" {node, other, on}, "weigh" {node, other,
// value}; {type: "undo"}, {type: "redo"}, {type: "select", client, sequence, node}, {type: "ready"}. From Python: {type: "walls"} with a uint8 a node
// (0 = OFF end, 255 = ON end), or none; and the graph in traits, with `_acknowledged` = "client:sequence". Until then
// an edit lies over Python's graph (and a selection over Python's), so that older news cannot take it back; a new
// `_generation` makes it void.

import { painter } from "../lib/canvas.js";
import { listeners, viewName } from "../lib/dom.js";
import { fill, tr } from "../lib/i18n.js";
import { clamp, numbersOf } from "../lib/numbers.js";
import { followTheme } from "../lib/theme.js";
import { COLOUR_NAMES, COLOURS, EDGE_REACH, marksOf, Picture } from "./drawing.js";
import { frame, HINTS } from "./frame.js";
import {
  distance,
  edited,
  emptiest,
  FEWEST,
  isEdge,
  MOST,
  neighbour,
  numberOf,
  OPEN,
  readGraph,
  sideOf,
} from "./model.js";
import { WeightBox } from "./weight.js";

const NEWS_TIME = 5000; // ms
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function render({ model, el }) {
  const client = viewName();
  const { root, canvas, news, key, buttons, undo, redo, ...rest } = frame(el, client);
  const picture = new Picture(canvas);
  let graph = { nodes: [], edges: [] }; // Python's, with the edits on top that it has not answered yet
  let pending = []; // those edits
  let isStale = true; // the graph has to be put together again
  let walls = new Uint8Array();
  let arrived = walls; // the newest walls; they may have come before the graph they belong to
  let frames = 0;
  let gesture = null; // {kind: "move" | "edge" | "press", pointer, touch, node, from, at, moved}
  let hovered = null; // where the mouse is
  let source = -1; // the node where an edge begun by click or Enter starts
  let selected = model.get("selected");
  let sequence = 0; // of the last message that wants an answer
  let asked = 0; // the one in which this page has selected last
  let answered = 0;
  let stroke = 0;
  let described = null; // the places that the attributes tell
  const { soon: schedule, later, stop: stopPainting } = painter(draw);
  const { on, watch, onSize, stop: stopListening } = listeners(model);
  let fading = 0; // the timer of what is true until the next action only
  const say = (text) => {
    clearTimeout(fading);
    fading = 0;
    return (news.textContent = text);
  };
  const theme = followTheme(root, COLOURS, COLOUR_NAMES, schedule);
  const box = new WeightBox(rest, model, {
    graph: () => graph,
    say,
    weigh: (node, other, value) => edit("weigh", { node, other, value }),
    schedule,
  });

  function rebuild() {
    if (!isStale) return;
    isStale = false;
    graph = pending.reduce((below, edit) => edited(below, edit, edit.weight), readGraph(model));
    if (selected >= graph.nodes.length) selected = -1;
    if (source >= graph.nodes.length) source = -1;
    box.show();
  }

  function ask(type, content) {
    sequence += 1;
    model.send({ type, client, sequence, ...content });
  }

  function edit(op, content) {
    if (fading) hint();
    ask("edit", { op, generation: model.get("_generation"), ...content });
    pending.push({ ...content, op, sequence, weight: model.get("new_weight") });
    isStale = true;
    rebuild();
    schedule();
  }

  function select(node) {
    if (fading) hint();
    ask("select", { node });
    [selected, asked] = [node, sequence];
    schedule();
  }

  /** Add a node, joined to another if that is given; false if there are too many. */
  function add(place, from = null) {
    const room = graph.nodes.length < MOST;
    if (room) edit("add", { x: place[0], y: place[1], from });
    const added = from === null ? tr("Node {node} added.") : tr("Node {node} added, joined to {from}.");
    const numbers = { node: graph.nodes.length, from: from === null ? null : numberOf(from) };
    say(room ? fill(added, numbers) : fill(tr("{most} nodes are the most."), { most: MOST }));
    return room;
  }

  function remove(node) {
    if (graph.nodes.length <= FEWEST)
      return say(fill(tr("A graph needs at least {fewest} nodes."), { fewest: FEWEST }));
    edit("remove", { node });
    if (selected >= node) [selected, asked] = [selected === node ? -1 : selected - 1, sequence];
    source = -1;
    box.pick(null); // its numbers may be those of other nodes now
    return say(fill(tr("Node {node} deleted; those after it have moved up."), { node: numberOf(node) }));
  }

  function connect(node, other) {
    const on = !isEdge(graph, node, other);
    edit("connect", { node, other, on });
    source = -1;
    say(
      fill(on ? tr("Edge {node} to {other} added.") : tr("Edge {node} to {other} deleted."), {
        node: numberOf(node),
        other: numberOf(other),
      }),
    );
  }

  /** Begin an edge at a node, or end there the one that was begun. */
  function chain(node) {
    if (source < 0) {
      source = node;
      say(fill(tr("Edge from node {node}: choose the other node."), { node: numberOf(node) }));
    } else if (source === node) {
      source = -1;
      say(tr("No edge."));
    } else connect(source, node);
    schedule();
  }

  function recall(type) {
    if (!model.get(`can_${type}`) && !pending.length) {
      return say(type === "undo" ? tr("Nothing to undo.") : tr("Nothing to redo."));
    }
    model.send({ type });
    const said = say(type === "undo" ? tr("Undone.") : tr("Done again."));
    fading = setTimeout(hint, NEWS_TIME);
    return said;
  }

  /** The graph as it is seen: with the node under the pen where the pen is. */
  function shown() {
    if (gesture?.kind !== "move" || !gesture.moved) return graph;
    if (gesture.seen !== gesture.at) {
      const [x, y] = picture.unit(gesture.at.map((value, k) => value - gesture.grip[k]));
      Object.assign(gesture, { seen: gesture.at, view: edited(graph, { op: "move", node: gesture.node, x, y }) });
    }
    return gesture.view;
  }

  function draw() {
    if (!canvas.clientWidth) return; // not in the page, or hidden
    rebuild();
    if (theme.update()) picture.forget();
    const view = shown();
    if (picture.graph !== view || picture.isResized()) picture.fit(view);
    const isFrame = arrived !== walls && (arrived.length === graph.nodes.length || !arrived.length);
    if (isFrame) walls = arrived;
    frames += Number(isFrame);
    const state = {
      gesture,
      hovered,
      source,
      selected,
      picked: box.picked,
      mode: model.get("disabled") ? "show" : model.get("mode"),
    };
    if (!picture.paint(walls, marksOf(picture, state), model.get("show_labels"))) schedule();
    if (view === graph && described !== picture.places) describe();
    const sides = picture.sides.map((side) => (side === OPEN ? "?" : side)).join("");
    Object.assign(canvas.dataset, {
      cut: Number(picture.cut.toPrecision(6)),
      sides,
      edge: box.picked?.join(" ") ?? "",
      frames,
    });
  }

  /** What tests and screen readers know of the graph; not while a node is being dragged. */
  function describe() {
    described = picture.places;
    const [nodes, edges] = [graph.nodes.length, graph.edges.length];
    const positions = JSON.stringify(described.map((place) => place.map((value) => Number(value.toFixed(1)))));
    Object.assign(canvas.dataset, { nodes, edges, positions });
    key.classList.toggle(
      "has-negative",
      graph.edges.some((edge) => edge[2] < 0),
    );
    const size = fill(edges === 1 ? tr("{nodes} nodes, 1 edge") : tr("{nodes} nodes, {edges} edges"), { nodes, edges });
    canvas.setAttribute("aria-label", `${model.get("label")}: ${size}. ${model.get("summary")}`.trim());
  }

  // Pointer, finger and pen.

  const at = ({ clientX, clientY }) => {
    const bounds = canvas.getBoundingClientRect();
    return [clientX - bounds.left, clientY - bounds.top];
  };
  const reach = (touch) => (touch ? Math.max(6, 22 - picture.radius) : 4);

  /** Whether a place of a node belongs to its rim, from which edges are drawn; a finger cannot tell. */
  function isRim(place, node) {
    const inside = picture.radius >= 9 ? 0.72 * picture.radius : picture.radius;
    return node >= 0 && distance(place, picture.places[node]) > inside;
  }

  function press(event) {
    if (!event.isPrimary || event.button !== 0) return;
    const [from, touch, mode] = [at(event), event.pointerType === "touch", model.get("mode")];
    const node = picture.nodeAt(from, reach(touch));
    const draws = mode !== "move" || event.shiftKey || (!touch && isRim(from, node));
    const isFixed = node < 0 || mode === "delete" || model.get("disabled");
    const kind = isFixed ? "press" : draws ? "edge" : "move";
    const grip = node < 0 ? [0, 0] : from.map((value, k) => value - picture.places[node][k]);
    gesture = { kind, pointer: event.pointerId, touch, node, from, at: from, grip, moved: false };
    canvas.setPointerCapture(event.pointerId);
    schedule();
  }

  function drag(event) {
    const place = at(event);
    if (gesture?.pointer === event.pointerId) {
      gesture.at = place;
      gesture.moved ||= distance(place, gesture.from) > (gesture.touch ? 8 : 4);
    }
    hovered = event.pointerType === "touch" ? null : place;
    const node = picture.nodeAt(place, 4);
    const free = picture.edgeAt(place, EDGE_REACH) < 0 ? "default" : "pointer";
    const cursors = { move: node < 0 ? free : isRim(place, node) ? "crosshair" : "grab", delete: "pointer" };
    canvas.style.cursor = model.get("disabled") ? "default" : (cursors[model.get("mode")] ?? "crosshair");
    schedule();
  }

  function release(event) {
    if (gesture?.pointer !== event.pointerId) return;
    const { kind, node, from, touch, moved } = gesture;
    const place = gesture.at;
    const places = moved && kind === "move" ? shown().nodes[node] : null;
    gesture = null;
    schedule();
    if (kind === "move" && moved) {
      stroke += 1;
      edit("move", { node, x: places[0], y: places[1], stroke });
    } else if (kind === "edge" && moved) {
      const other = picture.nodeAt(place, reach(touch));
      if (other >= 0 && other !== node) connect(node, other);
      else if (other < 0 && model.get("mode") === "add") add(picture.unit(place), node);
    } else if (!moved) click(node, from, touch);
  }

  function click(node, place, touch) {
    const mode = model.get("disabled") ? "show" : model.get("mode");
    const edge = node < 0 ? graph.edges[picture.edgeAt(place, touch ? 14 : EDGE_REACH)] : undefined;
    if (mode === "delete") {
      if (node >= 0) remove(node);
      else if (edge) connect(edge[0], edge[1]);
    } else if (mode === "connect") {
      if (node >= 0) chain(node);
      else {
        source = -1;
        box.pick(edge);
      }
    } else if (node >= 0) select(node === selected ? -1 : node);
    else if (edge && mode === "move") box.pick(edge);
    else if (mode === "add") add(picture.unit(place));
    else if (mode === "move") {
      // Only lets go of an edge: a stray click that changed the graph would end the run.
      if (box.picked) box.pick(null);
      say(HINTS.move);
    }
  }

  // Keyboard.

  function walk(node) {
    select(node);
    const degree = graph.edges.filter(([a, b]) => a === node || b === node).length;
    const sides = [tr("off"), tr("undecided"), tr("on")];
    const side = walls.length !== graph.nodes.length ? "" : `, ${sides[1 + sideOf(walls[node])]}`;
    const count = degree === 1 ? tr("1 edge") : fill(tr("{edges} edges"), { edges: degree });
    const name = fill(tr("Node {node}"), { node: numberOf(node) });
    say(`${name}, ${count}${side}.`);
  }

  function nudge(direction, isRepeat) {
    if (!isRepeat) stroke += 1;
    const [x, y] = graph.nodes[selected].map((value, k) => clamp(value + 0.02 * direction[k], 0, 1));
    edit("move", { node: selected, x, y, stroke });
  }

  /** Act on a key; false if it is not one of ours. */
  function type({ key, repeat, shiftKey, altKey, ctrlKey, metaKey }) {
    const [letter, last] = [key.toLowerCase(), graph.nodes.length - 1];
    const writes = !model.get("disabled");
    if (altKey) return false;
    if (ctrlKey || metaKey) {
      if (!writes || (letter !== "z" && letter !== "y")) return false;
      recall(letter === "y" || shiftKey ? "redo" : "undo");
    } else if (key in ARROWS && shiftKey && writes && selected >= 0) nudge(ARROWS[key], repeat);
    else if (key in ARROWS) walk(selected < 0 ? 0 : neighbour(graph.nodes, selected, ARROWS[key]));
    else if (key === "Home" || key === "End") walk(key === "Home" ? 0 : last);
    else if (key === "PageUp" || key === "PageDown") walk(clamp(selected + (key === "PageUp" ? -1 : 1), 0, last));
    else if (key === "Escape" && source >= 0) chain(source);
    else if (key === "Escape" && box.picked) box.pick(null);
    else if (key === "Escape" && selected >= 0) select(-1);
    else if (letter === "e" && selected >= 0) box.pickNext(selected, shiftKey ? -1 : 1);
    else if (!writes) return false;
    else if (key === "Enter" && selected >= 0) chain(selected);
    else if (letter === "w") box.focus();
    else if ((key === "Delete" || key === "Backspace") && box.picked) connect(...box.picked);
    else if ((key === "Delete" || key === "Backspace") && selected >= 0) remove(selected);
    else if (key === "Insert" || letter === "n") {
      if (add(emptiest(graph.nodes))) select(graph.nodes.length - 1);
    } else return false;
    return true;
  }

  // Buttons.

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

  const hint = () => say(HINTS[model.get("mode")]);
  function onMode() {
    source = -1;
    hint();
  }

  const change = (name, handler) => watch(`change:${name}`, () => (handler(), schedule()));
  const renew = () => (isStale = true);
  const reselect = () => answered >= asked && (selected = model.get("selected"));

  on(canvas, "pointerdown", press);
  on(canvas, "pointermove", drag);
  on(canvas, "pointerup", release);
  on(canvas, "lostpointercapture", () => ((gesture = null), schedule()));
  on(canvas, "pointerleave", () => ((hovered = null), schedule()));
  // The pointer event that came before this has told what the finger is on; on an empty place it may scroll.
  on(canvas, "touchstart", (event) => gesture?.node >= 0 && event.preventDefault(), { passive: false });
  on(canvas, "keydown", (event) => {
    if (gesture || !type(event)) return; // Tab is none of ours, so it leaves
    hovered = null;
    event.preventDefault();
    event.stopPropagation();
    schedule();
  });
  for (const button of buttons) {
    on(button, "click", () => (model.set("mode", button.value), model.save_changes()));
  }
  on(canvas, "dblclick", () => box.picked && box.focus());
  on(box.field, "input", () => (box.isTyping = true));
  on(box.field, "change", () => box.take());
  on(box.field, "keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    if (event.key === "Escape") box.giveUp();
    canvas.focus(); // which tells of a change
  });
  for (const button of [undo, redo]) on(button, "click", () => recall(button.value));

  for (const name of ["_positions", "_edges", "_weights"]) change(name, renew);
  change("_acknowledged", () => {
    const [who, last] = model.get("_acknowledged").split(":");
    if (who === client) answered = Number(last);
    pending = pending.filter((edit) => edit.sequence > answered);
    renew();
    reselect();
  });
  change("_generation", () => ((pending = []), (gesture = null), (source = -1), renew()));
  change("selected", reselect);
  change("new_weight", () => box.show());
  change("mode", () => (dress(), onMode()));
  for (const name of ["width", "height", "disabled", "can_undo", "can_redo"]) change(name, dress);
  for (const name of ["label", "summary"]) change(name, () => (described = null));
  change("show_labels", () => {});
  watch("msg:custom", ({ type }, [view] = []) => {
    if (type !== "walls") return;
    arrived = numbersOf(view, Uint8Array);
    later();
  });

  onSize(canvas, schedule);
  dress();
  onMode();
  box.show();
  model.send({ type: "ready" });
  return () => {
    clearTimeout(fading);
    stopListening();
    theme.stop();
    stopPainting();
    root.remove();
  };
}

export default { render };

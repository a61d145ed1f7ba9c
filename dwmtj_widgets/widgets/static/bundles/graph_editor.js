// Made from js/ by `npm --prefix js run build`. Do not edit.

// lib/canvas.js
var pixelRatio = () => window.devicePixelRatio || 1;
function contextOf(canvas, settings) {
  return (
    /** @type {CanvasRenderingContext2D} */
    canvas.getContext("2d", settings)
  );
}
function sheet(width, height) {
  const canvas = new OffscreenCanvas(width, height);
  return { canvas, context: (
    /** @type {OffscreenCanvasRenderingContext2D} */
    canvas.getContext("2d")
  ) };
}
function wantedSize({ clientWidth, clientHeight }) {
  const ratio = pixelRatio();
  return { width: Math.round(clientWidth * ratio), height: Math.round(clientHeight * ratio) };
}
function isResized(canvas) {
  const { width, height } = wantedSize(canvas);
  return canvas.width !== width || canvas.height !== height;
}
function fitCanvas(canvas) {
  if (!isResized(canvas)) return false;
  Object.assign(canvas, wantedSize(canvas));
  return true;
}
var CALM = 500;
function painter(draw) {
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  let [request, timer, last] = [0, 0, Number.NEGATIVE_INFINITY];
  function soon() {
    request ||= requestAnimationFrame(() => {
      request = 0;
      last = performance.now();
      draw();
    });
  }
  function wake() {
    timer = 0;
    soon();
  }
  function later() {
    const pause = still.matches ? last + CALM - performance.now() : 0;
    if (pause <= 0) soon();
    else if (!timer) timer = setTimeout(wake, pause);
  }
  function stop() {
    cancelAnimationFrame(request);
    clearTimeout(timer);
  }
  return { soon, later, stop };
}

// lib/dom.js
function element(parent, tag, className, properties = {}) {
  return parent.appendChild(Object.assign(document.createElement(tag), { className }, properties));
}
function setAttributes(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (node.getAttribute(name) !== value) node.setAttribute(name, value);
  }
}
function listeners(model) {
  const abort = new AbortController();
  const { signal } = abort;
  function on(target2, type2, handler, options = {}) {
    target2.addEventListener(type2, handler, { signal, ...options });
  }
  function watch(event, handler) {
    model.on(event, handler);
    signal.addEventListener("abort", () => model.off(event, handler));
  }
  function change(traits, ...handlers) {
    const all = () => {
      for (const handler of handlers) handler();
    };
    for (const trait of [traits].flat()) watch(`change:${trait}`, all);
  }
  function onSize(node, handler) {
    const sizes = new ResizeObserver(handler);
    sizes.observe(node);
    signal.addEventListener("abort", () => sizes.disconnect());
    function follow() {
      const query = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
      query.addEventListener("change", changed, { signal, once: true });
    }
    function changed() {
      follow();
      handler();
    }
    follow();
  }
  return { on, watch, change, onSize, signal, stop: () => abort.abort() };
}
var viewName = () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;

// lib/i18n.js
var texts = typeof TEXTS === "undefined" ? {} : TEXTS;
var tr = (text) => texts[text] ?? text;
var fill = (text, values) => text.replace(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));

// lib/numbers.js
var clamp = (value, least, most) => Math.min(Math.max(value, least), most);
function numbersOf(view, Type) {
  const [buffer, start] = view instanceof ArrayBuffer ? [view, 0] : [view.buffer, view.byteOffset];
  return new Type(
    /** @type {ArrayBuffer} */
    buffer.slice(start, start + view.byteLength)
  );
}
var written = (value, digits = 4) => Number(value.toPrecision(digits)).toString().replaceAll("-", "−");

// lib/theme.js
var themed = (colour) => colour.startsWith("#") ? `var(--dwmtj-${colour.slice(1)}, ${colour})` : colour;
function resolved(node, colours) {
  const probe = node.appendChild(Object.assign(document.createElement("span"), { hidden: true }));
  const found = colours.map((colour) => {
    probe.style.color = colour.startsWith("#") ? themed(colour) : `var(--dwmtj-${colour})`;
    return getComputedStyle(probe).color;
  });
  probe.remove();
  return found;
}
function watchTheme(changed) {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const look2 = () => `${dark.matches} ${document.body.dataset.jpThemeLight}`;
  let scheme = look2();
  function follow() {
    if (look2() === scheme) return;
    scheme = look2();
    changed();
  }
  const watcher = new MutationObserver(follow);
  watcher.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
  dark.addEventListener("change", follow);
  return () => {
    watcher.disconnect();
    dark.removeEventListener("change", follow);
  };
}
function followTheme(node, inks, names, changed) {
  let isStale = true;
  const stop = watchTheme(() => {
    isStale = true;
    changed();
  });
  function update() {
    if (!isStale || !node.isConnected) return false;
    isStale = false;
    const values = resolved(node, Object.values(names));
    Object.keys(names).forEach((name, k) => {
      inks[name] = values[k];
    });
    return true;
  }
  return { update, stop };
}

// graph_editor/colours.js
var STATES = { on: "#f4b13d", off: "#244a78", dark: "#1b2733", white: "#ffffff" };
var COLOURS = {};
var COLOUR_NAMES = {
  paper: "paper",
  plain: "past",
  ink: "ink",
  faint: "edge",
  pale: "edge-pale",
  negative: "#8a3fa0",
  focus: "focus",
  accent: "accent",
  danger: "wrong"
};
function setPen(context, { colour, width, dashes = [], alpha = 1 }) {
  Object.assign(context, { strokeStyle: colour, lineWidth: width, globalAlpha: alpha, lineCap: "butt" });
  context.setLineDash(dashes);
}
function drawLine(context, from, to, style) {
  setPen(context, style);
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.stroke();
}

// lib/answers.js
function conversation(model, client) {
  let [sent, answered] = [0, 0];
  function ask(type2, content, buffers) {
    sent += 1;
    model.send({ type: type2, client, sequence: sent, ...content }, void 0, buffers);
    return sent;
  }
  function hear() {
    const [who, last] = model.get("_acknowledged").split(":");
    if (who === client) answered = Number(last);
    return answered;
  }
  return { ask, hear };
}

// graph_editor/model.js
var [FEWEST, MOST] = [2, 200];
var [ON, OFF, OPEN] = [1, 0, -1];
var numberOf = (node) => node + 1;
var distance = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]);
var sideOf = (wall) => wall >= 243 ? ON : wall <= 12 ? OFF : OPEN;
var weightText = (weight) => written(weight, 6);
function readGraph(model) {
  const places = numbersOf(model.get("_positions"), Float32Array);
  const ends = numbersOf(model.get("_edges"), Uint8Array);
  const weights = numbersOf(model.get("_weights"), Float32Array);
  return {
    nodes: Array.from({ length: places.length / 2 }, (_, k) => [places[2 * k], places[2 * k + 1]]),
    edges: Array.from(weights, (weight, k) => [ends[2 * k], ends[2 * k + 1], weight])
  };
}
var joins = ([a, b], node, other) => a === node && b === other || a === other && b === node;
var edgeOf = ({ edges }, node, other) => edges.find((edge) => joins(edge, node, other));
var isEdge = (graph, node, other) => edgeOf(graph, node, other) !== void 0;
var edgesAt = ({ edges }, node) => edges.filter(([a, b]) => a === node || b === node);
function edited({ nodes, edges }, edit, weight) {
  const { op, node, other, x, y } = edit;
  if (op === "move") return { nodes: nodes.map((place, k) => k === node ? [x, y] : place), edges };
  if (op === "add") {
    const added = Number.isInteger(edit.from) ? [[edit.from, nodes.length, weight]] : [];
    return { nodes: [...nodes, [x, y]], edges: [...edges, ...added] };
  }
  if (op === "connect") {
    const others = edges.filter((edge) => !joins(edge, node, other));
    return { nodes, edges: edit.on ? [...others, [node, other, weight]] : others };
  }
  if (op === "weigh") {
    return { nodes, edges: edges.map((edge) => joins(edge, node, other) ? [edge[0], edge[1], edit.value] : edge) };
  }
  return removed({ nodes, edges }, node);
}
function removed({ nodes, edges }, node) {
  const lower = (k) => k > node ? k - 1 : k;
  const kept = edges.filter(([a, b]) => a !== node && b !== node);
  return { nodes: nodes.filter((_, k) => k !== node), edges: kept.map(([a, b, w]) => [lower(a), lower(b), w]) };
}
function neighbour(places, from, direction) {
  let [found, least] = [from, Number.POSITIVE_INFINITY];
  places.forEach((place, k) => {
    const gap = place.map((value, axis) => value - places[from][axis]);
    const ahead = gap[0] * direction[0] + gap[1] * direction[1];
    const cost = (gap[0] ** 2 + gap[1] ** 2) / ahead;
    if (k !== from && ahead > 0 && cost < least) [found, least] = [k, cost];
  });
  return found;
}
function emptiest(nodes) {
  const steps = Array.from({ length: 15 }, (_, k) => (k + 0.5) / 15);
  const spots = steps.flatMap((y) => steps.map((x) => (
    /** @type {Place} */
    [x, y]
  )));
  const room = (spot) => Math.min(...nodes.map((node) => distance(node, spot)));
  return spots.reduce((best, spot) => room(spot) > room(best) + 1e-6 ? spot : best);
}

// graph_editor/weight.js
var HEAVIEST = 1e12;
var WeightBox = class {
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
    this.picked = null;
    this.isTyping = false;
  }
  /** Show the weight of the chosen edge, or that of new edges, unless the user is typing. */
  show() {
    const { graph } = this.editing;
    if (this.picked && !isEdge(graph, ...this.picked)) this.picked = null;
    this.owner.textContent = this.picked ? fill(tr("Edge {nodes}"), { nodes: this.picked.map(numberOf).join("–") }) : tr("New edges");
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
    const next = now < 0 ? step > 0 ? 0 : edges.length - 1 : (now + step + edges.length) % edges.length;
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
};

// graph_editor/editing.js
var Editing = class {
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
    this.graph = { nodes: [], edges: [] };
    this.pending = [];
    this.isStale = true;
    this.source = -1;
    this.selected = model.get("selected");
    this.asked = 0;
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
    if (isMoved) this.selected = this.selected === node ? -1 : this.selected - 1;
    const sequence = this.edit("remove", { node });
    if (isMoved) this.asked = sequence;
    this.source = -1;
    this.box.pick(null);
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
  recall(type2) {
    const isUndo = type2 === "undo";
    if (!this.model.get(`can_${type2}`) && !this.pending.length) {
      this.news.say(isUndo ? tr("Nothing to undo.") : tr("Nothing to redo."));
      return;
    }
    this.model.send({ type: type2 });
    this.news.sayForAWhile(isUndo ? tr("Undone.") : tr("Done again."));
  }
};

// graph_editor/frame.js
var HINTS = {
  move: tr("Drag a node, or from its rim to connect. Click an edge for its weight."),
  add: tr("Click an empty place to add a node; drag from a node to add one joined to it."),
  connect: tr("Drag from node to node, or click one and then the other; again to part them."),
  delete: tr("Click a node or an edge to delete it.")
};
var MODES = { move: tr("Move"), add: tr("Add"), connect: tr("Connect"), delete: tr("Delete") };
var HELP = tr(
  "Arrow keys walk between nodes, Shift with an arrow key moves a node. Enter starts an edge and ends it at another node. N adds a node, E chooses an edge of the node, W goes to the edge's weight, Delete removes the edge or the node, Control Z undoes."
);
var KEY = [
  ["on", tr("ON")],
  ["off", tr("OFF")],
  ["cut", tr("cut")],
  ["uncut", tr("not cut")],
  ["negative", tr("negative")]
];
var AGAIN = [
  ["undo", "↶", tr("undo")],
  ["redo", "↷", tr("redo")]
];
var NEWS_TIME = 5e3;
function graphFrame(el, name) {
  const root = element(el, "div", "dwmtj-graph-editor");
  const tools = element(root, "div", "dwmtj-graph-tools");
  const modes = element(tools, "div", "dwmtj-graph-group dwmtj-tool-group");
  const history = element(tools, "div", "dwmtj-graph-group dwmtj-tool-group");
  const weigh = element(tools, "label", "dwmtj-graph-weigh");
  tools.append(history);
  const owner = element(weigh, "span", "");
  const weight = element(weigh, "input", "dwmtj-graph-weight", { type: "number", step: "any" });
  const canvas = element(root, "canvas", "dwmtj-graph-canvas", { tabIndex: 0 });
  const foot = element(root, "div", "dwmtj-graph-foot");
  const news = element(foot, "div", "dwmtj-graph-news", { ariaLive: "polite" });
  const key = element(foot, "div", "dwmtj-graph-key", { ariaHidden: "true" });
  key.innerHTML = KEY.map(([look2, text]) => `<span class="${look2}"><i></i>${text}</span>`).join("");
  const help = element(root, "div", "", { id: `dwmtj-graph-${name}`, textContent: HELP, hidden: true });
  const buttons = Object.entries(MODES).map(
    ([value, textContent]) => element(modes, "button", `dwmtj-graph-${value}`, { textContent, value })
  );
  const [undo, redo] = AGAIN.map(
    ([value, textContent, title]) => element(history, "button", `dwmtj-graph-${value}`, { textContent, title, ariaLabel: title, value })
  );
  modes.setAttribute("role", "group");
  modes.setAttribute("aria-label", tr("What a click does"));
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-describedby", help.id);
  return { root, canvas, news, key, buttons, undo, redo, owner, weight };
}
function newsLine(node, hint) {
  let fading = 0;
  function say(text) {
    clearTimeout(fading);
    fading = 0;
    node.textContent = text;
  }
  const sayHint = () => say(hint());
  function sayForAWhile(text) {
    say(text);
    fading = setTimeout(sayHint, NEWS_TIME);
  }
  function settle() {
    if (fading) sayHint();
  }
  return { say, sayHint, sayForAWhile, settle, stop: () => clearTimeout(fading) };
}

// graph_editor/layout.js
function layOut(graph, width, height) {
  const radius = clamp(0.21 * Math.sqrt(width * height / graph.nodes.length), 4.5, 19);
  const pad = radius + 7;
  const span = [Math.max(width - 2 * pad, 1), Math.max(height - 2 * pad, 1)];
  return {
    radius,
    pad,
    span,
    places: graph.nodes.map(([x, y]) => (
      /** @type {Place} */
      [pad + x * span[0], pad + y * span[1]]
    )),
    thick: Math.min(Math.sqrt(70 / (graph.edges.length + 1)), 1)
  };
}
function unitPlace({ pad, span }, place) {
  const unit = place.map((value, k) => Number(clamp((value - pad) / span[k], 0, 1).toFixed(5)));
  return (
    /** @type {Place} */
    unit
  );
}
function nodeAt({ places, radius }, place, reach) {
  const gaps = places.map((other) => distance(place, other));
  const nearest = gaps.indexOf(Math.min(...gaps));
  return gaps[nearest] <= radius + reach ? nearest : -1;
}
function edgeAt({ places }, graph, place, reach) {
  let [found, least] = [-1, reach];
  graph.edges.forEach(([i, j], k) => {
    const [a, b] = [places[i], places[j]];
    const along = [b[0] - a[0], b[1] - a[1]];
    const share = ((place[0] - a[0]) * along[0] + (place[1] - a[1]) * along[1]) / (along[0] ** 2 + along[1] ** 2 || 1);
    const t = clamp(share, 0, 1);
    const gap = distance(place, [a[0] + t * along[0], a[1] + t * along[1]]);
    if (gap < least) [found, least] = [k, gap];
  });
  return found;
}

// graph_editor/marks.js
var EDGE_REACH = 5;
function marksOf({ graph, layout }, { gesture, hovered, source, selected, picked, mode }) {
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

// graph_editor/gesture.js
var Hand = class {
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
    this.gesture = null;
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
    const keep = (event) => {
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
    const draws = mode !== "move" || event.shiftKey || !touch && this.isRim(from, node);
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
    const edge = node < 0 ? editing.graph.edges[edgeAt(picture.layout, picture.graph, place, reach)] : void 0;
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
      if (box.picked) box.pick(null);
      news.say(HINTS.move);
    }
  }
};

// lib/keys.js
var ARROWS = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0]
};
function historyOf({ key, shiftKey }) {
  const letter = key.toLowerCase();
  if (letter !== "z" && letter !== "y") return null;
  return letter === "y" || shiftKey ? "redo" : "undo";
}

// graph_editor/keys.js
function sideName(wall) {
  const side = sideOf(wall);
  if (side === OPEN) return tr("undecided");
  return side === ON ? tr("on") : tr("off");
}
function walk(editing, node, walls) {
  editing.select(node);
  const { graph } = editing;
  const degree = edgesAt(graph, node).length;
  const side = walls.length !== graph.nodes.length ? "" : `, ${sideName(walls[node])}`;
  const count = degree === 1 ? tr("1 edge") : fill(tr("{edges} edges"), { edges: degree });
  const name = fill(tr("Node {node}"), { node: numberOf(node) });
  editing.news.say(`${name}, ${count}${side}.`);
}
function target({ graph, selected }, key) {
  const last = graph.nodes.length - 1;
  if (key in ARROWS) {
    const [down, right] = ARROWS[
      /** @type {keyof typeof ARROWS} */
      key
    ];
    return selected < 0 ? 0 : neighbour(graph.nodes, selected, [right, down]);
  }
  if (key === "Home") return 0;
  if (key === "End") return last;
  if (key === "PageUp") return clamp(selected - 1, 0, last);
  if (key === "PageDown") return clamp(selected + 1, 0, last);
  return null;
}
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
function type(editing, event, walls) {
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
    const [down, right] = ARROWS[
      /** @type {keyof typeof ARROWS} */
      key
    ];
    editing.nudge([right, down], repeat);
    return true;
  }
  return look(editing, event, walls) || writes && write(editing, event);
}

// graph_editor/edges.js
var LABELLED = 30;
function sortedEdges(edges, sides) {
  const looks = [[], [], [], [], [], []];
  for (const edge of edges) {
    const [a, b] = [sides[edge[0]], sides[edge[1]]];
    const state = a === OPEN || b === OPEN ? 0 : a === b ? 1 : 2;
    looks[state + (edge[2] < 0 ? 3 : 0)].push(edge);
  }
  const cut = [...looks[2], ...looks[5]].reduce((sum, edge) => sum + edge[2], 0);
  return { looks, cut };
}
function pens(thick) {
  const alpha = clamp(0.25 + 0.9 * thick, 0, 1);
  const positive = [
    { colour: COLOURS.faint, width: 0.6 + 0.9 * thick, alpha },
    { colour: COLOURS.pale, width: 0.6 + 0.7 * thick, dashes: [4, 4], alpha },
    { colour: COLOURS.ink, width: 0.8 + 2.2 * thick, alpha: Math.sqrt(alpha) }
  ];
  const dashes = [
    [1.5, 3],
    [1.5, 4.5],
    [10, 3, 2, 3]
  ];
  return [...positive, ...positive.map((pen, k) => ({ ...pen, dashes: dashes[k], colour: COLOURS.negative }))];
}
function drawEdges(context, graph, { places, thick }, sides) {
  const { looks, cut } = sortedEdges(graph.edges, sides);
  pens(thick).forEach((style, look2) => {
    setPen(context, style);
    context.beginPath();
    for (const [a, b] of looks[look2]) {
      context.moveTo(...places[a]);
      context.lineTo(...places[b]);
    }
    context.stroke();
  });
  if (graph.edges.length < LABELLED) drawWeights(context, graph.edges, places);
  return cut;
}
function drawWeights(context, edges, places) {
  setPen(context, { colour: COLOURS.paper, width: 4 });
  Object.assign(context, { font: "600 12px system-ui, sans-serif", textAlign: "center", textBaseline: "middle" });
  context.lineJoin = "round";
  for (const [a, b, weight] of edges.filter((edge) => edge[2] !== 1)) {
    const [p, q] = [places[a], places[b]];
    const [x, y] = [(p[0] + q[0]) / 2, (p[1] + q[1]) / 2];
    const text = written(weight, 3);
    context.strokeText(text, x, y);
    context.fillStyle = weight < 0 ? COLOURS.negative : COLOURS.ink;
    context.fillText(text, x, y);
  }
}

// graph_editor/nodes.js
var LEVELS = 86;
function drawNode(context, r, wall) {
  const side = wall === null ? OPEN : sideOf(255 * wall);
  const outline = () => {
    context.beginPath();
    if (side === ON) context.roundRect(-0.92 * r, -0.92 * r, 1.84 * r, 1.84 * r, 0.3 * r);
    else context.arc(0, 0, r, 0, 2 * Math.PI);
  };
  setPen(context, { colour: COLOURS.paper, width: 4.5 });
  outline();
  context.stroke();
  context.fillStyle = wall === null ? COLOURS.plain : side === ON ? STATES.on : STATES.off;
  context.fill();
  if (wall !== null && side === OPEN) {
    fillTo(context, r, wall);
    outline();
  }
  setPen(context, { colour: COLOURS.ink, width: 1.2 });
  context.stroke();
}
function fillTo(context, r, wall) {
  const angle = Math.acos(2 * wall - 1);
  const [at, half] = [r * Math.cos(angle), r * Math.sin(angle)];
  context.beginPath();
  context.arc(0, 0, r, angle, 2 * Math.PI - angle);
  context.fillStyle = STATES.on;
  context.fill();
  drawLine(context, [at, -half], [at, half], { colour: STATES.white, width: clamp(r / 5, 1.2, 3) });
}
var NodeSheet = class {
  /**
   * @param {number} radius
   * @param {number} ratio
   */
  constructor(radius, ratio) {
    this.box = 2 * Math.ceil((radius + 3) * ratio);
    this.ratio = ratio;
    const { canvas, context } = sheet(this.box, this.box * (LEVELS + 1));
    this.canvas = canvas;
    for (let level = 0; level <= LEVELS; level += 1) {
      context.setTransform(ratio, 0, 0, ratio, this.box / 2, this.box * (level + 0.5));
      drawNode(context, radius, level === 0 ? null : (level - 1) / (LEVELS - 1));
    }
  }
  /**
   * Copy a node, to whole device pixels.
   *
   * @param {Context} context
   * @param {Place} place
   * @param {number | null} wall from 0 to 255
   */
  stamp(context, place, wall) {
    const { box, ratio, canvas } = this;
    const [x, y] = place.map((value) => Math.round(value * ratio - box / 2) / ratio);
    const side = box / ratio;
    context.drawImage(canvas, 0, levelOf(wall) * box, box, box, x, y, side, side);
  }
};
function levelOf(wall) {
  if (wall === null) return 0;
  const level = Math.round(wall / 3);
  return 1 + (sideOf(wall) === OPEN ? clamp(level, 5, 80) : level);
}
function drawLabel(context, [x, y], text, side) {
  if (side === OPEN) {
    setPen(context, { colour: STATES.dark, width: 2.5 });
    context.strokeText(text, x, y + 0.5);
  }
  context.fillStyle = side === null ? COLOURS.ink : side === ON ? STATES.dark : STATES.white;
  context.fillText(text, x, y + 0.5);
}

// graph_editor/picture.js
var NOTHING = { nodes: [], edges: [] };
var Picture = class {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.context = contextOf(canvas, { alpha: false });
    this.layer = sheet(1, 1);
    this.graph = NOTHING;
    this.layout = layOut(NOTHING, 1, 1);
    this.ratio = 1;
    this.sides = [];
    this.cut = 0;
    this.drawnAt = 0;
    this.known = { graph: null, wanted: "" };
    this.nodesFor = "";
  }
  /** Redraw everything in new colours. */
  forget() {
    this.known = { graph: null, wanted: "" };
    this.nodesFor = "";
  }
  /**
   * Lay a graph out.
   *
   * @param {Graph} graph
   */
  fit(graph) {
    fitCanvas(this.canvas);
    this.ratio = pixelRatio();
    this.graph = graph;
    this.layout = layOut(graph, this.canvas.clientWidth, this.canvas.clientHeight);
  }
  /**
   * Paint a frame. Returns false if the edges must wait to keep the frame rate.
   *
   * @param {Uint8Array} walls a byte for each node, or none
   * @param {import("./marks.js").Marks} marks
   * @param {boolean} showLabels
   */
  paint(walls, marks, showLabels) {
    const { context, layout } = this;
    const isPlain = walls.length !== layout.places.length;
    this.sides = layout.places.map((_, k) => isPlain ? OPEN : sideOf(walls[k]));
    const isDone = this.paintEdges();
    for (const { from, to, ...style } of marks.lines) drawLine(context, from, to, style);
    this.paintNodes(isPlain ? null : walls, showLabels);
    for (const { node, gap, ...style } of marks.rings) {
      const place = layout.places[node];
      if (!place) continue;
      setPen(context, style);
      context.beginPath();
      context.arc(...place, layout.radius + gap, 0, 2 * Math.PI);
      context.stroke();
    }
    return isDone;
  }
  /** Paint the layer of edges, redrawn if it is stale and there is time; returns whether it is up to date. */
  paintEdges() {
    const { context, graph, layer, canvas } = this;
    const { width, height } = canvas;
    const wanted = `${width} ${height} ${this.sides}`;
    const isStale = this.known.graph !== graph || this.known.wanted !== wanted;
    const now = performance.now();
    const lines = graph.edges.length * this.ratio ** 2;
    const pause = Math.min(lines / (this.known.graph === graph ? 10 : 20), 300);
    const isLate = isStale && layer.canvas.width === width && now - this.drawnAt < pause;
    if (isStale && !isLate) {
      Object.assign(layer.canvas, { width, height });
      layer.context.scale(this.ratio, this.ratio);
      this.cut = drawEdges(layer.context, graph, this.layout, this.sides);
      this.known = { graph, wanted };
      this.drawnAt = now;
    }
    context.setTransform(1, 0, 0, 1, 0, 0);
    Object.assign(context, { fillStyle: COLOURS.paper, globalAlpha: 1 });
    context.fillRect(0, 0, width, height);
    context.drawImage(layer.canvas, 0, 0);
    context.scale(this.ratio, this.ratio);
    return !isLate;
  }
  /**
   * @param {Uint8Array | null} walls
   * @param {boolean} showLabels
   */
  paintNodes(walls, showLabels) {
    const { context, layout, sides } = this;
    const { radius } = layout;
    const font = `600 ${Math.round(clamp(0.85 * radius, 8, 13))}px system-ui, sans-serif`;
    Object.assign(context, { font, textAlign: "center", textBaseline: "middle", lineJoin: "round" });
    const nodes = this.nodeSheet();
    layout.places.forEach((place, k) => {
      nodes.stamp(context, place, walls?.[k] ?? null);
      if (showLabels && radius > 8.4) drawLabel(context, place, String(numberOf(k)), walls ? sides[k] : null);
    });
  }
  nodeSheet() {
    const look2 = `${this.layout.radius} ${this.ratio}`;
    if (this.nodesFor !== look2 || !this.nodes) this.nodes = new NodeSheet(this.layout.radius, this.ratio);
    this.nodesFor = look2;
    return this.nodes;
  }
};

// graph_editor/index.js
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
  let arrived = walls;
  let frames = 0;
  let described = null;
  function draw() {
    if (!canvas.clientWidth) return;
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
    const sides = picture.sides.map((side) => side === OPEN ? "?" : side).join("");
    const cut = Number(picture.cut.toPrecision(6));
    Object.assign(canvas.dataset, { cut, sides, edge: box.picked?.join(" ") ?? "", frames });
  }
  function describe() {
    const { graph } = editing;
    described = picture.layout.places;
    const [nodes, edges] = [graph.nodes.length, graph.edges.length];
    const positions = JSON.stringify(described.map((place) => place.map((value) => Number(value.toFixed(1)))));
    Object.assign(canvas.dataset, { nodes, edges, positions });
    key.classList.toggle(
      "has-negative",
      graph.edges.some((edge) => edge[2] < 0)
    );
    const size = fill(edges === 1 ? tr("{nodes} nodes, 1 edge") : tr("{nodes} nodes, {edges} edges"), { nodes, edges });
    setAttributes(canvas, { "aria-label": `${model.get("label")}: ${size}. ${model.get("summary")}`.trim() });
  }
  function dress() {
    root.style.width = `${model.get("width") + 14}px`;
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
    if (hand.gesture || !type(editing, event, walls)) return;
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
    canvas.focus();
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
var graph_editor_default = { render };
export {
  graph_editor_default as default
};

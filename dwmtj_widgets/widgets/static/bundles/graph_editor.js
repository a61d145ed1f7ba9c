// Made from js/ by `npm --prefix js run build`. Do not edit.

// lib/canvas.js
var CALM = 500;
function painter(draw) {
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  let [request, timer, last] = [0, 0, -Infinity];
  function soon() {
    request ||= requestAnimationFrame(() => {
      request = 0;
      last = performance.now();
      draw();
    });
  }
  function later() {
    const pause = still.matches ? last + CALM - performance.now() : 0;
    if (pause <= 0) soon();
    else if (!timer) timer = setTimeout(() => (timer = 0, soon()), pause);
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
function listeners(model) {
  const abort = new AbortController();
  const { signal } = abort;
  const on = (target, type, handler, options = {}) => target.addEventListener(type, handler, { signal, ...options });
  const watch = (event, handler) => {
    model.on(event, handler);
    signal.addEventListener("abort", () => model.off(event, handler));
  };
  const onSize = (node, handler) => {
    const sizes = new ResizeObserver(handler);
    sizes.observe(node);
    signal.addEventListener("abort", () => sizes.disconnect());
    const follow = () => {
      const query = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
      const changed = () => (follow(), handler());
      query.addEventListener("change", changed, { signal, once: true });
    };
    follow();
  };
  return { on, watch, onSize, stop: () => abort.abort() };
}
var viewName = () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;

// lib/i18n.js
var texts = typeof TEXTS === "undefined" ? {} : TEXTS;
var tr = (text) => texts[text] ?? text;
var fill = (text, values) => text.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);

// lib/numbers.js
var clamp = (value, least, most) => Math.min(Math.max(value, least), most);
function numbersOf(view, Type) {
  const start = view.byteOffset ?? 0;
  return new Type((view.buffer ?? view).slice(start, start + view.byteLength));
}

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
function followTheme(node, inks, names, changed) {
  let isStale = true;
  let scheme = "";
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const look = () => `${dark.matches} ${document.body.dataset.jpThemeLight}`;
  function follow() {
    if (look() === scheme) return;
    scheme = look();
    isStale = true;
    changed();
  }
  function update() {
    if (!isStale || !node.isConnected) return false;
    isStale = false;
    const values = resolved(node, Object.values(names));
    Object.keys(names).forEach((name, k) => {
      inks[name] = values[k];
    });
    return true;
  }
  scheme = look();
  const watcher = new MutationObserver(follow);
  watcher.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
  dark.addEventListener("change", follow);
  function stop() {
    watcher.disconnect();
    dark.removeEventListener("change", follow);
  }
  return { update, stop };
}

// graph_editor/model.js
var [FEWEST, MOST] = [2, 200];
var [ON, OFF, OPEN] = [1, 0, -1];
var numberOf = (node) => node + 1;
var distance = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]);
var sideOf = (wall) => wall >= 243 ? ON : wall <= 12 ? OFF : OPEN;
function readGraph(model) {
  const numbers = (name, Type) => numbersOf(model.get(name), Type);
  const [places, ends, weights] = [
    numbers("_positions", Float32Array),
    numbers("_edges", Uint8Array),
    numbers("_weights", Float32Array)
  ];
  return {
    nodes: Array.from({ length: places.length / 2 }, (_, k) => [places[2 * k], places[2 * k + 1]]),
    edges: Array.from(weights, (weight, k) => [ends[2 * k], ends[2 * k + 1], weight])
  };
}
var joins = ([a, b], node, other) => a === node && b === other || a === other && b === node;
var written = (weight) => String(Number(weight.toPrecision(6))).replace("-", "−");
var edgeOf = ({ edges }, node, other) => edges.find((edge) => joins(edge, node, other));
var isEdge = ({ edges }, node, other) => edges.some((edge) => joins(edge, node, other));
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
  const lower = (k) => k > node ? k - 1 : k;
  const kept = edges.filter(([a, b]) => a !== node && b !== node).map(([a, b, w]) => [lower(a), lower(b), w]);
  return { nodes: nodes.filter((_, k) => k !== node), edges: kept };
}
function neighbour(places, from, direction) {
  let [found, least] = [from, Infinity];
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
  const spots = steps.flatMap((y) => steps.map((x) => [x, y]));
  const room = (spot) => Math.min(...nodes.map((node) => distance(node, spot)));
  return spots.reduce((best, spot) => room(spot) > room(best) + 1e-6 ? spot : best);
}

// graph_editor/drawing.js
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
var EDGE_REACH = 5;
var LEVELS = 86;
var LABELLED_EDGES = 30;
var Picture = class {
  constructor(canvas) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d", { alpha: false });
    this.layer = new OffscreenCanvas(1, 1);
    this.known = {};
    this.drawnAt = this.cut = this.radius = 0;
    this.places = this.sides = [];
  }
  /** Draw everything anew, in other colours. */
  forget() {
    this.known = {};
    this.prepared = "";
  }
  isResized() {
    const ratio = window.devicePixelRatio || 1;
    const { width, height, clientWidth, clientHeight } = this.canvas;
    return width !== Math.round(clientWidth * ratio) || height !== Math.round(clientHeight * ratio);
  }
  /** Lay the graph out; sizes and line widths follow the density. */
  fit(graph) {
    const ratio = window.devicePixelRatio || 1;
    const [width, height] = [this.canvas.clientWidth, this.canvas.clientHeight];
    if (this.isResized()) {
      Object.assign(this.canvas, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
    }
    this.radius = clamp(0.21 * Math.sqrt(width * height / graph.nodes.length), 4.5, 19);
    const pad = this.radius + 7;
    this.span = [Math.max(width - 2 * pad, 1), Math.max(height - 2 * pad, 1)];
    this.pad = pad;
    this.places = graph.nodes.map(([x, y]) => [pad + x * this.span[0], pad + y * this.span[1]]);
    Object.assign(this, { ratio, graph, thick: Math.min(Math.sqrt(70 / (graph.edges.length + 1)), 1) });
  }
  /** Where in the unit square a place of the canvas lies. */
  unit(place) {
    return place.map((value, k) => Number(clamp((value - this.pad) / this.span[k], 0, 1).toFixed(5)));
  }
  nodeAt(place, reach) {
    const gaps = this.places.map((other) => distance(place, other));
    const nearest = gaps.indexOf(Math.min(...gaps));
    return gaps[nearest] <= this.radius + reach ? nearest : -1;
  }
  edgeAt(place, reach) {
    let [found, least] = [-1, reach];
    this.graph.edges.forEach(([i, j], k) => {
      const [a, b] = [this.places[i], this.places[j]];
      const along = [b[0] - a[0], b[1] - a[1]];
      const share = ((place[0] - a[0]) * along[0] + (place[1] - a[1]) * along[1]) / (along[0] ** 2 + along[1] ** 2 || 1);
      const t = clamp(share, 0, 1);
      const gap = distance(place, [a[0] + t * along[0], a[1] + t * along[1]]);
      if (gap < least) [found, least] = [k, gap];
    });
    return found;
  }
  line(context, from, to, style) {
    this.pen(context, style);
    context.beginPath();
    context.moveTo(...from);
    context.lineTo(...to);
    context.stroke();
  }
  pen(context, { colour, width, dashes = [], alpha = 1 }) {
    Object.assign(context, { strokeStyle: colour, lineWidth: width, globalAlpha: alpha, lineCap: "butt" });
    context.setLineDash(dashes);
  }
  /** Draw all edges, one stroke for each look: [undecided, not cut, cut], and the same for negative weights. */
  drawEdges(sides) {
    const looks = [0, 1, 2, 3, 4, 5].map(() => []);
    for (const edge of this.graph.edges) {
      const [a, b] = [sides[edge[0]], sides[edge[1]]];
      const state = a === OPEN || b === OPEN ? 0 : a === b ? 1 : 2;
      looks[state + (edge[2] < 0 ? 3 : 0)].push(edge);
    }
    this.cut = [...looks[2], ...looks[5]].reduce((sum, edge) => sum + edge[2], 0);
    const [context, t] = [this.layer.getContext("2d"), this.thick];
    Object.assign(this.layer, { width: this.canvas.width, height: this.canvas.height });
    context.scale(this.ratio, this.ratio);
    const alpha = clamp(0.25 + 0.9 * t, 0, 1);
    const positive = [
      { colour: COLOURS.faint, width: 0.6 + 0.9 * t, alpha },
      { colour: COLOURS.pale, width: 0.6 + 0.7 * t, dashes: [4, 4], alpha },
      { colour: COLOURS.ink, width: 0.8 + 2.2 * t, alpha: Math.sqrt(alpha) }
    ];
    const negative = [
      [1.5, 3],
      [1.5, 4.5],
      [10, 3, 2, 3]
    ].map((dashes, k) => ({ ...positive[k], dashes, colour: COLOURS.negative }));
    [...positive, ...negative].forEach((style, look) => {
      this.pen(context, style);
      context.beginPath();
      for (const [a, b] of looks[look]) {
        context.moveTo(...this.places[a]);
        context.lineTo(...this.places[b]);
      }
      context.stroke();
    });
    if (this.graph.edges.length < LABELLED_EDGES) this.drawWeights(context);
  }
  drawWeights(context) {
    this.pen(context, { colour: COLOURS.paper, width: 4 });
    Object.assign(context, { font: "600 12px system-ui, sans-serif", textAlign: "center", textBaseline: "middle" });
    context.lineJoin = "round";
    for (const [a, b, weight] of this.graph.edges.filter((edge) => edge[2] !== 1)) {
      const [p, q] = [this.places[a], this.places[b]];
      const at = [(p[0] + q[0]) / 2, (p[1] + q[1]) / 2];
      const text = written(Number(weight.toPrecision(3)));
      context.strokeText(text, ...at);
      context.fillStyle = weight < 0 ? COLOURS.negative : COLOURS.ink;
      context.fillText(text, ...at);
    }
  }
  /** Paint a frame. Returns false if the edges have to wait, so that the nodes keep their pace. */
  paint(walls, marks, showLabels) {
    const { context, places, radius } = this;
    const plain = walls.length !== places.length;
    const sides = places.map((_, k) => plain ? OPEN : sideOf(walls[k]));
    this.sides = sides;
    const { width, height } = this.canvas;
    const wanted = `${width} ${height} ${sides}`;
    const stale = this.known.graph !== this.graph || this.known.wanted !== wanted;
    const now = performance.now();
    const lines = this.graph.edges.length * this.ratio ** 2;
    const pause = Math.min(lines / (this.known.graph === this.graph ? 10 : 20), 300);
    const late = stale && this.layer.width === width && now - this.drawnAt < pause;
    if (stale && !late) {
      this.drawEdges(sides);
      this.known = { graph: this.graph, wanted };
      this.drawnAt = now;
    }
    context.setTransform(1, 0, 0, 1, 0, 0);
    Object.assign(context, { fillStyle: COLOURS.paper, globalAlpha: 1 });
    context.fillRect(0, 0, width, height);
    context.drawImage(this.layer, 0, 0);
    context.scale(this.ratio, this.ratio);
    for (const { from, to, ...style } of marks.lines) this.line(context, from, to, style);
    const font = `600 ${Math.round(clamp(0.85 * radius, 8, 13))}px system-ui, sans-serif`;
    Object.assign(context, { font, textAlign: "center", textBaseline: "middle", lineJoin: "round" });
    this.prepare();
    places.forEach((place, k) => {
      const level = Math.round(walls[k] / 3);
      this.stamp(place, plain ? 0 : 1 + (sides[k] === OPEN ? clamp(level, 5, 80) : level));
      if (showLabels && radius > 8.4) this.drawLabel(place, String(numberOf(k)), sides[k], plain);
    });
    for (const { node, gap, ...style } of marks.rings) {
      if (!places[node]) continue;
      this.pen(context, style);
      context.beginPath();
      context.arc(...places[node], radius + gap, 0, 2 * Math.PI);
      context.stroke();
    }
    return !late;
  }
  /** Draw once what is needed again and again: a plain node, and one for every place of the wall. */
  prepare() {
    const look = `${this.radius} ${this.ratio}`;
    if (this.prepared === look) return;
    this.prepared = look;
    this.box = 2 * Math.ceil((this.radius + 3) * this.ratio);
    this.nodes = new OffscreenCanvas(this.box, this.box * (LEVELS + 1));
    const context = this.nodes.getContext("2d");
    for (let level = 0; level <= LEVELS; level += 1) {
      context.setTransform(this.ratio, 0, 0, this.ratio, this.box / 2, this.box * (level + 0.5));
      this.drawNode(context, level === 0 ? null : (level - 1) / (LEVELS - 1));
    }
  }
  /** Copy a node that is prepared, to whole device pixels. */
  stamp(place, level) {
    const [x, y] = place.map((value) => Math.round(value * this.ratio - this.box / 2) / this.ratio);
    const side = this.box / this.ratio;
    this.context.drawImage(this.nodes, 0, level * this.box, this.box, this.box, x, y, side, side);
  }
  /** Draw a node round the origin: ON a square, OFF a disc, between them a disc that fills as the wall moves. */
  drawNode(context, wall) {
    const r = this.radius;
    const side = wall === null ? OPEN : sideOf(255 * wall);
    const outline = () => {
      context.beginPath();
      if (side === ON) context.roundRect(-0.92 * r, -0.92 * r, 1.84 * r, 1.84 * r, 0.3 * r);
      else context.arc(0, 0, r, 0, 2 * Math.PI);
    };
    this.pen(context, { colour: COLOURS.paper, width: 4.5 });
    outline();
    context.stroke();
    context.fillStyle = wall === null ? COLOURS.plain : side === ON ? STATES.on : STATES.off;
    context.fill();
    if (wall !== null && side === OPEN) {
      const angle = Math.acos(2 * wall - 1);
      const [at, half] = [r * Math.cos(angle), r * Math.sin(angle)];
      context.beginPath();
      context.arc(0, 0, r, angle, 2 * Math.PI - angle);
      context.fillStyle = STATES.on;
      context.fill();
      this.line(context, [at, -half], [at, half], { colour: STATES.white, width: clamp(r / 5, 1.2, 3) });
      outline();
    }
    this.pen(context, { colour: COLOURS.ink, width: 1.2 });
    context.stroke();
  }
  drawLabel([x, y], text, side, isPlain) {
    const { context } = this;
    if (side === OPEN && !isPlain) {
      this.pen(context, { colour: STATES.dark, width: 2.5 });
      context.strokeText(text, x, y + 0.5);
    }
    context.fillStyle = isPlain ? COLOURS.ink : side === ON ? STATES.dark : STATES.white;
    context.fillText(text, x, y + 0.5);
  }
};
function marksOf(picture, { gesture, hovered, source, selected, picked, mode }) {
  const [lines, rings] = [[], []];
  const { places, graph } = picture;
  const { accent, danger, focus } = COLOURS;
  const from = gesture?.kind === "edge" && gesture.moved ? gesture.node : source;
  const tip = gesture?.at ?? hovered;
  const over = tip && gesture?.kind !== "move" ? picture.nodeAt(tip, 4) : -1;
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
    const edge = graph.edges[picture.edgeAt(hovered, EDGE_REACH)];
    if (edge) between(edge, mode === "delete" ? danger : accent);
  }
  if (over >= 0) rings.push({ node: over, gap: 3, colour: mode === "delete" ? danger : accent, width: 2 });
  rings.push({ node: selected, gap: 4, colour: focus, width: 3 });
  return { lines, rings };
}

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
function frame(el, name) {
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
  key.innerHTML = KEY.map(([look, text]) => `<span class="${look}"><i></i>${text}</span>`).join("");
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

// graph_editor/weight.js
var HEAVIEST = 1e12;
var WeightBox = class {
  constructor({ owner, weight }, model, page) {
    Object.assign(this, { owner, field: weight, model, page });
    this.picked = null;
    this.isTyping = false;
  }
  /** Show the weight of the chosen edge, or the one that new edges get; not over what is being typed. */
  show() {
    const graph = this.page.graph();
    if (this.picked && !isEdge(graph, ...this.picked)) this.picked = null;
    this.owner.textContent = this.picked ? fill(tr("Edge {nodes}"), { nodes: this.picked.map(numberOf).join("–") }) : tr("New edges");
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
        fill(tr("Edge {node} to {other} weighs {weight}; type another weight above."), { node, other, weight })
      );
    }
    this.page.schedule();
  }
  /** Choose the next edge of a node, or the one before. */
  pickNext(node, step) {
    const edges = this.page.graph().edges.filter(([a, b]) => a === node || b === node);
    if (!edges.length) return this.page.say(fill(tr("Node {node} has no edge."), { node: numberOf(node) }));
    const now = this.picked ? edges.findIndex((edge) => joins(edge, ...this.picked)) : -1;
    const next = now < 0 ? step > 0 ? 0 : edges.length - 1 : (now + step + edges.length) % edges.length;
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
};

// graph_editor/index.js
var NEWS_TIME = 5e3;
var ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
function render({ model, el }) {
  const client = viewName();
  const { root, canvas, news, key, buttons, undo, redo, ...rest } = frame(el, client);
  const picture = new Picture(canvas);
  let graph = { nodes: [], edges: [] };
  let pending = [];
  let isStale = true;
  let walls = new Uint8Array();
  let arrived = walls;
  let frames = 0;
  let gesture = null;
  let hovered = null;
  let source = -1;
  let selected = model.get("selected");
  let sequence = 0;
  let asked = 0;
  let answered = 0;
  let stroke = 0;
  let described = null;
  const { soon: schedule, later, stop: stopPainting } = painter(draw);
  const { on, watch, onSize, stop: stopListening } = listeners(model);
  let fading = 0;
  const say = (text) => {
    clearTimeout(fading);
    fading = 0;
    return news.textContent = text;
  };
  const theme = followTheme(root, COLOURS, COLOUR_NAMES, schedule);
  const box = new WeightBox(rest, model, {
    graph: () => graph,
    say,
    weigh: (node, other, value) => edit("weigh", { node, other, value }),
    schedule
  });
  function rebuild() {
    if (!isStale) return;
    isStale = false;
    graph = pending.reduce((below, edit2) => edited(below, edit2, edit2.weight), readGraph(model));
    if (selected >= graph.nodes.length) selected = -1;
    if (source >= graph.nodes.length) source = -1;
    box.show();
  }
  function ask(type2, content) {
    sequence += 1;
    model.send({ type: type2, client, sequence, ...content });
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
    box.pick(null);
    return say(fill(tr("Node {node} deleted; those after it have moved up."), { node: numberOf(node) }));
  }
  function connect(node, other) {
    const on2 = !isEdge(graph, node, other);
    edit("connect", { node, other, on: on2 });
    source = -1;
    say(
      fill(on2 ? tr("Edge {node} to {other} added.") : tr("Edge {node} to {other} deleted."), {
        node: numberOf(node),
        other: numberOf(other)
      })
    );
  }
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
  function recall(type2) {
    if (!model.get(`can_${type2}`) && !pending.length) {
      return say(type2 === "undo" ? tr("Nothing to undo.") : tr("Nothing to redo."));
    }
    model.send({ type: type2 });
    const said = say(type2 === "undo" ? tr("Undone.") : tr("Done again."));
    fading = setTimeout(hint, NEWS_TIME);
    return said;
  }
  function shown() {
    if (gesture?.kind !== "move" || !gesture.moved) return graph;
    if (gesture.seen !== gesture.at) {
      const [x, y] = picture.unit(gesture.at.map((value, k) => value - gesture.grip[k]));
      Object.assign(gesture, { seen: gesture.at, view: edited(graph, { op: "move", node: gesture.node, x, y }) });
    }
    return gesture.view;
  }
  function draw() {
    if (!canvas.clientWidth) return;
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
      mode: model.get("disabled") ? "show" : model.get("mode")
    };
    if (!picture.paint(walls, marksOf(picture, state), model.get("show_labels"))) schedule();
    if (view === graph && described !== picture.places) describe();
    const sides = picture.sides.map((side) => side === OPEN ? "?" : side).join("");
    Object.assign(canvas.dataset, {
      cut: Number(picture.cut.toPrecision(6)),
      sides,
      edge: box.picked?.join(" ") ?? "",
      frames
    });
  }
  function describe() {
    described = picture.places;
    const [nodes, edges] = [graph.nodes.length, graph.edges.length];
    const positions = JSON.stringify(described.map((place) => place.map((value) => Number(value.toFixed(1)))));
    Object.assign(canvas.dataset, { nodes, edges, positions });
    key.classList.toggle(
      "has-negative",
      graph.edges.some((edge) => edge[2] < 0)
    );
    const size = fill(edges === 1 ? tr("{nodes} nodes, 1 edge") : tr("{nodes} nodes, {edges} edges"), { nodes, edges });
    canvas.setAttribute("aria-label", `${model.get("label")}: ${size}. ${model.get("summary")}`.trim());
  }
  const at = ({ clientX, clientY }) => {
    const bounds = canvas.getBoundingClientRect();
    return [clientX - bounds.left, clientY - bounds.top];
  };
  const reach = (touch) => touch ? Math.max(6, 22 - picture.radius) : 4;
  function isRim(place, node) {
    const inside = picture.radius >= 9 ? 0.72 * picture.radius : picture.radius;
    return node >= 0 && distance(place, picture.places[node]) > inside;
  }
  function press(event) {
    if (!event.isPrimary || event.button !== 0) return;
    const [from, touch, mode] = [at(event), event.pointerType === "touch", model.get("mode")];
    const node = picture.nodeAt(from, reach(touch));
    const draws = mode !== "move" || event.shiftKey || !touch && isRim(from, node);
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
    canvas.style.cursor = model.get("disabled") ? "default" : cursors[model.get("mode")] ?? "crosshair";
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
    const edge = node < 0 ? graph.edges[picture.edgeAt(place, touch ? 14 : EDGE_REACH)] : void 0;
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
      if (box.picked) box.pick(null);
      say(HINTS.move);
    }
  }
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
  function type({ key: key2, repeat, shiftKey, altKey, ctrlKey, metaKey }) {
    const [letter, last] = [key2.toLowerCase(), graph.nodes.length - 1];
    const writes = !model.get("disabled");
    if (altKey) return false;
    if (ctrlKey || metaKey) {
      if (!writes || letter !== "z" && letter !== "y") return false;
      recall(letter === "y" || shiftKey ? "redo" : "undo");
    } else if (key2 in ARROWS && shiftKey && writes && selected >= 0) nudge(ARROWS[key2], repeat);
    else if (key2 in ARROWS) walk(selected < 0 ? 0 : neighbour(graph.nodes, selected, ARROWS[key2]));
    else if (key2 === "Home" || key2 === "End") walk(key2 === "Home" ? 0 : last);
    else if (key2 === "PageUp" || key2 === "PageDown") walk(clamp(selected + (key2 === "PageUp" ? -1 : 1), 0, last));
    else if (key2 === "Escape" && source >= 0) chain(source);
    else if (key2 === "Escape" && box.picked) box.pick(null);
    else if (key2 === "Escape" && selected >= 0) select(-1);
    else if (letter === "e" && selected >= 0) box.pickNext(selected, shiftKey ? -1 : 1);
    else if (!writes) return false;
    else if (key2 === "Enter" && selected >= 0) chain(selected);
    else if (letter === "w") box.focus();
    else if ((key2 === "Delete" || key2 === "Backspace") && box.picked) connect(...box.picked);
    else if ((key2 === "Delete" || key2 === "Backspace") && selected >= 0) remove(selected);
    else if (key2 === "Insert" || letter === "n") {
      if (add(emptiest(graph.nodes))) select(graph.nodes.length - 1);
    } else return false;
    return true;
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
  const hint = () => say(HINTS[model.get("mode")]);
  function onMode() {
    source = -1;
    hint();
  }
  const change = (name, handler) => watch(`change:${name}`, () => (handler(), schedule()));
  const renew = () => isStale = true;
  const reselect = () => answered >= asked && (selected = model.get("selected"));
  on(canvas, "pointerdown", press);
  on(canvas, "pointermove", drag);
  on(canvas, "pointerup", release);
  on(canvas, "lostpointercapture", () => (gesture = null, schedule()));
  on(canvas, "pointerleave", () => (hovered = null, schedule()));
  on(canvas, "touchstart", (event) => gesture?.node >= 0 && event.preventDefault(), { passive: false });
  on(canvas, "keydown", (event) => {
    if (gesture || !type(event)) return;
    hovered = null;
    event.preventDefault();
    event.stopPropagation();
    schedule();
  });
  for (const button of buttons) {
    on(button, "click", () => (model.set("mode", button.value), model.save_changes()));
  }
  on(canvas, "dblclick", () => box.picked && box.focus());
  on(box.field, "input", () => box.isTyping = true);
  on(box.field, "change", () => box.take());
  on(box.field, "keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    if (event.key === "Escape") box.giveUp();
    canvas.focus();
  });
  for (const button of [undo, redo]) on(button, "click", () => recall(button.value));
  for (const name of ["_positions", "_edges", "_weights"]) change(name, renew);
  change("_acknowledged", () => {
    const [who, last] = model.get("_acknowledged").split(":");
    if (who === client) answered = Number(last);
    pending = pending.filter((edit2) => edit2.sequence > answered);
    renew();
    reselect();
  });
  change("_generation", () => (pending = [], gesture = null, source = -1, renew()));
  change("selected", reselect);
  change("new_weight", () => box.show());
  change("mode", () => (dress(), onMode()));
  for (const name of ["width", "height", "disabled", "can_undo", "can_redo"]) change(name, dress);
  for (const name of ["label", "summary"]) change(name, () => described = null);
  change("show_labels", () => {
  });
  watch("msg:custom", ({ type: type2 }, [view] = []) => {
    if (type2 !== "walls") return;
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
var graph_editor_default = { render };
export {
  graph_editor_default as default
};

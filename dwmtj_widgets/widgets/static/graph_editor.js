// The browser's half of GraphEditor (graph_editor.py). Python owns the graph, this view owns the gesture.
// Messages to Python: {type: "edit", client, sequence, generation, op, ...} with op "move" {node, x, y, stroke: equal =
// one undo entry}, "add" {x, y, from: node or null}, "remove" {node}, "connect" {node, other, on}; {type: "undo"},
// {type: "redo"}, {type: "select", node}, {type: "ready"}. From Python: {type: "walls"} with a uint8 for every node
// (0 = OFF end, 255 = ON end), or none; and the graph in traits, with `_acknowledged` = "client:sequence". Until then
// an edit lies over Python's graph, so that older news cannot take it back; a new `_generation` makes it void.

const HINTS = {
  move: "Drag a node to move it, its rim to connect it; click an empty place to add one.",
  add: "Click an empty place to add a node; drag from a node to add one joined to it.",
  connect: "Drag from node to node, or click one and then the other; again to part them.",
  delete: "Click a node or an edge to delete it.",
};
const HELP =
  "Arrow keys walk between nodes, Shift with an arrow key moves a node. Enter starts an edge and ends it at another " +
  "node. N adds a node, Delete removes one, Control Z undoes.";
const KEY = [["on", "ON"], ["off", "OFF"], ["cut", "cut"], ["uncut", "not cut"]];
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const COLOURS = {
  on: "#f4b13d", off: "#244a78", plain: "#dfe6ee", ink: "#1b2733", faint: "#8996a6", pale: "#7f92aa",
  negative: "#8a3fa0", focus: "#d6336c", accent: "#0b5fa5", danger: "#b3261e",
};
const [FEWEST, MOST, LABELLED_EDGES] = [2, 200, 30];
const [ON, OFF, OPEN] = [1, 0, -1]; // the sides of a node

const distance = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]);
const clamp = (value, least, most) => Math.min(Math.max(value, least), most);

function element(parent, tag, className, properties = {}) {
  return parent.appendChild(Object.assign(document.createElement(tag), { className }, properties));
}

/** Python's graph: nodes [[x, y]] in the unit square, edges [[node, other, weight]]. */
function readGraph(model) {
  const numbers = (name, Type) => {
    const view = model.get(name);
    return new Type(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));
  };
  const [places, ends, weights] = [
    numbers("_positions", Float32Array), numbers("_edges", Uint8Array), numbers("_weights", Float32Array)];
  return {
    nodes: Array.from({ length: places.length / 2 }, (_, k) => [places[2 * k], places[2 * k + 1]]),
    edges: Array.from(weights, (weight, k) => [ends[2 * k], ends[2 * k + 1], weight]),
  };
}

const joins = ([a, b], node, other) => (a === node && b === other) || (a === other && b === node);

/** The graph after an edit; the same rules as in _graph.py. */
function edited({ nodes, edges }, edit, weight) {
  const { op, node, other, x, y } = edit;
  if (op === "move") return { nodes: nodes.map((place, k) => (k === node ? [x, y] : place)), edges };
  if (op === "add") {
    const added = Number.isInteger(edit.from) ? [[edit.from, nodes.length, weight]] : [];
    return { nodes: [...nodes, [x, y]], edges: [...edges, ...added] };
  }
  if (op === "connect") {
    const others = edges.filter((edge) => !joins(edge, node, other));
    return { nodes, edges: edit.on ? [...others, [node, other, weight]] : others };
  }
  const lower = (k) => (k > node ? k - 1 : k);
  const kept = edges.filter(([a, b]) => a !== node && b !== node).map(([a, b, w]) => [lower(a), lower(b), w]);
  return { nodes: nodes.filter((_, k) => k !== node), edges: kept };
}

/** Draws a graph: edges on a layer that is kept until one of them looks different, nodes every frame. */
class Picture {
  constructor(canvas) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d", { alpha: false });
    this.layer = new OffscreenCanvas(1, 1);
    this.known = null; // what the layer shows: graph, sides, size
    this.drawnAt = this.cost = 0;
    this.cut = 0;
  }

  /** Lay the graph out; sizes and line widths follow the density. */
  fit(graph) {
    const ratio = window.devicePixelRatio || 1;
    const [width, height] = [this.canvas.clientWidth, this.canvas.clientHeight];
    const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.canvas.width !== w || this.canvas.height !== h) Object.assign(this.canvas, { width: w, height: h });
    this.radius = clamp(0.21 * Math.sqrt((width * height) / graph.nodes.length), 4.5, 19);
    const pad = this.radius + 7;
    this.span = [Math.max(width - 2 * pad, 1), Math.max(height - 2 * pad, 1)];
    this.pad = pad;
    this.places = graph.nodes.map(([x, y]) => [pad + x * this.span[0], pad + y * this.span[1]]);
    Object.assign(this, { ratio, graph, thick: clamp(Math.sqrt(70 / (graph.edges.length + 1)), 0.3, 1) });
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
    this.cut = looks[2].length + looks[5].length;
    const [context, t] = [this.layer.getContext("2d"), this.thick];
    Object.assign(this.layer, { width: this.canvas.width, height: this.canvas.height }); // also wipes it
    context.scale(this.ratio, this.ratio);
    const alpha = 0.35 + 0.65 * t;
    const positive = [
      { colour: COLOURS.faint, width: 0.6 + 0.9 * t, alpha },
      { colour: COLOURS.pale, width: 0.6 + 0.7 * t, dashes: [4, 4], alpha },
      { colour: COLOURS.ink, width: 0.8 + 2.2 * t, alpha: Math.sqrt(alpha) },
    ];
    const negative = [[1.5, 3], [1.5, 4.5], [10, 3, 2, 3]].map((dashes, k) => (
      { ...positive[k], dashes, colour: COLOURS.negative }));
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
    this.pen(context, { colour: "#ffffff", width: 4 });
    Object.assign(context, { font: "600 12px system-ui, sans-serif", textAlign: "center", textBaseline: "middle" });
    context.lineJoin = "round";
    for (const [a, b, weight] of this.graph.edges.filter((edge) => edge[2] !== 1)) {
      const [p, q] = [this.places[a], this.places[b]];
      const at = [(p[0] + q[0]) / 2, (p[1] + q[1]) / 2];
      const text = String(Number(weight.toPrecision(3))).replace("-", "−");
      context.strokeText(text, ...at);
      context.fillStyle = weight < 0 ? COLOURS.negative : COLOURS.ink;
      context.fillText(text, ...at);
    }
  }

  /** Paint a frame. Returns false if the edges have to wait, so that the nodes keep their pace. */
  paint(walls, marks, showLabels) {
    const { context, places, radius } = this;
    const plain = walls.length !== places.length;
    const sides = places.map((_, k) => (plain ? OPEN : walls[k] >= 243 ? ON : walls[k] <= 12 ? OFF : OPEN));
    const { width, height } = this.canvas;
    const wanted = `${width} ${height} ${this.ratio} ${sides}`;
    const stale = this.known?.graph !== this.graph || this.known.wanted !== wanted;
    const now = performance.now();
    const late = stale && this.known?.graph === this.graph && now - this.drawnAt < 2 * this.cost;
    if (stale && !late) {
      this.drawEdges(sides);
      this.known = { graph: this.graph, wanted };
      this.drawnAt = performance.now();
      this.cost = this.drawnAt - now;
    }
    context.setTransform(1, 0, 0, 1, 0, 0);
    Object.assign(context, { fillStyle: "#ffffff", globalAlpha: 1 });
    context.fillRect(0, 0, width, height);
    context.drawImage(this.layer, 0, 0);
    context.scale(this.ratio, this.ratio);
    for (const { from, to, ...style } of marks.lines) this.line(context, from, to, style);
    places.forEach((place, k) => this.drawNode(place, plain ? null : walls[k] / 255, sides[k]));
    for (const { node, gap, ...style } of marks.rings) {
      if (!places[node]) continue;
      this.pen(context, style);
      context.beginPath();
      context.arc(...places[node], radius + gap, 0, 2 * Math.PI);
      context.stroke();
    }
    if (showLabels && radius > 8.4) this.drawLabels(sides, plain);
    return !late;
  }

  /** ON is a square, OFF a disc, between them a disc that fills from the left as the wall moves. */
  drawNode([x, y], wall, side) {
    const { context, radius: r } = this;
    const full = () => {
      context.beginPath();
      if (side === ON) context.roundRect(x - 0.92 * r, y - 0.92 * r, 1.84 * r, 1.84 * r, 0.3 * r);
      else context.arc(x, y, r, 0, 2 * Math.PI);
    };
    this.pen(context, { colour: "#ffffff", width: 4.5 }); // keeps edges off the outline
    full();
    context.stroke();
    context.fillStyle = wall === null ? COLOURS.plain : side === ON ? COLOURS.on : COLOURS.off;
    context.fill();
    if (wall !== null && side === OPEN) {
      const angle = Math.acos(2 * wall - 1);
      context.beginPath();
      context.arc(x, y, r, angle, 2 * Math.PI - angle);
      context.fillStyle = COLOURS.on;
      context.fill();
      const [at, half] = [x + r * Math.cos(angle), r * Math.sin(angle)];
      this.line(context, [at, y - half], [at, y + half], { colour: "#ffffff", width: clamp(r / 5, 1.2, 3) });
      full();
    }
    this.pen(context, { colour: COLOURS.ink, width: 1.2 });
    context.stroke();
  }

  drawLabels(sides, plain) {
    const { context } = this;
    this.pen(context, { colour: COLOURS.ink, width: 2.5 });
    Object.assign(context, { textAlign: "center", textBaseline: "middle", lineJoin: "round" });
    context.font = `600 ${Math.round(clamp(0.85 * this.radius, 8, 13))}px system-ui, sans-serif`;
    this.places.forEach(([x, y], k) => {
      const dark = plain || sides[k] === ON;
      if (!plain && sides[k] === OPEN) context.strokeText(String(k), x, y + 0.5);
      context.fillStyle = dark ? COLOURS.ink : "#ffffff";
      context.fillText(String(k), x, y + 0.5);
    });
  }
}

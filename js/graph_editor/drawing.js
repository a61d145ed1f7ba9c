// How GraphEditor looks.

import { clamp } from "../lib/numbers.js";
import { distance, isEdge, numberOf, ON, OPEN, sideOf, written } from "./model.js";

// The states of a node are the same in every theme; on them stand a dark and a white ink.
const STATES = { on: "#f4b13d", off: "#244a78", dark: "#1b2733", white: "#ffffff" };
export const COLOURS = {}; // of the theme
export const COLOUR_NAMES = {
  paper: "paper",
  plain: "past",
  ink: "ink",
  faint: "edge",
  pale: "edge-pale",
  negative: "#8a3fa0",
  focus: "focus",
  accent: "accent",
  danger: "wrong",
};
export const EDGE_REACH = 5; // CSS pixels beside a line that still belong to it
const LEVELS = 86; // wall places told apart, every third of 0 to 255
const LABELLED_EDGES = 30; // from so many edges on their weights are not written any more

/** Draws a graph: edges on a layer that is kept until one of them looks different, nodes every frame. */
export class Picture {
  constructor(canvas) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d", { alpha: false });
    this.layer = new OffscreenCanvas(1, 1);
    this.known = {}; // the graph, sides and size that the layer shows
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
    this.radius = clamp(0.21 * Math.sqrt((width * height) / graph.nodes.length), 4.5, 19);
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
      const share =
        ((place[0] - a[0]) * along[0] + (place[1] - a[1]) * along[1]) / (along[0] ** 2 + along[1] ** 2 || 1);
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
    Object.assign(this.layer, { width: this.canvas.width, height: this.canvas.height }); // also wipes it
    context.scale(this.ratio, this.ratio);
    const alpha = clamp(0.25 + 0.9 * t, 0, 1);
    const positive = [
      { colour: COLOURS.faint, width: 0.6 + 0.9 * t, alpha },
      { colour: COLOURS.pale, width: 0.6 + 0.7 * t, dashes: [4, 4], alpha },
      { colour: COLOURS.ink, width: 0.8 + 2.2 * t, alpha: Math.sqrt(alpha) },
    ];
    const negative = [
      [1.5, 3],
      [1.5, 4.5],
      [10, 3, 2, 3],
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
    const sides = places.map((_, k) => (plain ? OPEN : sideOf(walls[k])));
    this.sides = sides;
    const { width, height } = this.canvas;
    const wanted = `${width} ${height} ${sides}`;
    const stale = this.known.graph !== this.graph || this.known.wanted !== wanted;
    const now = performance.now();
    // Lines are painted long after they are drawn here, so their cost is guessed, not measured. Under a hand that
    // moves a node they may take more of it.
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
      // Rounding decides no node: 12 is OFF, and 243 ON.
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
    this.box = 2 * Math.ceil((this.radius + 3) * this.ratio); // device pixels
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
    this.pen(context, { colour: COLOURS.paper, width: 4.5 }); // keeps edges off the node
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
}

/** What lies over a graph: the edge being drawn, what a click would meet, the selection. */
export function marksOf(picture, { gesture, hovered, source, selected, picked, mode }) {
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

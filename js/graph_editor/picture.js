// The picture of a graph: edges on a layer that is redrawn only if one changes its style, nodes in every frame.

import { contextOf, fitCanvas, pixelRatio, sheet } from "../lib/canvas.js";
import { clamp } from "../lib/numbers.js";
import { COLOURS, drawLine, setPen } from "./colours.js";
import { drawEdges } from "./edges.js";
import { layOut } from "./layout.js";
import { numberOf, OPEN, sideOf } from "./model.js";
import { drawLabel, NodeSheet } from "./nodes.js";

/** @typedef {import("./model.js").Graph} Graph */

/** @type {Graph} */
const NOTHING = { nodes: [], edges: [] };

export class Picture {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.context = contextOf(canvas, { alpha: false });
    this.layer = sheet(1, 1);
    this.graph = NOTHING;
    this.layout = layOut(NOTHING, 1, 1);
    this.ratio = 1;
    /** @type {number[]} */
    this.sides = [];
    this.cut = 0;
    this.drawnAt = 0;
    /** @type {{ graph: Graph | null, wanted: string }} what the layer shows */
    this.known = { graph: null, wanted: "" };
    this.nodesFor = ""; // the style of the prepared nodes
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
    this.sides = layout.places.map((_, k) => (isPlain ? OPEN : sideOf(walls[k])));
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
    // Lines are painted long after they are drawn here, so their cost is estimated, not measured. While a node is
    // dragged they may take more time.
    const lines = graph.edges.length * this.ratio ** 2;
    const pause = Math.min(lines / (this.known.graph === graph ? 10 : 20), 300);
    const isLate = isStale && layer.canvas.width === width && now - this.drawnAt < pause;
    if (isStale && !isLate) {
      Object.assign(layer.canvas, { width, height }); // also clears it
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
    const look = `${this.layout.radius} ${this.ratio}`;
    if (this.nodesFor !== look || !this.nodes) this.nodes = new NodeSheet(this.layout.radius, this.ratio);
    this.nodesFor = look;
    return this.nodes;
  }
}

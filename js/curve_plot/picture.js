// The drawing of a chart: one SVG, remade whenever its numbers change.

import { svgElement } from "../lib/dom.js";
import { written } from "../lib/numbers.js";
import { ticks } from "../lib/scale.js";
import { themed } from "../lib/theme.js";
import { asides, boxFor, nameHeights, nearest, path, placed, uprightTicks, visible } from "./layout.js";

/** @typedef {import("./model.js").Chart} Chart */
/** @typedef {import("./model.js").Curve} Curve */
/** @typedef {import("./model.js").Point} Point */
/** @typedef {import("./layout.js").Box} Box */

const DASHES = { solid: "", dashed: "6 4", dotted: "1.5 3.5" };
const REACH = 26; // CSS pixels within which the pointer reaches a point

/** @type {Record<string, string>} Outlines of the markers round the origin, about 8 pixels wide. */
const MARKERS = {
  circle: "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0Z",
  square: "M-3.6 -3.6H3.6V3.6H-3.6Z",
  triangle: "M0 -4.8L4.6 3.6H-4.6Z",
  diamond: "M0 -5L4.6 0L0 5L-4.6 0Z",
  nabla: "M0 4.8L4.6 -3.6H-4.6Z",
  cross: "M-4 -2L-2 -4L0 -2L2 -4L4 -2L2 0L4 2L2 4L0 2L-2 4L-4 2L-2 0Z",
  plus: "M-1.6 -4.6H1.6V-1.6H4.6V1.6H1.6V4.6H-1.6V1.6H-4.6V-1.6H-1.6Z",
  star: "M0 -5.4L1.5 -1.8L5.2 -1.6L2.3 0.8L3.2 4.4L0 2.4L-3.2 4.4L-2.3 0.8L-5.2 -1.6L-1.5 -1.8Z",
};

/** @param {string} colour */
const inkOf = (colour) => `fill: ${themed(colour)}`;

/**
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Element} parent
 * @param {Tag} tag
 * @param {Record<string, unknown>} attributes
 * @param {string} text
 */
function add(parent, tag, attributes, text = "") {
  return parent.appendChild(svgElement(tag, attributes, text));
}

/**
 * The intervals of a curve as path data.
 *
 * @param {Curve} curve
 * @param {(Place | null)[]} places
 * @param {import("./layout.js").Placing} y
 */
function barsOf({ low, high }, places, y) {
  return places.map((place, k) => {
    const [least, most] = [low[k] ?? null, high[k] ?? null];
    if (least === null || most === null || !place) return "";
    const [at, from, to] = [place[0], y(least), y(most)].map((value) => value.toFixed(1));
    return `M${at} ${from}V${to}M${Number(at) - 3} ${from}h6M${Number(at) - 3} ${to}h6`;
  });
}

export class Picture {
  /** @param {Element} root */
  constructor(root) {
    this.svg = add(root, "svg", { "aria-hidden": "true" });
    this.clip = `dwmtj-clip-${Math.random().toString(36).slice(2)}`;
    /** @type {(Place | null)[][]} of every curve: where its points are, null for those that cannot be chosen */
    this.points = [];
    /** @type {Chart | null} */
    this.chart = null;
    /** @type {SVGCircleElement | null} */
    this.ring = null;
    /** @type {import("./layout.js").Placing} */
    this.x = (value) => value;
    this.y = this.x;
  }

  /**
   * @param {Chart} chart
   * @param {number} width
   * @param {number} height
   */
  draw(chart, width, height) {
    const { svg } = this;
    this.chart = chart;
    svg.replaceChildren();
    for (const [name, value] of Object.entries({ viewBox: `0 0 ${width} ${height}`, width, height })) {
      svg.setAttribute(name, String(value));
    }
    const box = boxFor(chart, width, height);
    this.x = placed(chart.x, box.left, box.right);
    this.y = placed(chart.y, box.bottom, box.top);
    this.clipTo(box);
    this.regions(chart.regions, box);
    this.axes(chart, box, height);
    this.marks(chart.marks, box);
    const inside = add(svg, "g", { "clip-path": `url(#${this.clip})` });
    const aside = asides(chart, this.x);
    this.points = chart.curves.map((curve, k) => this.curve(curve, inside, box, aside[k]));
    this.names(chart.curves, box);
    this.ring = add(svg, "circle", { class: "ring", r: 9, visibility: "hidden" });
    const middle = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
    if (chart.message) add(svg, "text", { class: "message", ...middle }, chart.message);
  }

  /** @param {Box} box */
  clipTo(box) {
    const [width, height] = [Math.max(box.right - box.left + 2, 1), box.bottom - box.top + 1];
    add(add(this.svg, "clipPath", { id: this.clip }), "rect", { x: box.left - 1, y: box.top, width, height });
  }

  /**
   * @param {import("./model.js").Region[]} regions
   * @param {Box} box
   */
  regions(regions, box) {
    for (const region of regions) {
      const seen = visible(region, box, this.x);
      if (!seen) continue;
      const [y, width, height] = [box.top, seen.to - seen.from, box.bottom - box.top];
      add(this.svg, "rect", { class: "region", x: seen.from, y, width, height });
      const place = { x: (seen.from + seen.to) / 2, y: box.bottom - 6 };
      if (region.label) add(this.svg, "text", { class: "region-label", ...place }, region.label);
    }
  }

  /**
   * @param {Chart} chart
   * @param {Box} box
   * @param {number} height
   */
  axes({ x, y }, box, height) {
    const { svg } = this;
    for (const value of uprightTicks(y, height)) {
      const at = this.y(value);
      add(svg, "line", { class: "grid", x1: box.left, x2: box.right, y1: at, y2: at });
      add(svg, "text", { class: "tick y", x: box.left - 6, y: at + 4 }, written(value));
    }
    for (const value of ticks(x, Math.max(3, (box.right - box.left) / 52))) {
      const at = this.x(value);
      add(svg, "line", { class: "axis", x1: at, x2: at, y1: box.bottom, y2: box.bottom + 4 });
      add(svg, "text", { class: "tick", x: at, y: box.bottom + 16 }, written(value));
    }
    add(svg, "path", { class: "axis", d: `M${box.left} ${box.top}V${box.bottom}H${box.right}` });
    add(svg, "text", { class: "name", x: (box.left + box.right) / 2, y: box.bottom + 31 }, x.label);
    const upright = `translate(12 ${(box.top + box.bottom) / 2}) rotate(-90)`;
    add(svg, "text", { class: "name", x: 0, y: 0, transform: upright }, y.label);
  }

  /**
   * @param {import("./model.js").Mark[]} marks
   * @param {Box} box
   */
  marks(marks, box) {
    let end = Number.NEGATIVE_INFINITY; // labels that would overlap the last one are left out; their lines stay
    for (const { x, colour, label, dash } of marks) {
      const at = this.x(x);
      if (!(at >= box.left - 0.5 && at <= box.right + 0.5)) continue;
      const look = { stroke: themed(colour), "stroke-dasharray": DASHES[dash] };
      add(this.svg, "line", { class: "mark", x1: at, x2: at, y1: box.top, y2: box.bottom, ...look });
      const half = 3.3 * label.length;
      if (!label || at - half < end) continue;
      end = at + half + 6;
      add(this.svg, "text", { class: "mark-label", x: at, y: box.top - 7, style: inkOf(colour) }, label);
    }
  }

  /**
   * Draw a curve; returns the positions of its selectable points.
   *
   * @param {Curve} curve
   * @param {SVGElement} parent
   * @param {Box} box
   * @param {number} aside
   * @returns {(Place | null)[]}
   */
  curve(curve, parent, box, aside) {
    const group = add(parent, "g", { class: "curve" });
    Object.assign(group.dataset, { name: curve.name, points: curve.x.length });
    const colour = themed(curve.colour);
    /** @type {(Place | null)[]} */
    const places = curve.y.map((y, k) => (y === null ? null : [this.x(curve.x[k]) + aside, this.y(y)]));
    const known = places.filter((place) => place !== null);
    if (curve.fill && known.length) {
      const [first, last] = [known[0], known[known.length - 1]];
      const d = `${path(known)}L${last[0]} ${box.bottom}L${first[0]} ${box.bottom}Z`;
      add(group, "path", { class: "area", d, fill: colour });
    }
    add(group, "path", { class: "bars", d: barsOf(curve, places, this.y).join(""), stroke: colour });
    const look = { stroke: colour, "stroke-width": curve.width, "stroke-dasharray": DASHES[curve.dash] };
    add(group, "path", { class: `line ${curve.dash}`, d: path(places), ...look });
    for (const [x, y] of curve.marker ? known : []) {
      const transform = `translate(${x.toFixed(1)} ${y.toFixed(1)})`;
      add(group, "path", { class: "point", d: MARKERS[curve.marker], transform, fill: colour });
    }
    return curve.live ? places : places.map(() => null);
  }

  /**
   * @param {Curve[]} curves
   * @param {Box} box
   */
  names(curves, box) {
    for (const { curve, height } of nameHeights(curves, box, this.y)) {
      const place = { x: box.right + 6, y: height + 4 };
      add(this.svg, "text", { class: "end", ...place, style: inkOf(curve.colour) }, curve.label);
    }
  }

  /**
   * The selectable point at a position; null if none is near.
   *
   * @param {Place} place
   */
  under(place) {
    return nearest(this.points, place, REACH);
  }

  /**
   * The position of a point; null if it is not selectable.
   *
   * @param {Point | null} at
   */
  place(at) {
    return (at && this.points[at.curve]?.[at.point]) ?? null;
  }

  /**
   * Draw a ring around a point, or none.
   *
   * @param {Point} at
   */
  showRing(at) {
    const place = this.place(at);
    if (!this.ring) return;
    this.ring.setAttribute("visibility", place ? "visible" : "hidden");
    if (!place) return;
    this.ring.setAttribute("cx", String(place[0]));
    this.ring.setAttribute("cy", String(place[1]));
  }
}

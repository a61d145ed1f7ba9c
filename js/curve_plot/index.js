// The browser's half of CurvePlot (curve_plot.py): one SVG, drawn anew whenever its numbers change.
// Message to Python: {type: "pick", curve, point}.

import { fill, tr } from "../lib/i18n.js";
import { number, ticks } from "../lib/scale.js";
import { themed } from "../lib/theme.js";

const SVG = "http://www.w3.org/2000/svg";
const DASHES = { solid: "", dashed: "6 4", dotted: "1.5 3.5" };
const REACH = 26; // CSS pixels from a point at which the pointer has it
const HELP = tr("Left and right arrow keys walk along a curve, up and down to another one, Enter chooses the point.");

/** Outlines of the markers round the origin, about 8 pixels wide. */
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

function node(parent, tag, attributes = {}, text = null) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (text !== null) made.textContent = text;
  return parent.appendChild(made);
}

/** Ticks that an upright axis of a chart has room for. */
const rows = (height) => Math.max(2, (height - 50) / 40);

/** Where a scale's numbers are between two pixels. */
function placed({ low, high, log }, from, to) {
  const f = log ? Math.log10 : (value) => value;
  return (value) => from + ((f(value) - f(low)) / (f(high) - f(low))) * (to - from);
}

/** The parts of a line between gaps, as path data. */
function path(points) {
  let pen = "M";
  return points
    .map((p) => {
      if (p === null) {
        pen = "M";
        return "";
      }
      const step = `${pen}${p[0].toFixed(1)} ${p[1].toFixed(1)}`;
      pen = "L";
      return step;
    })
    .join("");
}

class Plot {
  constructor(root) {
    this.root = root;
    this.svg = node(root, "svg", { "aria-hidden": "true" });
    this.points = []; // of every curve: [x, y] in pixels, or null
    this.clip = `dwmtj-clip-${Math.random().toString(36).slice(2)}`;
  }

  draw(chart, width, height) {
    this.chart = chart;
    this.height = height;
    this.svg.replaceChildren();
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.svg.setAttribute("width", width);
    this.svg.setAttribute("height", height);
    const { x, y, curves, marks, regions } = chart;
    const longest = Math.max(0, ...curves.map((c) => c.label.length));
    const widest = Math.max(...ticks(y, rows(height)).map((value) => number(value).length));
    const box = {
      left: (y.label ? 22 : 6) + 6.6 * widest + 8,
      right: width - (longest ? Math.min(12 + 7.8 * longest, 0.28 * width) : 10),
      top: marks.some((m) => m.label) ? 20 : 8,
      bottom: height - (x.label ? 36 : 20),
    };
    this.x = placed(x, box.left, box.right);
    this.y = placed(y, box.bottom, box.top);
    const clip = node(this.svg, "clipPath", { id: this.clip });
    node(clip, "rect", {
      x: box.left - 1,
      y: box.top,
      width: Math.max(box.right - box.left + 2, 1),
      height: box.bottom - box.top + 1,
    });
    for (const region of regions) this.region(region, box);
    this.axes(x, y, box);
    this.marks(marks, box);
    const inside = node(this.svg, "g", { "clip-path": `url(#${this.clip})` });
    const aside = this.aside(curves);
    this.points = curves.map((curve, k) => this.curve(curve, inside, box, aside[k]));
    this.labels(curves, box);
    this.ring = node(this.svg, "circle", { class: "ring", r: 9, visibility: "hidden" });
    if (chart.message) {
      node(
        this.svg,
        "text",
        { class: "message", x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 },
        chart.message,
      );
    }
  }

  region({ low, high, label }, box) {
    const [left, right] = [Math.max(this.x(low), box.left), Math.min(this.x(high), box.right)];
    if (!(right > left)) return;
    node(this.svg, "rect", { class: "region", x: left, y: box.top, width: right - left, height: box.bottom - box.top });
    if (label) node(this.svg, "text", { class: "region-label", x: (left + right) / 2, y: box.bottom - 6 }, label);
  }

  axes(x, y, box) {
    for (const value of ticks(y, rows(this.height))) {
      const at = this.y(value);
      node(this.svg, "line", { class: "grid", x1: box.left, x2: box.right, y1: at, y2: at });
      node(this.svg, "text", { class: "tick y", x: box.left - 6, y: at + 4 }, number(value));
    }
    for (const value of ticks(x, Math.max(3, (box.right - box.left) / 52))) {
      const at = this.x(value);
      node(this.svg, "line", { class: "axis", x1: at, x2: at, y1: box.bottom, y2: box.bottom + 4 });
      node(this.svg, "text", { class: "tick", x: at, y: box.bottom + 16 }, number(value));
    }
    node(this.svg, "path", { class: "axis", d: `M${box.left} ${box.top}V${box.bottom}H${box.right}` });
    node(this.svg, "text", { class: "name", x: (box.left + box.right) / 2, y: box.bottom + 31 }, x.label);
    const middle = (box.top + box.bottom) / 2;
    node(this.svg, "text", { class: "name", x: 0, y: 0, transform: `translate(12 ${middle}) rotate(-90)` }, y.label);
  }

  marks(marks, box) {
    let end = -Infinity; // labels that would lie on the one before are left out; the line itself stays
    for (const { x, colour, label, dash } of marks) {
      const at = this.x(x);
      if (!(at >= box.left - 0.5 && at <= box.right + 0.5)) continue;
      node(this.svg, "line", {
        class: "mark",
        x1: at,
        x2: at,
        y1: box.top,
        y2: box.bottom,
        stroke: themed(colour),
        "stroke-dasharray": DASHES[dash],
      });
      const half = 3.3 * label.length;
      if (!label || at - half < end) continue;
      end = at + half + 6;
      node(this.svg, "text", { class: "mark-label", x: at, y: box.top - 7, style: `fill: ${themed(colour)}` }, label);
    }
  }

  /** How many pixels each curve stands aside, so that intervals at the same place can be told apart. */
  aside(curves) {
    const shown = curves.filter((c) => c.low.length);
    if (!this.chart.dodge || shown.length < 2) return curves.map(() => 0);
    const places = [...new Set(shown.flatMap((c) => c.x))].map(this.x).sort((a, b) => a - b);
    const gaps = places.slice(1).map((at, k) => at - places[k]);
    const step = Math.min(2.5, ...gaps.map((gap) => gap / (shown.length + 1)));
    return curves.map((c) => (c.low.length ? step * (shown.indexOf(c) - (shown.length - 1) / 2) : 0));
  }

  curve(curve, parent, box, aside) {
    const group = node(parent, "g", { class: "curve" });
    group.dataset.name = curve.name;
    group.dataset.points = String(curve.x.length);
    const places = curve.x.map((x, k) => (curve.y[k] === null ? null : [this.x(x) + aside, this.y(curve.y[k])]));
    const known = places.filter((place) => place !== null);
    if (curve.fill && known.length) {
      const ends = [known[0], known[known.length - 1]].map(([at]) => at);
      node(group, "path", {
        class: "area",
        d: `${path(known)}L${ends[1]} ${box.bottom}L${ends[0]} ${box.bottom}Z`,
        fill: themed(curve.colour),
      });
    }
    const bars = curve.x.map((x, k) => {
      const [low, high] = [curve.low[k] ?? null, curve.high[k] ?? null];
      if (low === null || high === null || places[k] === null) return "";
      const [at, from, to] = [this.x(x) + aside, this.y(low), this.y(high)].map((v) => v.toFixed(1));
      return `M${at} ${from}V${to}M${at - 3} ${from}h6M${at - 3} ${to}h6`;
    });
    node(group, "path", { class: "bars", d: bars.join(""), stroke: themed(curve.colour) });
    node(group, "path", {
      class: `line ${curve.dash}`,
      d: path(places),
      stroke: themed(curve.colour),
      "stroke-width": curve.width,
      "stroke-dasharray": DASHES[curve.dash],
    });
    if (curve.marker) {
      const shapes = known.map(([at, y]) => `translate(${at.toFixed(1)} ${y.toFixed(1)})`);
      for (const transform of shapes)
        node(group, "path", { class: "point", d: MARKERS[curve.marker], transform, fill: themed(curve.colour) });
    }
    return curve.live ? places : places.map(() => null);
  }

  /** Names at the right ends of the lines, moved apart where they would overlap. */
  labels(curves, box) {
    const ends = curves
      .flatMap((curve, k) => {
        const known = curve.y.flatMap((y, i) => (y === null ? [] : [i]));
        if (!curve.label || !known.length) return [];
        // The curve's right end, whichever way its points go.
        const last = known.reduce((a, b) => (curve.x[b] >= curve.x[a] ? b : a));
        return [{ curve, at: this.x(curve.x[last]), y: this.y(curve.y[last]) }];
      })
      .sort((a, b) => a.y - b.y);
    const gap = 13;
    ends.forEach((end, k) => {
      end.place = Math.max(end.y, k ? ends[k - 1].place + gap : box.top + 4);
    });
    const excess = ends.length ? ends[ends.length - 1].place - (box.bottom - 4) : 0;
    if (excess > 0) {
      ends.reverse().forEach((end, k) => {
        end.place = Math.min(end.place, k ? ends[k - 1].place - gap : box.bottom - 4);
      });
    }
    for (const { curve, place } of ends) {
      node(
        this.svg,
        "text",
        { class: "end", x: box.right + 6, y: place + 4, style: `fill: ${themed(curve.colour)}` },
        curve.label,
      );
    }
  }

  /** The live point nearest to a place, within reach. */
  nearest(x, y) {
    let best = { distance: REACH, curve: -1, point: -1 };
    this.points.forEach((places, curve) =>
      places.forEach((place, point) => {
        if (place === null) return;
        const distance = Math.hypot(place[0] - x, place[1] - y);
        if (distance < best.distance) best = { distance, curve, point };
      }),
    );
    return best.curve < 0 ? null : best;
  }

  place(at) {
    return at && this.points[at.curve]?.[at.point] ? this.points[at.curve][at.point] : null;
  }

  showRing(at) {
    const place = this.place(at);
    if (!this.ring) return;
    this.ring.setAttribute("visibility", place ? "visible" : "hidden");
    if (place) {
      this.ring.setAttribute("cx", place[0]);
      this.ring.setAttribute("cy", place[1]);
    }
  }

  text({ curve, point }) {
    const { x, y, curves } = this.chart;
    const c = curves[curve];
    const unit = (scale) => (scale.unit ? ` ${scale.unit}` : "");
    const [low, high] = [c.low[point] ?? null, c.high[point] ?? null];
    const range =
      low === null || high === null ? "" : fill(tr(" ({low} to {high})"), { low: number(low), high: number(high) });
    const note = c.notes[point] ? `, ${c.notes[point]}` : "";
    return `${c.name}, ${x.symbol ? `${x.symbol} = ` : ""}${number(c.x[point])}${unit(x)}: ${number(c.y[point])}${unit(y)}${range}${note}`;
  }
}

function render({ model, el }) {
  const root = el.appendChild(document.createElement("div"));
  root.className = "dwmtj-curve-plot";
  root.tabIndex = 0;
  root.setAttribute("role", "application");
  const plot = new Plot(root);
  const tip = root.appendChild(document.createElement("div"));
  tip.className = "tip";
  tip.setAttribute("role", "status");
  tip.hidden = true;
  let walked = null; // where the arrow keys are

  function draw() {
    const chart = model.get("_chart");
    root.setAttribute("aria-label", `${model.get("label")}. ${HELP}`);
    root.style.height = model.get("height") ? `${model.get("height")}px` : "";
    root.classList.toggle("fills", !model.get("height"));
    const { clientWidth: width, clientHeight: height } = root;
    if (!chart.x || width < 60 || height < 60) return;
    plot.draw(chart, width, height);
    root.dataset.curves = String(chart.curves.length);
    root.dataset.points = String(chart.curves.reduce((sum, c) => sum + c.y.filter((v) => v !== null).length, 0));
    root.classList.toggle(
      "live",
      chart.curves.some((c) => c.live && c.x.length),
    );
    onSelected();
    if (!tip.hidden && walked) show(walked);
  }

  function onSelected() {
    const [curve, point] = model.get("selected");
    plot.showRing({ curve, point });
    root.dataset.selected = `${curve},${point}`;
  }

  function show(at) {
    const place = plot.place(at);
    tip.hidden = !place;
    if (!place) return;
    tip.textContent = plot.text(at);
    const left = place[0] > root.clientWidth / 2;
    tip.style.left = left ? "" : `${place[0] + 12}px`;
    tip.style.right = left ? `${root.clientWidth - place[0] + 12}px` : "";
    tip.style.top = `${Math.max(place[1] - 40, 0)}px`;
  }

  function under(event) {
    const { left, top } = root.getBoundingClientRect();
    return plot.nearest(event.clientX - left, event.clientY - top);
  }

  function pick({ curve, point }) {
    model.send({ type: "pick", curve, point });
  }

  root.addEventListener("pointermove", (event) => {
    walked = under(event);
    root.style.cursor = walked ? "pointer" : "";
    show(walked);
  });
  root.addEventListener("pointerleave", () => {
    tip.hidden = true;
  });
  root.addEventListener("blur", () => {
    tip.hidden = true;
  });
  root.addEventListener("click", (event) => {
    const at = under(event);
    if (at) {
      walked = at;
      show(at);
      pick(at);
    }
  });
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Enter" && walked) {
      event.preventDefault();
      pick(walked);
      return;
    }
    if (event.key === "Escape") {
      tip.hidden = true;
      return;
    }
    const along = { ArrowLeft: -1, ArrowRight: 1 }[event.key] ?? 0;
    const across = { ArrowUp: -1, ArrowDown: 1 }[event.key] ?? 0;
    if (!along && !across) return;
    event.preventDefault();
    const live = plot.points.flatMap((places, curve) => places.flatMap((p, point) => (p ? [{ curve, point, p }] : [])));
    if (!live.length) return;
    const from = plot.place(walked);
    if (!from) {
      [walked] = live;
    } else if (along) {
      const own = live.filter((l) => l.curve === walked.curve).sort((a, b) => a.p[0] - b.p[0]);
      const k = own.findIndex((l) => l.point === walked.point) + along;
      walked = own[Math.min(Math.max(k, 0), own.length - 1)];
    } else {
      const others = [...new Set(live.map((l) => l.curve))];
      const curve = others[(others.indexOf(walked.curve) + across + others.length) % others.length];
      walked = live
        .filter((l) => l.curve === curve)
        .reduce((a, b) => (Math.abs(b.p[0] - from[0]) < Math.abs(a.p[0] - from[0]) ? b : a));
    }
    show(walked);
  });

  const watcher = new ResizeObserver(draw);
  watcher.observe(root);
  model.on("change:_chart", draw);
  model.on("change:height", draw);
  model.on("change:label", draw);
  model.on("change:selected", onSelected);
  return () => {
    watcher.disconnect();
    model.off("change:_chart", draw);
    model.off("change:height", draw);
    model.off("change:label", draw);
    model.off("change:selected", onSelected);
  };
}

export default { render };

// Made from js/ by `npm --prefix js run build`. Do not edit.

// lib/dom.js
var SVG = "http://www.w3.org/2000/svg";
function element(parent, tag, className, properties = {}) {
  return parent.appendChild(Object.assign(document.createElement(tag), { className }, properties));
}
function svgElement(tag, attributes = {}, text = "") {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  if (text) made.textContent = text;
  return made;
}
function listeners(model) {
  const abort = new AbortController();
  const { signal } = abort;
  function on(target, type, handler, options = {}) {
    target.addEventListener(type, handler, { signal, ...options });
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

// lib/i18n.js
var texts = typeof TEXTS === "undefined" ? {} : TEXTS;
var tr = (text) => texts[text] ?? text;
var fill = (text, values) => text.replace(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));

// lib/picking.js
function picking(root, on, { under, next, show, hide, pick }) {
  let pointed = null;
  on(root, "pointermove", (event) => {
    pointed = under(event);
    root.style.cursor = pointed ? "pointer" : "";
    show(pointed);
  });
  on(root, "pointerleave", hide);
  on(root, "blur", hide);
  on(root, "click", (event) => {
    const at = under(event);
    if (!at) return;
    pointed = at;
    show(at);
    pick(at);
  });
  on(root, "keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Escape") return hide();
    const isPicked = event.key === "Enter" && pointed;
    const to = isPicked ? pointed : next(event.key, pointed);
    if (!to) return;
    event.preventDefault();
    if (isPicked) return pick(to);
    pointed = to;
    show(to);
  });
  return () => pointed;
}

// lib/keys.js
var ARROWS = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0]
};

// lib/numbers.js
var clamp = (value, least, most) => Math.min(Math.max(value, least), most);
var written = (value, digits = 4) => Number(value.toPrecision(digits)).toString().replaceAll("-", "−");

// curve_plot/keys.js
function walked(key, points, from) {
  if (!(key in ARROWS)) return null;
  const [across, along] = ARROWS[
    /** @type {keyof typeof ARROWS} */
    key
  ];
  const live = points.flatMap(
    (places, curve) => places.flatMap((place, point) => place ? [
      /** @type {Live} */
      { curve, point, place }
    ] : [])
  );
  const start = live.find(({ curve, point }) => curve === from?.curve && point === from.point);
  if (!start) return live[0] ?? null;
  return along ? alongCurve(live, start, along) : acrossCurves(live, start, across);
}
function alongCurve(live, start, step) {
  const own = live.filter(({ curve }) => curve === start.curve).sort((a, b) => a.place[0] - b.place[0]);
  return own[clamp(own.indexOf(start) + step, 0, own.length - 1)];
}
function acrossCurves(live, start, step) {
  const curves = [...new Set(live.map(({ curve }) => curve))];
  const next = curves[(curves.indexOf(start.curve) + step + curves.length) % curves.length];
  const gap = ({ place }) => Math.abs(place[0] - start.place[0]);
  return live.filter(({ curve }) => curve === next).reduce((a, b) => gap(b) < gap(a) ? b : a);
}

// curve_plot/model.js
var unitOf = ({ unit }) => unit ? ` ${unit}` : "";
function pointText({ x, y, curves }, { curve, point }) {
  const { name, notes, ...c } = curves[curve];
  const [low, high] = [c.low[point] ?? null, c.high[point] ?? null];
  const range = low === null || high === null ? "" : fill(tr(" ({low} to {high})"), { low: written(low), high: written(high) });
  const note = notes[point] ? `, ${notes[point]}` : "";
  const where = `${x.symbol ? `${x.symbol} = ` : ""}${written(c.x[point])}${unitOf(x)}`;
  const value = (
    /** @type {number} */
    c.y[point]
  );
  return `${name}, ${where}: ${written(value)}${unitOf(y)}${range}${note}`;
}

// lib/scale.js
function roundStep(length) {
  const power = 10 ** Math.floor(Math.log10(length));
  return power * ([1, 2, 5].find((digit) => digit * power >= length * 0.9999) ?? 10);
}
function multiples({ low, high }, step) {
  const found = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k += 1) found.push(k * step);
  return found;
}
function decades({ low, high }, digits) {
  const found = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power += 1) {
    for (const digit of digits) {
      const value = digit * 10 ** power;
      if (value >= low * 0.9999 && value <= high * 1.0001) found.push(value);
    }
  }
  return found;
}
function ticks(scale, most) {
  const fine = scale.log ? decades(scale, [1, 2, 5]) : [];
  const found = fine.length > 2 * most ? decades(scale, [1]) : fine;
  if (found.length > 1) return found;
  const even = multiples(scale, roundStep((scale.high - scale.low) / most));
  return even.length > 1 || most > 100 ? even : ticks(scale, 2 * most);
}

// lib/theme.js
var themed = (colour) => colour.startsWith("#") ? `var(--dwmtj-${colour.slice(1)}, ${colour})` : colour;

// curve_plot/layout.js
var uprightTicks = (scale, height) => ticks(scale, Math.max(2, (height - 50) / 40));
function placed({ low, high, log }, from, to) {
  const f = log ? Math.log10 : (value) => value;
  return (value) => from + (f(value) - f(low)) / (f(high) - f(low)) * (to - from);
}
function boxFor({ x, y, curves, marks }, width, height) {
  const longest = Math.max(0, ...curves.map(({ label }) => label.length));
  const widest = Math.max(...uprightTicks(y, height).map((value) => written(value).length));
  return {
    left: (y.label ? 22 : 6) + 6.6 * widest + 8,
    right: width - (longest ? Math.min(12 + 7.8 * longest, 0.28 * width) : 10),
    top: marks.some(({ label }) => label) ? 20 : 8,
    bottom: height - (x.label ? 36 : 20)
  };
}
function asides({ curves, dodge }, x) {
  const shown = curves.filter(({ low }) => low.length);
  if (!dodge || shown.length < 2) return curves.map(() => 0);
  const places = [...new Set(shown.flatMap((curve) => curve.x))].map(x).sort((a, b) => a - b);
  const gaps = places.slice(1).map((at, k) => at - places[k]);
  const step = Math.min(2.5, ...gaps.map((gap) => gap / (shown.length + 1)));
  return curves.map((curve) => curve.low.length ? step * (shown.indexOf(curve) - (shown.length - 1) / 2) : 0);
}
function nameHeights(curves, box, y) {
  const gap = 13;
  const ends = curves.flatMap((curve) => {
    const known = curve.y.flatMap((value, k) => value === null ? [] : [k]);
    if (!curve.label || !known.length) return [];
    const last = known.reduce((a, b) => curve.x[b] >= curve.x[a] ? b : a);
    return [{ curve, y: y(
      /** @type {number} */
      curve.y[last]
    ), height: 0 }];
  }).sort((a, b) => a.y - b.y);
  let least = box.top + 4;
  for (const end of ends) {
    end.height = Math.max(end.y, least);
    least = end.height + gap;
  }
  let most = box.bottom - 4;
  if (!ends.length || ends[ends.length - 1].height <= most) return ends;
  for (const end of [...ends].reverse()) {
    end.height = Math.min(end.height, most);
    most = end.height - gap;
  }
  return ends;
}
function path(points) {
  let pen = "M";
  const step = (point) => {
    const drawn = point && `${pen}${point[0].toFixed(1)} ${point[1].toFixed(1)}`;
    pen = point ? "L" : "M";
    return drawn ?? "";
  };
  return points.map(step).join("");
}
function nearest(points, [x, y], reach) {
  let [least, found] = [
    reach,
    /** @type {import("./model.js").Point | null} */
    null
  ];
  points.forEach((places, curve) => {
    places.forEach((place, point) => {
      const distance = place ? Math.hypot(place[0] - x, place[1] - y) : reach;
      if (distance < least) [least, found] = [distance, { curve, point }];
    });
  });
  return found;
}
function visible({ low, high }, { left, right }, x) {
  const [from, to] = [Math.max(x(low), left), Math.min(x(high), right)];
  return to > from ? { from, to } : null;
}

// curve_plot/picture.js
var DASHES = { solid: "", dashed: "6 4", dotted: "1.5 3.5" };
var REACH = 26;
var MARKERS = {
  circle: "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0Z",
  square: "M-3.6 -3.6H3.6V3.6H-3.6Z",
  triangle: "M0 -4.8L4.6 3.6H-4.6Z",
  diamond: "M0 -5L4.6 0L0 5L-4.6 0Z",
  nabla: "M0 4.8L4.6 -3.6H-4.6Z",
  cross: "M-4 -2L-2 -4L0 -2L2 -4L4 -2L2 0L4 2L2 4L0 2L-2 4L-4 2L-2 0Z",
  plus: "M-1.6 -4.6H1.6V-1.6H4.6V1.6H1.6V4.6H-1.6V1.6H-4.6V-1.6H-1.6Z",
  star: "M0 -5.4L1.5 -1.8L5.2 -1.6L2.3 0.8L3.2 4.4L0 2.4L-3.2 4.4L-2.3 0.8L-5.2 -1.6L-1.5 -1.8Z"
};
var inkOf = (colour) => `fill: ${themed(colour)}`;
function add(parent, tag, attributes, text = "") {
  return parent.appendChild(svgElement(tag, attributes, text));
}
function barsOf({ low, high }, places, y) {
  return places.map((place, k) => {
    const [least, most] = [low[k] ?? null, high[k] ?? null];
    if (least === null || most === null || !place) return "";
    const [at, from, to] = [place[0], y(least), y(most)].map((value) => value.toFixed(1));
    return `M${at} ${from}V${to}M${Number(at) - 3} ${from}h6M${Number(at) - 3} ${to}h6`;
  });
}
var Picture = class {
  /** @param {Element} root */
  constructor(root) {
    this.svg = add(root, "svg", { "aria-hidden": "true" });
    this.clip = `dwmtj-clip-${Math.random().toString(36).slice(2)}`;
    this.points = [];
    this.chart = null;
    this.ring = null;
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
    let end = Number.NEGATIVE_INFINITY;
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
    const places = curve.y.map((y, k) => y === null ? null : [this.x(curve.x[k]) + aside, this.y(y)]);
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
};

// curve_plot/index.js
var HELP = tr("Left and right arrow keys walk along a curve, up and down to another one, Enter chooses the point.");
function render({ model, el }) {
  const root = element(el, "div", "dwmtj-curve-plot", { tabIndex: 0 });
  root.setAttribute("role", "application");
  const picture = new Picture(root);
  const tip = element(root, "div", "tip", { hidden: true });
  tip.setAttribute("role", "status");
  const { on, change, onSize, stop } = listeners(model);
  function draw() {
    const chart = model.get("_chart");
    root.setAttribute("aria-label", `${model.get("label")}. ${HELP}`);
    root.style.height = model.get("height") ? `${model.get("height")}px` : "";
    root.classList.toggle("fills", !model.get("height"));
    const { clientWidth: width, clientHeight: height } = root;
    if (!chart.x || width < 60 || height < 60) return;
    picture.draw(chart, width, height);
    const { curves } = chart;
    const points = curves.reduce((sum, { y }) => sum + y.filter((value) => value !== null).length, 0);
    Object.assign(root.dataset, { curves: curves.length, points });
    const isLive = curves.some(({ live, x }) => live && x.length);
    root.classList.toggle("live", isLive);
    onSelected();
    if (!tip.hidden) show(pointed());
  }
  function onSelected() {
    const [curve, point] = model.get("selected");
    picture.showRing({ curve, point });
    root.dataset.selected = `${curve},${point}`;
  }
  function show(at) {
    const place = picture.place(at);
    tip.hidden = !place;
    if (!place || !at || !picture.chart) return;
    tip.textContent = pointText(picture.chart, at);
    const isRight = place[0] > root.clientWidth / 2;
    tip.style.left = isRight ? "" : `${place[0] + 12}px`;
    tip.style.right = isRight ? `${root.clientWidth - place[0] + 12}px` : "";
    tip.style.top = `${Math.max(place[1] - 40, 0)}px`;
  }
  function hide() {
    tip.hidden = true;
  }
  function under(event) {
    const { left, top } = root.getBoundingClientRect();
    return picture.under([event.clientX - left, event.clientY - top]);
  }
  function pick({ curve, point }) {
    model.send({ type: "pick", curve, point });
  }
  const pointed = picking(root, on, {
    under,
    next: (key, from) => walked(key, picture.points, from),
    show,
    hide,
    pick
  });
  onSize(root, draw);
  change(["_chart", "height", "label"], draw);
  change("selected", onSelected);
  return stop;
}
var curve_plot_default = { render };
export {
  curve_plot_default as default
};

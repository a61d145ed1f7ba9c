// Made from js/ by `npm --prefix js run build`. Do not edit.

// lib/canvas.js
function fitCanvas(canvas) {
  const ratio = window.devicePixelRatio || 1;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight].map((side) => Math.round(side * ratio));
  if (canvas.width === width && canvas.height === height) return false;
  Object.assign(canvas, { width, height });
  return true;
}
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

// lib/colour.js
function colourTable([low, middle, high]) {
  const parts = (colour) => [1, 3, 5].map((k) => parseInt(colour.slice(k, k + 2), 16));
  const [from, half, to] = [low, middle, high].map(parts);
  return Array.from({ length: 256 }, (_, byte) => {
    const share = byte / 127.5 - 1;
    const end = share < 0 ? from : to;
    return half.map((value, k) => Math.round(value + Math.abs(share) * (end[k] - value)));
  });
}

// lib/dom.js
function element(parent, tag, className, properties = {}) {
  return parent.appendChild(Object.assign(document.createElement(tag), { className }, properties));
}
var setAttributes = (node, attributes) => {
  for (const [name, value] of Object.entries(attributes)) {
    if (node.getAttribute(name) !== value) node.setAttribute(name, value);
  }
};
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
var decimals = (value) => (Math.abs(value) < 5e-3 ? 0 : value).toFixed(2).replace("-", "−");

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

// sphere_field/drawing.js
var [TURN, RISE] = [Math.PI / 6, Math.PI / 15];
var [S, C, P, Q] = [Math.sin(TURN), Math.cos(TURN), Math.sin(RISE), Math.cos(RISE)];
var AWAY = -0.05;
var NUMBERED = 24;
var SHADES = {};
var SHADE_NAMES = {
  ink: "ink",
  faint: "faint",
  grey: "#9aa7b5",
  line: "zero",
  cut: "rule",
  accent: "accent",
  paper: "paper",
  ball: "ball",
  focus: "focus"
};
var project = ([x, y, z]) => [C * x - S * z, -S * P * x + Q * y - C * P * z, S * x + C * z];
function gridFor(count, width, height) {
  let best = { side: 0 };
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const side = Math.min(width / columns, height / rows);
    if (side > best.side) best = { side, columns, rows };
  }
  return best;
}
function drawArrow(context, vector, r, colour) {
  const [right, up, depth] = project(vector);
  const isAway = depth < AWAY;
  const [tip, length] = [[0.94 * r * right, -0.94 * r * up], 0.94 * r * Math.hypot(right, up)];
  const head = Math.min(0.36 * r * (1 + 0.15 * depth), Math.max(length, 0.2 * r));
  const [thick, edge] = [clamp(0.13 * r, 1.6, 7), clamp(0.045 * r, 0.7, 1.5)];
  const angle = Math.atan2(tip[1], tip[0]);
  const neck = Math.max(length - (isAway ? 1 : 0.85) * head, 0);
  context.save();
  context.globalAlpha *= isAway ? clamp(0.8 + 0.5 * depth, 0.4, 0.8) : 1;
  context.rotate(angle);
  Object.assign(context, { strokeStyle: SHADES.ink, fillStyle: colour, lineJoin: "round", lineCap: "butt" });
  context.lineWidth = edge;
  const half = (isAway ? 0.55 : 1) * (thick / 2);
  context.beginPath();
  context.arc(0, 0, half + 0.3, Math.PI / 2, 3 * Math.PI / 2);
  context.lineTo(neck, -half);
  context.lineTo(neck, half);
  context.closePath();
  context.fill();
  context.stroke();
  context.beginPath();
  if (length < 0.3 * r) {
    context.arc(length, 0, 0.17 * r, 0, 2 * Math.PI);
  } else {
    context.moveTo(length, 0);
    context.lineTo(length - head, -0.55 * head);
    context.lineTo(length - head, 0.55 * head);
    context.closePath();
  }
  context.fillStyle = isAway ? SHADES.paper : colour;
  context.fill();
  if (isAway) Object.assign(context, { lineWidth: 1.6 * edge });
  context.stroke();
  context.restore();
}
function drawSphere(context, r, isCut) {
  context.fillStyle = isCut ? SHADES.cut : SHADES.ball;
  context.strokeStyle = SHADES.line;
  context.lineWidth = clamp(0.03 * r, 0.7, 1.2);
  context.beginPath();
  context.arc(0, 0, r, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
  if (r < 9) return;
  context.beginPath();
  context.ellipse(0, 0, r, P * r, 0, 0, Math.PI);
  context.stroke();
  if (r < 16) return;
  context.globalAlpha = 0.6;
  context.setLineDash([2, 3]);
  context.beginPath();
  context.ellipse(0, 0, r, P * r, 0, Math.PI, 2 * Math.PI);
  context.stroke();
  context.setLineDash([]);
  context.globalAlpha = 1;
}
function drawCross(context, r) {
  const reach = 0.66 * r;
  for (const [colour, width] of [
    [SHADES.paper, 0.18 * r],
    [SHADES.faint, 0.08 * r]
  ]) {
    Object.assign(context, { strokeStyle: colour, lineWidth: clamp(width, 1.2, 7), lineCap: "round" });
    context.beginPath();
    context.moveTo(-reach, -reach);
    context.lineTo(reach, reach);
    context.moveTo(reach, -reach);
    context.lineTo(-reach, reach);
    context.stroke();
  }
}
var Spheres = class {
  constructor(canvas) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d", { alpha: false });
    this.layer = new OffscreenCanvas(1, 1);
    this.layout = { columns: 1, rows: 1, side: 1 };
    this.count = 0;
    this.painted = [];
  }
  /** Paint `bytes` (three a vector); `looks[k]` is "", or words of "cut", "hover" and "selected". Returns how many. */
  paint(bytes, looks, colours) {
    const count = bytes.length / 3;
    if (fitCanvas(this.canvas) || count !== this.count) this.layOut(count);
    let changed = 0;
    for (let k = 0; k < count; k += 1) {
      const wanted = `${bytes[3 * k]} ${bytes[3 * k + 1]} ${bytes[3 * k + 2]} ${looks[k]}`;
      if (this.painted[k] === wanted) continue;
      this.painted[k] = wanted;
      changed += 1;
      this.paintOne(
        k,
        [0, 1, 2].map((axis) => bytes[3 * k + axis] / 127),
        looks[k],
        colours
      );
    }
    return changed;
  }
  /** Paint everything anew, in other colours. */
  forget() {
    this.count = -1;
  }
  layOut(count) {
    const { canvas, context, layer } = this;
    this.count = count;
    this.painted = new Array(count).fill("");
    this.layout = gridFor(count, canvas.clientWidth, canvas.clientHeight);
    this.radius = 0.43 * this.layout.side;
    this.ratio = window.devicePixelRatio || 1;
    Object.assign(layer, { width: canvas.width, height: canvas.height });
    const below = layer.getContext("2d");
    below.fillStyle = SHADES.paper;
    below.fillRect(0, 0, layer.width, layer.height);
    for (let k = 0; k < count; k += 1) this.drawBelow(below, k);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(layer, 0, 0);
  }
  /** Left and top edge of a cell and its size, on whole device pixels, so that cells neither overlap nor gape. */
  cell(k) {
    const { columns, rows } = this.layout;
    const [column, row] = [k % columns, Math.floor(k / columns)];
    const edge = (index, parts, length) => Math.round(index * length / parts);
    const [left, right] = [column, column + 1].map((index) => edge(index, columns, this.canvas.width));
    const [top, bottom] = [row, row + 1].map((index) => edge(index, rows, this.canvas.height));
    return [left, top, right - left, bottom - top];
  }
  /** Draw in CSS pixels from the middle of a cell. */
  enter(context, k) {
    const [left, top, width, height] = this.cell(k);
    context.setTransform(this.ratio, 0, 0, this.ratio, left + width / 2, top + height / 2);
  }
  drawBelow(context, k) {
    this.enter(context, k);
    drawSphere(context, this.radius, false);
    if (this.radius < NUMBERED) return;
    const [, , width, height] = this.cell(k);
    Object.assign(context, { fillStyle: SHADES.faint, font: "10px system-ui, sans-serif", textAlign: "left" });
    context.textBaseline = "top";
    const [x, y] = [width, height].map((side) => Math.max(1 - side / 2 / this.ratio, -this.radius - 3));
    context.fillText(String(k), x, y);
  }
  paintOne(k, vector, look, table) {
    const { context, radius } = this;
    const [left, top, width, height] = this.cell(k);
    const isCut = look.includes("cut");
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(this.layer, left, top, width, height, left, top, width, height);
    this.enter(context, k);
    if (isCut) drawSphere(context, radius, true);
    const byte = clamp(Math.round((vector[1] + 1) * 127.5), 0, 255);
    drawArrow(context, vector, radius, isCut ? SHADES.grey : `rgb(${table[byte].join(" ")})`);
    if (isCut) drawCross(context, radius);
    const ring = look.includes("selected") ? SHADES.focus : look.includes("hover") ? SHADES.accent : null;
    if (!ring) return;
    Object.assign(context, { strokeStyle: ring, lineWidth: clamp(0.09 * radius, 1.5, 3) });
    context.beginPath();
    context.arc(0, 0, radius + 0.5, 0, 2 * Math.PI);
    context.stroke();
  }
  /** The vector at a place in CSS pixels, -1 where there is none. */
  at(x, y) {
    const { columns, rows } = this.layout;
    const column = Math.floor(x / this.canvas.clientWidth * columns);
    const row = Math.floor(y / this.canvas.clientHeight * rows);
    const k = row * columns + column;
    return column >= 0 && column < columns && row >= 0 && k < this.count ? k : -1;
  }
};
var SVG = "http://www.w3.org/2000/svg";
function svgPart(parent, tag, attributes, textContent = "") {
  const node = parent.appendChild(document.createElementNS(SVG, tag));
  setAttributes(node, Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, String(value)])));
  node.textContent = textContent;
  return node;
}
function axesPicture(parent, names) {
  const r = 25;
  const svg = svgPart(parent, "svg", { viewBox: "-105 -42 185 72", width: 185, height: 72, "aria-hidden": "true" });
  svgPart(svg, "circle", { r, fill: SHADES.ball, stroke: SHADES.line });
  svgPart(svg, "path", { d: `M${-r} 0 A${r} ${P * r} 0 0 0 ${r} 0`, fill: "none", stroke: SHADES.line });
  const texts2 = [
    ["start", r + 4, 7],
    ["middle", 0, -r - 8],
    ["end", -r - 4, 9]
  ];
  names.forEach((name, axis) => {
    const [right, up] = project([0, 1, 2].map((k) => Number(k === axis)));
    const [x, y] = [1.14 * r * right, -1.14 * r * up];
    svgPart(svg, "line", { x1: 0, y1: 0, x2: x, y2: y, stroke: SHADES.ink, "stroke-width": 1.4 });
    const angle = Math.atan2(y, x) * 180 / Math.PI;
    const transform = `translate(${x} ${y}) rotate(${angle})`;
    svgPart(svg, "path", { d: "M2 0 L-5 -3 L-5 3 Z", fill: SHADES.ink, transform });
    const [anchor, left, base] = texts2[axis];
    svgPart(svg, "text", { x: left, y: base, "text-anchor": anchor, "font-size": 11, fill: SHADES.faint }, name);
  });
}
function arrowSample(parent, vector, colour, isCut) {
  const ratio = window.devicePixelRatio || 1;
  const canvas = element(parent, "canvas", "", { width: 30 * ratio, height: 30 * ratio });
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 15 * ratio, 15 * ratio);
  drawSphere(context, 14, isCut);
  drawArrow(context, vector, 14, colour);
  if (isCut) drawCross(context, 14);
}

// sphere_field/index.js
var HELP = tr("Arrow keys walk over the spheres, Home and End go to the first and the last, Escape selects none.");
var CUT = ", " + tr("cut");
function render({ model, el }) {
  const client = viewName();
  const root = element(el, "div", "dwmtj-sphere-field");
  const canvas = element(root, "canvas", "dwmtj-sphere-canvas", { tabIndex: 0 });
  const foot = element(root, "div", "dwmtj-sphere-foot");
  const legend = element(foot, "div", "dwmtj-sphere-legend", { ariaHidden: "true" });
  const reading = element(foot, "div", "dwmtj-sphere-reading");
  const help = element(root, "div", "", { id: `dwmtj-sphere-${client}`, textContent: HELP, hidden: true });
  const spheres = new Spheres(canvas);
  let vectors = new Int8Array();
  let cut = /* @__PURE__ */ new Set();
  let isNew = false;
  let frames = 0;
  let hovered = -1;
  let told = -1;
  let selected = model.get("selected");
  let [sequence, answered] = [0, 0];
  let table = colourTable(model.get("_colours"));
  const { on, watch, onSize, stop } = listeners(model);
  const paint = painter(draw);
  const theme = followTheme(root, SHADES, SHADE_NAMES, () => (spheres.forget(), dress(), paint.soon()));
  const count = () => vectors.length / 3;
  function draw() {
    if (told !== hovered) {
      told = hovered;
      model.send({ type: "hover", vector: hovered });
    }
    if (!canvas.clientWidth) return;
    theme.update();
    const looks = Array.from(
      { length: count() },
      (_, k) => `${cut.has(k) ? "cut " : ""}${k === selected ? "selected" : k === hovered ? "hover" : ""}`
    );
    const changed = spheres.paint(vectors, looks, table);
    frames += Number(isNew);
    isNew = false;
    const { columns, rows } = spheres.layout;
    const state = { frames, changed, columns, rows, selected, vectors: count(), cut: [...cut].join(" ") };
    Object.assign(canvas.dataset, state);
    read();
  }
  function read() {
    const k = hovered >= 0 ? hovered : selected;
    const isOne = k >= 0 && k < count();
    const [x, y, z] = isOne ? [0, 1, 2].map((axis) => decimals(vectors[3 * k + axis] / 127)) : [];
    const isCut = cut.has(k) ? CUT : "";
    const text = isOne ? `${model.get("item")} ${k}${isCut}: x ${x}, y ${y}, z ${z}` : "";
    if (reading.textContent !== text) reading.textContent = text;
  }
  function describe() {
    const last = Math.max(count() - 1, 0);
    const isOne = selected >= 0 && selected < count();
    const item = model.get("item");
    const isCut = cut.has(selected) ? CUT : "";
    const height = isOne ? `, y ${decimals(vectors[3 * selected + 1] / 127)}${isCut}` : "";
    const missing = cut.size ? fill(tr(", {number} cut"), { number: cut.size }) : "";
    setAttributes(canvas, {
      role: "slider",
      "aria-label": `${model.get("label")}: ${count()}${missing}. ${model.get("summary")}`.trim(),
      "aria-describedby": help.id,
      "aria-valuemin": "0",
      "aria-valuemax": String(last),
      "aria-valuenow": String(clamp(selected, 0, last)),
      "aria-valuetext": isOne ? `${item} ${selected}${height}` : fill(tr("no {item} selected"), { item })
    });
  }
  function select(vector) {
    if (vector === selected) return;
    selected = vector;
    sequence += 1;
    model.send({ type: "select", client, sequence, vector });
    describe();
    paint.soon();
  }
  function adopt() {
    if (answered < sequence) return;
    selected = model.get("selected");
    describe();
  }
  function hover(vector) {
    if (vector === hovered) return;
    hovered = vector;
    paint.soon();
  }
  function dress() {
    root.style.width = `${model.get("width")}px`;
    canvas.style.aspectRatio = `${model.get("width")} / ${model.get("height")}`;
    theme.update();
    legend.replaceChildren();
    if (!model.get("legend")) return;
    axesPicture(legend, model.get("axes"));
    const key = element(legend, "div", "dwmtj-sphere-key");
    const bar = element(key, "div", "dwmtj-sphere-bar");
    const samples = element(key, "div", "dwmtj-sphere-samples");
    element(bar, "span", "", { textContent: "y −1" });
    const [low, middle, high] = model.get("_colours");
    element(bar, "i", "", { style: `background: linear-gradient(to right, ${low}, ${middle}, ${high})` });
    element(bar, "span", "", { textContent: "+1" });
    const arrows = [
      [tr("to the front"), [0.8, 0.6, 0], high],
      [tr("to the back"), [-0.75, 0.6, -0.28], high],
      [tr("cut"), [0.7, 0.7, 0], SHADES.grey]
    ];
    for (const [textContent, vector, colour] of arrows) {
      const entry = element(samples, "span", "");
      arrowSample(entry, vector, colour, colour === SHADES.grey);
      element(entry, "span", "", { textContent });
    }
  }
  const at = ({ clientX, clientY }) => {
    const { left, top } = canvas.getBoundingClientRect();
    return spheres.at(clientX - left, clientY - top);
  };
  on(canvas, "pointermove", (event) => event.pointerType !== "touch" && hover(at(event)));
  on(canvas, "pointerleave", () => hover(-1));
  on(canvas, "click", (event) => select(at(event)));
  on(canvas, "keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || !count()) return;
    const { columns } = spheres.layout;
    const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns };
    const ends = { Home: 0, End: count() - 1, Escape: -1 };
    let to = ends[event.key];
    if (event.key in steps) {
      const next = selected + steps[event.key];
      to = selected < 0 ? 0 : next >= 0 && next < count() ? next : selected;
    }
    if (to === void 0 || event.key === "Escape" && selected < 0) return;
    event.preventDefault();
    event.stopPropagation();
    select(to);
  });
  watch("msg:custom", (message, [view] = []) => {
    if (message.type !== "vectors") return;
    const before = `${count()} ${[...cut]}`;
    [vectors, cut, isNew] = [numbersOf(view, Int8Array), new Set(message.cut), true];
    if (hovered >= count()) hovered = -1;
    if (before !== `${count()} ${[...cut]}`) describe();
    paint.later();
  });
  const change = (name, handler) => watch(`change:${name}`, () => (handler(), paint.soon()));
  change("_acknowledged", () => {
    const [who, last] = model.get("_acknowledged").split(":");
    if (who === client) answered = Number(last);
    adopt();
  });
  change("selected", adopt);
  for (const name of ["label", "summary", "item"]) change(name, describe);
  for (const name of ["width", "height", "axes", "legend"]) change(name, dress);
  onSize(canvas, () => (dress(), paint.soon()));
  dress();
  describe();
  model.send({ type: "ready" });
  return () => {
    stop();
    paint.stop();
    theme.stop();
    root.remove();
  };
}
var sphere_field_default = { render };
export {
  sphere_field_default as default
};

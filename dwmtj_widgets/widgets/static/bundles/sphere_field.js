// Made from js/ by `npm --prefix js run build`. Do not edit.

// lib/answers.js
function conversation(model, client) {
  let [sent, answered] = [0, 0];
  function ask(type, content, buffers) {
    sent += 1;
    model.send({ type, client, sequence: sent, ...content }, void 0, buffers);
    return sent;
  }
  function hear() {
    const [who, last] = model.get("_acknowledged").split(":");
    if (who === client) answered = Number(last);
    return answered;
  }
  return { ask, hear };
}

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

// lib/numbers.js
var clamp = (value, least, most) => Math.min(Math.max(value, least), most);
function numbersOf(view, Type) {
  const [buffer, start] = view instanceof ArrayBuffer ? [view, 0] : [view.buffer, view.byteOffset];
  return new Type(
    /** @type {ArrayBuffer} */
    buffer.slice(start, start + view.byteLength)
  );
}
var decimals = (value, digits = 2) => (Math.abs(value) < 0.5 * 10 ** -digits ? 0 : value).toFixed(digits).replace("-", "−");

// lib/colour.js
var channels = (colour) => [1, 3, 5].map((k) => Number.parseInt(colour.slice(k, k + 2), 16));
var byteOf = (value) => clamp(Math.round((value + 1) * 127.5), 0, 255);
function colourTable([low, middle, high]) {
  const [from, half, to] = [low, middle, high].map(channels);
  return Array.from({ length: 256 }, (_, byte) => {
    const share = byte / 127.5 - 1;
    const end = share < 0 ? from : to;
    return half.map((value, k) => Math.round(value + Math.abs(share) * (end[k] - value)));
  });
}

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
function setAttributes(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (node.getAttribute(name) !== value) node.setAttribute(name, value);
  }
}
function listeners(model) {
  const abort = new AbortController();
  const { signal } = abort;
  function on(target2, type, handler, options = {}) {
    target2.addEventListener(type, handler, { signal, ...options });
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
  const look = () => `${dark.matches} ${document.body.dataset.jpThemeLight}`;
  let scheme = look();
  function follow() {
    if (look() === scheme) return;
    scheme = look();
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

// sphere_field/model.js
var [TURN, RISE] = [Math.PI / 6, Math.PI / 15];
var [S, C, P, Q] = [Math.sin(TURN), Math.cos(TURN), Math.sin(RISE), Math.cos(RISE)];
var FLATNESS = P;
var project = ([x, y, z]) => [C * x - S * z, -S * P * x + Q * y - C * P * z, S * x + C * z];
function gridFor(count, width, height) {
  let best = { side: 0, columns: 1, rows: 1 };
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const side = Math.min(width / columns, height / rows);
    if (side > best.side) best = { side, columns, rows };
  }
  return best;
}

// sphere_field/drawing.js
var AWAY = -0.05;
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
function drawArrow(context, vector, r, colour) {
  const [right, up, depth] = project(vector);
  const isAway = depth < AWAY;
  const [tip, length] = [[0.94 * r * right, -0.94 * r * up], 0.94 * r * Math.hypot(right, up)];
  const head = Math.min(0.36 * r * (1 + 0.15 * depth), Math.max(length, 0.2 * r));
  const [thick, edge] = [clamp(0.13 * r, 1.6, 7), clamp(0.045 * r, 0.7, 1.5)];
  const neck = Math.max(length - (isAway ? 1 : 0.85) * head, 0);
  context.save();
  context.globalAlpha *= isAway ? clamp(0.8 + 0.5 * depth, 0.4, 0.8) : 1;
  context.rotate(Math.atan2(tip[1], tip[0]));
  Object.assign(context, { strokeStyle: SHADES.ink, fillStyle: colour, lineJoin: "round", lineCap: "butt" });
  context.lineWidth = edge;
  drawShaft(context, neck, (isAway ? 0.55 : 1) * (thick / 2));
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
function drawShaft(context, neck, half) {
  context.beginPath();
  context.arc(0, 0, half + 0.3, Math.PI / 2, 3 * Math.PI / 2);
  context.lineTo(neck, -half);
  context.lineTo(neck, half);
  context.closePath();
  context.fill();
  context.stroke();
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
  context.ellipse(0, 0, r, FLATNESS * r, 0, 0, Math.PI);
  context.stroke();
  if (r < 16) return;
  context.globalAlpha = 0.6;
  context.setLineDash([2, 3]);
  context.beginPath();
  context.ellipse(0, 0, r, FLATNESS * r, 0, Math.PI, 2 * Math.PI);
  context.stroke();
  context.setLineDash([]);
  context.globalAlpha = 1;
}
function drawCross(context, r) {
  const reach = 0.66 * r;
  const lines = [
    { strokeStyle: SHADES.paper, lineWidth: clamp(0.18 * r, 1.2, 7) },
    { strokeStyle: SHADES.faint, lineWidth: clamp(0.08 * r, 1.2, 7) }
  ];
  for (const look of lines) {
    Object.assign(context, look, { lineCap: "round" });
    context.beginPath();
    context.moveTo(-reach, -reach);
    context.lineTo(reach, reach);
    context.moveTo(reach, -reach);
    context.lineTo(-reach, reach);
    context.stroke();
  }
}
function drawRing(context, r, colour) {
  Object.assign(context, { strokeStyle: colour, lineWidth: clamp(0.09 * r, 1.5, 3) });
  context.beginPath();
  context.arc(0, 0, r + 0.5, 0, 2 * Math.PI);
  context.stroke();
}

// sphere_field/field.js
var NUMBERED = 24;
var Spheres = class {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.context = contextOf(canvas, { alpha: false });
    this.layer = sheet(1, 1);
    this.layout = { columns: 1, rows: 1, side: 1 };
    this.count = 0;
    this.radius = 0;
    this.ratio = 1;
    this.painted = [];
  }
  /**
   * Paint vectors; returns the number of painted ones.
   *
   * @param {Int8Array} bytes three a vector
   * @param {string[]} looks "", or words of "cut", "hover" and "selected"
   * @param {number[][]} table colours of heights
   */
  paint(bytes, looks, table) {
    const count = bytes.length / 3;
    if (fitCanvas(this.canvas) || count !== this.count) this.layOut(count);
    let changed = 0;
    for (let k = 0; k < count; k += 1) {
      const wanted = `${bytes[3 * k]} ${bytes[3 * k + 1]} ${bytes[3 * k + 2]} ${looks[k]}`;
      if (this.painted[k] === wanted) continue;
      this.painted[k] = wanted;
      changed += 1;
      const vector = [0, 1, 2].map((axis) => bytes[3 * k + axis] / 127);
      this.paintOne(k, vector, looks[k], table);
    }
    return changed;
  }
  /** Repaint everything in new colours. */
  forget() {
    this.count = -1;
  }
  /** @param {number} count */
  layOut(count) {
    const { canvas, context, layer } = this;
    this.count = count;
    this.painted = new Array(count).fill("");
    this.layout = gridFor(count, canvas.clientWidth, canvas.clientHeight);
    this.radius = 0.43 * this.layout.side;
    this.ratio = pixelRatio();
    Object.assign(layer.canvas, { width: canvas.width, height: canvas.height });
    layer.context.fillStyle = SHADES.paper;
    layer.context.fillRect(0, 0, canvas.width, canvas.height);
    for (let k = 0; k < count; k += 1) this.drawBelow(k);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(layer.canvas, 0, 0);
  }
  /**
   * Left and top edge of a cell and its size, in whole device pixels, so that cells neither overlap nor leave gaps.
   *
   * @param {number} k
   */
  cell(k) {
    const { columns, rows } = this.layout;
    const [column, row] = [k % columns, Math.floor(k / columns)];
    const edge = (index, parts, length) => Math.round(index * length / parts);
    const [left, right] = [column, column + 1].map((index) => edge(index, columns, this.canvas.width));
    const [top, bottom] = [row, row + 1].map((index) => edge(index, rows, this.canvas.height));
    return { left, top, width: right - left, height: bottom - top };
  }
  /**
   * Draw in CSS pixels relative to the centre of a cell.
   *
   * @param {Context} context
   * @param {number} k
   */
  enter(context, k) {
    const { left, top, width, height } = this.cell(k);
    context.setTransform(this.ratio, 0, 0, this.ratio, left + width / 2, top + height / 2);
  }
  /** @param {number} k */
  drawBelow(k) {
    const { context } = this.layer;
    this.enter(context, k);
    drawSphere(context, this.radius, false);
    if (this.radius < NUMBERED) return;
    const { width, height } = this.cell(k);
    Object.assign(context, { fillStyle: SHADES.faint, font: "10px system-ui, sans-serif", textAlign: "left" });
    context.textBaseline = "top";
    const [x, y] = [width, height].map((side) => Math.max(1 - side / 2 / this.ratio, -this.radius - 3));
    context.fillText(String(k), x, y);
  }
  /**
   * @param {number} k
   * @param {number[]} vector
   * @param {string} look
   * @param {number[][]} table
   */
  paintOne(k, vector, look, table) {
    const { context, radius } = this;
    const { left, top, width, height } = this.cell(k);
    const isCut = look.includes("cut");
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(this.layer.canvas, left, top, width, height, left, top, width, height);
    this.enter(context, k);
    if (isCut) drawSphere(context, radius, true);
    drawArrow(context, vector, radius, isCut ? SHADES.grey : `rgb(${table[byteOf(vector[1])].join(" ")})`);
    if (isCut) drawCross(context, radius);
    if (look.includes("selected")) drawRing(context, radius, SHADES.focus);
    else if (look.includes("hover")) drawRing(context, radius, SHADES.accent);
  }
  /**
   * The vector at a position in CSS pixels, -1 for none.
   *
   * @param {number} x
   * @param {number} y
   */
  at(x, y) {
    const { columns, rows } = this.layout;
    const column = Math.floor(x / this.canvas.clientWidth * columns);
    const row = Math.floor(y / this.canvas.clientHeight * rows);
    const k = row * columns + column;
    return column >= 0 && column < columns && row >= 0 && k < this.count ? k : -1;
  }
};

// sphere_field/keys.js
function target(key, selected, count, columns) {
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  if (key === "Escape") return selected < 0 ? null : -1;
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[key];
  if (step === void 0) return null;
  const next = selected + step;
  if (selected < 0) return 0;
  return next >= 0 && next < count ? next : selected;
}

// sphere_field/legend.js
var NAMES = (
  /** @type {const} */
  [
    ["start", 29, 7],
    ["middle", 0, -33],
    ["end", -29, 9]
  ]
);
var RADIUS = 25;
function addAxes(parent, names) {
  const svg = svgElement("svg", { viewBox: "-105 -42 185 72", width: 185, height: 72, "aria-hidden": "true" });
  const equator = `M${-RADIUS} 0 A${RADIUS} ${FLATNESS * RADIUS} 0 0 0 ${RADIUS} 0`;
  svg.append(
    svgElement("circle", { r: RADIUS, fill: SHADES.ball, stroke: SHADES.line }),
    svgElement("path", { d: equator, fill: "none", stroke: SHADES.line }),
    ...names.flatMap((name, axis) => axisParts(name, axis))
  );
  parent.append(svg);
}
function axisParts(name, axis) {
  const [right, up] = project([0, 1, 2].map((k) => Number(k === axis)));
  const [x, y] = [1.14 * RADIUS * right, -1.14 * RADIUS * up];
  const transform = `translate(${x} ${y}) rotate(${Math.atan2(y, x) * 180 / Math.PI})`;
  const [anchor, left, base] = NAMES[axis];
  const place = { x: left, y: base, "text-anchor": anchor, "font-size": 11, fill: SHADES.faint };
  return [
    svgElement("line", { x1: 0, y1: 0, x2: x, y2: y, stroke: SHADES.ink, "stroke-width": 1.4 }),
    svgElement("path", { d: "M2 0 L-5 -3 L-5 3 Z", fill: SHADES.ink, transform }),
    svgElement("text", place, name)
  ];
}
function addSample(parent, textContent, vector, colour) {
  const entry = element(parent, "span", "");
  const ratio = pixelRatio();
  const canvas = element(entry, "canvas", "", { width: 30 * ratio, height: 30 * ratio });
  const context = contextOf(canvas);
  const isCut = colour === SHADES.grey;
  context.setTransform(ratio, 0, 0, ratio, 15 * ratio, 15 * ratio);
  drawSphere(context, 14, isCut);
  drawArrow(context, vector, 14, colour);
  if (isCut) drawCross(context, 14);
  element(entry, "span", "", { textContent });
}
function fillLegend(legend, axes, [low, middle, high]) {
  addAxes(legend, axes);
  const key = element(legend, "div", "dwmtj-sphere-key");
  const bar = element(key, "div", "dwmtj-sphere-bar");
  const samples = element(key, "div", "dwmtj-sphere-samples");
  element(bar, "span", "", { textContent: "y −1" });
  element(bar, "i", "", { style: `background: linear-gradient(to right, ${low}, ${middle}, ${high})` });
  element(bar, "span", "", { textContent: "+1" });
  addSample(samples, tr("to the front"), [0.8, 0.6, 0], high);
  addSample(samples, tr("to the back"), [-0.75, 0.6, -0.28], high);
  addSample(samples, tr("cut"), [0.7, 0.7, 0], SHADES.grey);
}

// sphere_field/index.js
var HELP = tr("Arrow keys walk over the spheres, Home and End go to the first and the last, Escape selects none.");
var CUT = `, ${tr("cut")}`;
function render({ model, el }) {
  const client = viewName();
  const root = element(el, "div", "dwmtj-sphere-field");
  const canvas = element(root, "canvas", "dwmtj-sphere-canvas", { tabIndex: 0 });
  const foot = element(root, "div", "dwmtj-sphere-foot");
  const legend = element(foot, "div", "dwmtj-sphere-legend", { ariaHidden: "true" });
  const reading = element(foot, "div", "dwmtj-sphere-reading");
  const help = element(root, "div", "", { id: `dwmtj-sphere-${client}`, textContent: HELP, hidden: true });
  const spheres = new Spheres(canvas);
  const talk = conversation(model, client);
  let vectors = new Int8Array();
  let cut = /* @__PURE__ */ new Set();
  let isNew = false;
  let frames = 0;
  let hovered = -1;
  let sent = -1;
  let selected = model.get("selected");
  let [asked, answered] = [0, 0];
  const table = colourTable(model.get("_colours"));
  const { on, watch, change, onSize, stop } = listeners(model);
  const paint = painter(draw);
  const theme = followTheme(root, SHADES, SHADE_NAMES, () => {
    spheres.forget();
    dress();
    paint.soon();
  });
  const count = () => vectors.length / 3;
  function draw() {
    if (sent !== hovered) {
      sent = hovered;
      model.send({ type: "hover", vector: hovered });
    }
    if (!canvas.clientWidth) return;
    theme.update();
    const looks = Array.from({ length: count() }, (_, k) => lookOf(k));
    const changed = spheres.paint(vectors, looks, table);
    frames += Number(isNew);
    isNew = false;
    const { columns, rows } = spheres.layout;
    const state = { frames, changed, columns, rows, selected, vectors: count(), cut: [...cut].join(" ") };
    Object.assign(canvas.dataset, state);
    read();
  }
  function lookOf(k) {
    return `${cut.has(k) ? "cut " : ""}${k === selected ? "selected" : k === hovered ? "hover" : ""}`;
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
    asked = talk.ask("select", { vector });
    describe();
    paint.soon();
  }
  function adopt() {
    if (answered < asked) return;
    selected = model.get("selected");
    describe();
  }
  function hear() {
    answered = talk.hear();
    adopt();
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
    if (model.get("legend")) fillLegend(legend, model.get("axes"), model.get("_colours"));
  }
  function at({ clientX, clientY }) {
    const { left, top } = canvas.getBoundingClientRect();
    return spheres.at(clientX - left, clientY - top);
  }
  on(canvas, "pointermove", (event) => event.pointerType !== "touch" && hover(at(event)));
  on(canvas, "pointerleave", () => hover(-1));
  on(canvas, "click", (event) => select(at(event)));
  on(canvas, "keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || !count()) return;
    const to = target(event.key, selected, count(), spheres.layout.columns);
    if (to === null) return;
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
  change("_acknowledged", hear, paint.soon);
  change("selected", adopt, paint.soon);
  change(["label", "summary", "item"], describe, paint.soon);
  change(["width", "height", "axes", "legend"], dress, paint.soon);
  onSize(canvas, () => {
    dress();
    paint.soon();
  });
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

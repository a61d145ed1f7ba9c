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

// lib/tracks.js
var LEVELS = 32;
var levelOf = (wall) => Math.round(wall * (LEVELS - 1) / 255);
function drawTrack(context, [left, top, width, height], share, colours) {
  const wall = share * width;
  context.fillStyle = colours.off;
  context.fillRect(left, top, width, height);
  context.fillStyle = colours.on;
  context.fillRect(left, top, wall, height);
  if (share > 1e-3 && share < 0.999) {
    const thick = Math.max(1, width / 5);
    context.fillStyle = colours.wall;
    context.fillRect(left + Math.min(Math.max(wall - thick / 2, 0), width - thick), top, thick, height);
  }
}
var Field = class {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.context = contextOf(canvas, { alpha: false });
    this.neurons = 0;
    this.gap = 0;
    this.most = 0;
    this.edges = [];
    this.levels = new Int16Array(0);
    this.rows = sheet(1, 1);
    this.somas = sheet(1, 1);
  }
  /**
   * Lay out `neurons` rows and columns in a square as wide as `room` CSS pixels, or a little less, because cells of whole
   * pixels look the same. If that would waste room, as with small cells, some are one pixel larger than others; the
   * smallest then have no gaps, which would form a pattern.
   *
   * @param {number} neurons
   * @param {number} room
   */
  shape(neurons, room) {
    const ratio = pixelRatio();
    this.neurons = neurons;
    const cell = Math.max(room * ratio / neurons, 2);
    const whole = Math.floor(cell + 1e-6);
    const isEven = whole === cell || whole >= 5 && whole >= 0.97 * cell;
    this.gap = whole >= (isEven ? 4 : 5) ? Math.max(1, Math.round(whole / 6)) : 0;
    this.edges = Array.from({ length: neurons + 1 }, (_, k) => Math.round(k * (isEven ? whole : cell)));
    const side = this.edges[neurons];
    Object.assign(this.canvas, { width: side, height: side });
    this.canvas.style.width = `${side / ratio}px`;
    this.levels = new Int16Array(neurons * neurons).fill(-1);
    this.prepare();
  }
  /** Prepare a row of tracks and a soma for every level of the wall. */
  prepare() {
    const style = getComputedStyle(this.canvas);
    const colour = (name) => style.getPropertyValue(name).trim();
    const { edges, gap, neurons } = this;
    const most = Math.ceil(edges[neurons] / neurons);
    const axon = { on: colour("--dwmtj-on"), off: colour("--dwmtj-off"), wall: colour("--dwmtj-wall") };
    const soma = { on: colour("--dwmtj-soma-on"), off: colour("--dwmtj-soma-off"), wall: colour("--dwmtj-soma-wall") };
    this.most = most;
    this.rows = sheet(edges[neurons], most * LEVELS);
    this.somas = sheet(most, most * LEVELS);
    const [rows, somas] = [this.rows.context, this.somas.context];
    for (const context of [rows, this.context]) {
      context.fillStyle = colour("--dwmtj-gap");
      context.fillRect(0, 0, context.canvas.width, context.canvas.height);
    }
    for (let level = 0; level < LEVELS; level += 1) {
      const share = level / (LEVELS - 1);
      for (let j = 0; j < neurons; j += 1) {
        const box = (
          /** @type {Box} */
          [edges[j], level * most, edges[j + 1] - edges[j] - gap, most - gap]
        );
        drawTrack(rows, box, share, axon);
      }
      somas.fillStyle = soma.off;
      somas.fillRect(0, level * most, most, most);
      drawTrack(somas, [0, level * most, most, most], share, soma);
    }
    this.levels.fill(-1);
  }
  /**
   * Show walls; only changes are painted.
   *
   * @param {Uint8Array} walls
   * @param {boolean} whole whether there is one for each device, not one for all axons of a neuron
   */
  show(walls, whole) {
    const { neurons } = this;
    for (let i = 0; i < neurons; i += 1) {
      if (whole) {
        for (let j = 0; j < neurons; j += 1) if (j !== i) this.showAxon(i, j, levelOf(walls[i * neurons + j]));
      } else this.showAxons(i, levelOf(walls[neurons + i]));
      this.showSoma(i, levelOf(whole ? walls[i * neurons + i] : walls[i]));
    }
  }
  /**
   * Show all axons of a neuron.
   *
   * @param {number} i
   * @param {number} level
   */
  showAxons(i, level) {
    const { neurons, edges, gap, most } = this;
    const first = i * neurons + (i === 0 ? 1 : 0);
    if (neurons < 2 || this.levels[first] === level) return;
    this.levels.fill(level, i * neurons, (i + 1) * neurons);
    this.levels[i * neurons + i] = -1;
    const [width, height] = [edges[neurons], edges[i + 1] - edges[i] - gap];
    this.context.drawImage(this.rows.canvas, 0, level * most, width, height, 0, edges[i], width, height);
  }
  /**
   * @param {number} i
   * @param {number} j
   * @param {number} level
   */
  showAxon(i, j, level) {
    const { neurons, edges, gap, most } = this;
    if (this.levels[i * neurons + j] === level) return;
    this.levels[i * neurons + j] = level;
    const [left, width] = [edges[j], edges[j + 1] - edges[j]];
    const [top, height] = [edges[i], edges[i + 1] - edges[i] - gap];
    this.context.drawImage(this.rows.canvas, left, level * most, width, height, left, top, width, height);
  }
  /**
   * @param {number} i
   * @param {number} level
   */
  showSoma(i, level) {
    const { neurons, edges, most } = this;
    if (this.levels[i * neurons + i] === level) return;
    this.levels[i * neurons + i] = level;
    const side = edges[i + 1] - edges[i];
    this.context.drawImage(this.somas.canvas, 0, level * most, side, side, edges[i], edges[i], side, side);
  }
};

// track_field/keys.js
var STEPS = /* @__PURE__ */ new Map([
  ["ArrowDown", 1],
  ["ArrowRight", 1],
  ["ArrowUp", -1],
  ["ArrowLeft", -1],
  ["PageDown", 10],
  ["PageUp", -10]
]);
function target(key, chosen, neurons) {
  if (key === "Home") return 0;
  if (key === "End") return neurons - 1;
  const step = STEPS.get(key);
  if (step === void 0) return null;
  return chosen < 0 ? 0 : clamp(chosen + step, 0, neurons - 1);
}

// track_field/newest.js
var Newest = class {
  constructor() {
    this.walls = new Uint8Array(0);
    this.whole = false;
  }
  /**
   * @param {Uint8Array} walls
   * @param {boolean} whole whether there is one for each device, not one for all axons of a neuron
   */
  keep(walls, whole) {
    Object.assign(this, { walls, whole });
  }
  /**
   * Whether the walls are those of this number of neurons.
   *
   * @param {number} neurons
   */
  fit(neurons) {
    return this.walls.length > 0 && this.walls.length === (this.whole ? neurons ** 2 : 2 * neurons);
  }
};

// track_field/index.js
function render({ model, el }) {
  const root = element(el, "div", "dwmtj-track-field");
  const box = element(root, "div", "dwmtj-track-box");
  const canvas = element(box, "canvas", "dwmtj-track-canvas", { tabIndex: 0 });
  canvas.setAttribute("role", "slider");
  const hoverMark = element(box, "div", "dwmtj-track-mark is-hover", { hidden: true });
  const selectMark = element(box, "div", "dwmtj-track-mark is-selected", { hidden: true });
  const field = new Field(canvas);
  let cutMarks = [];
  const newest = new Newest();
  let chosen = model.get("selected");
  let awaited = null;
  function place(mark, neuron) {
    mark.hidden = neuron < 0 || neuron >= field.neurons;
    mark.style.top = `${100 * neuron / field.neurons}%`;
    mark.style.height = `${100 / field.neurons}%`;
  }
  function onCut() {
    for (const mark of cutMarks) mark.remove();
    cutMarks = model.get("cut").map((neuron) => {
      const mark = element(box, "div", "dwmtj-track-mark is-cut");
      place(mark, neuron);
      return mark;
    });
    describe();
  }
  function describe() {
    const isCut = model.get("cut").includes(chosen);
    const name = isCut ? tr("neuron {neuron}, its axons are cut") : tr("neuron {neuron}");
    canvas.setAttribute(
      "aria-valuetext",
      chosen < 0 ? tr("no neuron selected") : fill(name, { neuron: chosen + model.get("first") })
    );
  }
  function onSelected() {
    const neuron = model.get("selected");
    if (awaited !== null && neuron !== awaited) return;
    awaited = null;
    chosen = neuron;
    place(selectMark, neuron);
    setAttributes(canvas, {
      "aria-valuemin": "0",
      "aria-valuemax": String(field.neurons - 1),
      "aria-valuenow": String(Math.max(neuron, 0)),
      "aria-label": model.get("label")
    });
    describe();
  }
  function onShape() {
    root.style.setProperty("--dwmtj-cells", `${model.get("neurons") * model.get("cell_size")}px`);
    if (!root.clientWidth) return;
    field.shape(model.get("neurons"), root.clientWidth);
    showNewest();
    onSelected();
    onCut();
  }
  function showNewest() {
    if (!newest.fit(field.neurons)) return;
    field.show(newest.walls, newest.whole);
    canvas.dataset.frames = String(Number(canvas.dataset.frames ?? 0) + 1);
  }
  function neuronAt(event) {
    const { top, height } = canvas.getBoundingClientRect();
    const row = Math.floor((event.clientY - top) / height * field.neurons);
    return clamp(row, 0, field.neurons - 1);
  }
  let hovered = -1;
  const { soon: tellHovered, stop: stopTelling } = painter(() => model.send({ type: "hover", neuron: hovered }));
  function hover(neuron) {
    if (neuron === hovered) return;
    hovered = neuron;
    place(hoverMark, neuron);
    tellHovered();
  }
  function select(neuron) {
    chosen = neuron;
    awaited = neuron === model.get("selected") ? null : neuron;
    place(selectMark, neuron);
    model.send({ type: "select", neuron });
  }
  const { on, watch, change, onSize, stop: stopListening } = listeners(model);
  on(canvas, "pointermove", (event) => hover(neuronAt(event)));
  on(canvas, "pointerleave", () => hover(-1));
  on(canvas, "click", (event) => select(neuronAt(event)));
  on(canvas, "keydown", (event) => {
    const to = target(event.key, chosen, field.neurons);
    if (to === null || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    select(to);
  });
  watch("msg:custom", ({ type, whole }, [view] = []) => {
    if (type !== "walls") return;
    newest.keep(numbersOf(view, Uint8Array), whole);
    showNewest();
  });
  change(["neurons", "cell_size"], onShape);
  change("selected", onSelected);
  change("cut", onCut);
  setTimeout(() => {
    onShape();
    onSize(root, onShape);
    model.send({ type: "ready" });
  });
  return () => {
    stopTelling();
    stopListening();
  };
}
var track_field_default = { render };
export {
  track_field_default as default
};

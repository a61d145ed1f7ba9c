// Made from js/ by `npm --prefix js run build`. Do not edit.

// lib/canvas.js
var pixelRatio = () => window.devicePixelRatio || 1;
function contextOf(canvas, settings) {
  return (
    /** @type {CanvasRenderingContext2D} */
    canvas.getContext("2d", settings)
  );
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

// lib/numbers.js
function numbersOf(view, Type) {
  const [buffer, start] = view instanceof ArrayBuffer ? [view, 0] : [view.buffer, view.byteOffset];
  return new Type(
    /** @type {ArrayBuffer} */
    buffer.slice(start, start + view.byteLength)
  );
}
var written = (value, digits = 4) => Number(value.toPrecision(digits)).toString().replaceAll("-", "−");

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

// lib/scale.js
function roundStep(length) {
  const power = 10 ** Math.floor(Math.log10(length));
  return power * ([1, 2, 5].find((digit) => digit * power >= length * 0.9999) ?? 10);
}

// signal_scope/drawing.js
var PAD = { left: 34, right: 10, top: 8, bottom: 20 };
var INK = {};
var INK_NAMES = { grid: "rule", zero: "zero", text: "faint", soft: "soft", mark: "axis", paper: "paper" };
var Picture = class {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.context = contextOf(canvas, { alpha: false });
    this.width = this.height = 1;
    this.inner = { width: 1, height: 1 };
    this.x = (time) => time;
    this.y = (value) => value;
  }
  /**
   * Clear the canvas and lay out the plot.
   *
   * @param {Frame} frame
   * @param {[number, number]} limits
   */
  begin({ low, high }, [least, most]) {
    const { context, canvas } = this;
    const ratio = pixelRatio();
    const [width, height] = [canvas.width / ratio, canvas.height / ratio];
    const inner = { width: width - PAD.left - PAD.right, height: height - PAD.top - PAD.bottom };
    Object.assign(this, { width, height, inner });
    this.x = (time) => PAD.left + (time - low) / (high - low) * inner.width;
    this.y = (value) => PAD.top + (most - value) / (most - least) * inner.height;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = INK.paper;
    context.fillRect(0, 0, width, height);
  }
  /**
   * @param {Frame} frame
   * @param {[number, number]} limits
   * @param {string} unit
   */
  axes(frame, limits, unit) {
    Object.assign(this.context, { font: '11px system-ui, "Segoe UI", Roboto, sans-serif', lineWidth: 1 });
    this.values(limits);
    this.times(frame, unit);
  }
  /** @param {[number, number]} limits */
  values([least, most]) {
    const { context, width, inner } = this;
    Object.assign(context, { textBaseline: "middle", textAlign: "right" });
    const rise = roundStep((most - least) / (inner.height < 110 ? 3 : 5));
    for (let k = Math.ceil(least / rise - 1e-6); k * rise <= most + 1e-6; k += 1) {
      const height = Math.round(this.y(k * rise)) + 0.5;
      this.line([PAD.left, height], [width - PAD.right, height], k ? INK.grid : INK.zero);
      context.fillStyle = INK.text;
      context.fillText(written(k * rise, 6), PAD.left - 6, height);
    }
  }
  /**
   * @param {Frame} frame
   * @param {string} unit
   */
  times({ low, high }, unit) {
    const { context, width, height, inner } = this;
    const step = roundStep((high - low) / (inner.width / 70));
    context.textBaseline = "alphabetic";
    for (let k = Math.max(Math.ceil(low / step - 1e-6), 0); k * step <= high + 1e-6; k += 1) {
      const place = Math.round(this.x(k * step)) + 0.5;
      this.line([place, PAD.top], [place, PAD.top + inner.height], INK.grid);
      context.fillStyle = INK.text;
      context.textAlign = place > width - 36 ? "right" : place < PAD.left + 14 ? "left" : "center";
      context.fillText(`${written(k * step, 8)} ${unit}`, Math.min(place, width - 2), height - 5);
    }
  }
  /**
   * Draw within the plot.
   *
   * @param {() => void} draw
   */
  inside(draw) {
    const { context, inner } = this;
    context.save();
    context.beginPath();
    context.rect(PAD.left, PAD.top - 4, inner.width, inner.height + 8);
    context.clip();
    draw();
    context.restore();
  }
  /**
   * @param {Place} from
   * @param {Place} to
   * @param {string} colour
   */
  line(from, to, colour) {
    const { context } = this;
    context.strokeStyle = colour;
    context.beginPath();
    context.moveTo(...from);
    context.lineTo(...to);
    context.stroke();
  }
  /**
   * A vertical line at a time.
   *
   * @param {number} time
   * @param {string} colour
   * @param {string} text
   * @param {number[]} dash
   */
  upright(time, colour, text, dash) {
    const { context } = this;
    const place = this.x(time);
    context.setLineDash(dash);
    context.lineWidth = dash.length ? 1 : 2;
    this.line([place, PAD.top - 4], [place, this.height - PAD.bottom + 4], colour);
    context.setLineDash([]);
    Object.assign(context, { fillStyle: INK.soft, textAlign: "left", textBaseline: "top" });
    if (text) context.fillText(text, place + 4, PAD.top - 3);
  }
  /**
   * @param {Frame} frame
   * @param {Float32Array} points line after line
   * @param {string[]} colours
   * @param {number} broad how many lines are
   */
  lines({ lines, first, step }, points, colours, broad) {
    const { context } = this;
    const length = lines ? points.length / lines : 0;
    context.lineJoin = "round";
    for (let k = 0; k < lines; k += 1) {
      context.strokeStyle = colours[k % colours.length];
      context.globalAlpha = k < broad ? 0.4 : 1;
      context.lineWidth = k < broad ? 6 : 1.8;
      context.beginPath();
      let isDown = false;
      points.subarray(k * length, (k + 1) * length).forEach((value, point) => {
        const isKnown = Number.isFinite(value);
        const place = this.x(first + point * step);
        if (isKnown && isDown) context.lineTo(place, this.y(value));
        else if (isKnown) context.moveTo(place, this.y(value));
        isDown = isKnown;
      });
      context.stroke();
    }
    context.globalAlpha = 1;
  }
};

// signal_scope/index.js
function render({ model, el }) {
  const root = element(el, "div", "dwmtj-signal-scope");
  const key = element(root, "div", "dwmtj-signal-scope-key", { ariaHidden: "true" });
  const canvas = element(root, "canvas", "dwmtj-signal-scope-canvas");
  const picture = new Picture(canvas);
  let frame = { lines: 0, first: 0, step: 1, low: 0, high: 1, marks: [] };
  let points = new Float32Array(0);
  let [frames, isNew] = [0, false];
  const { watch, change, onSize, stop } = listeners(model);
  const paint = painter(draw);
  let linesKnown = "";
  let lineInks = [];
  const theme = followTheme(root, INK, INK_NAMES, () => {
    linesKnown = "";
    paint.soon();
  });
  function draw() {
    if (!canvas.clientWidth) return;
    fitCanvas(canvas);
    theme.update();
    const { low, high, lines, marks, now } = frame;
    picture.begin(frame, model.get("limits"));
    picture.axes(frame, model.get("limits"), model.get("unit"));
    picture.inside(() => {
      for (const [time, text] of marks) picture.upright(time, INK.mark, text, [3, 3]);
      const [focus, ...colours] = lineColours();
      picture.lines(frame, points, colours, model.get("broad"));
      if (now !== null && now !== void 0) picture.upright(now, focus, "", []);
    });
    frames += Number(isNew);
    isNew = false;
    Object.assign(canvas.dataset, { frames, lines, low, high, points: points.length });
  }
  function lineColours() {
    const wanted = [model.get("_focus"), ...model.get("colours")];
    if (linesKnown !== wanted.join()) [linesKnown, lineInks] = [wanted.join(), resolved(root, wanted)];
    return lineInks;
  }
  function dress() {
    root.style.setProperty("--dwmtj-scope-height", `${model.get("height")}px`);
    key.replaceChildren();
    const colours = model.get("colours");
    model.get("names").forEach((name, k) => {
      if (!name) return;
      const entry = element(key, "span", "");
      const className = k < model.get("broad") ? "is-broad" : "";
      element(entry, "i", className, { style: `background: ${themed(colours[k % colours.length])}` });
      entry.append(name);
    });
    key.hidden = !key.childElementCount;
    const text = `${model.get("label")}. ${model.get("summary")}`.trim();
    setAttributes(canvas, { role: "img", "aria-label": text });
  }
  watch("msg:custom", (message, [view] = []) => {
    if (message.type !== "frame") return;
    frame = message;
    points = view ? numbersOf(view, Float32Array) : new Float32Array(0);
    isNew = true;
    paint.later();
  });
  change(["height", "names", "colours", "broad", "label", "summary"], dress, paint.soon);
  change(["limits", "unit"], paint.soon);
  onSize(canvas, paint.soon);
  dress();
  model.send({ type: "ready" });
  return () => {
    stop();
    paint.stop();
    theme.stop();
    root.remove();
  };
}
var signal_scope_default = { render };
export {
  signal_scope_default as default
};

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
var viewName = () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;

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
var written = (value, digits = 4) => Number(value.toPrecision(digits)).toString().replaceAll("-", "−");
var decimals = (value, digits = 2) => (Math.abs(value) < 0.5 * 10 ** -digits ? 0 : value).toFixed(digits).replace("-", "−");

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

// waveform_editor/drawing.js
var PAD = { left: 42, right: 18, top: 9, bottom: 23 };
var JOIN = 14;
var INK = {};
var INK_NAMES = { text: "faint", zero: "edge", line: "line", grid: "rule-faint", paper: "paper", off: "page" };
function layOut(canvas, size) {
  const [width, height] = [canvas.clientWidth - PAD.left - PAD.right, canvas.clientHeight - PAD.top - PAD.bottom];
  return {
    width,
    height,
    x: (column) => PAD.left + column / size * width,
    y: (value) => PAD.top + (1 - value) / 2 * height,
    column: (x) => (x - PAD.left) / width * size,
    value: (y) => clamp(1 - 2 * (y - PAD.top) / height, -1, 1)
  };
}
function traceCurve(context, samples, { x, y }, beyond) {
  const size = samples.length;
  const extra = Math.ceil(beyond) + 1;
  context.beginPath();
  for (let k = -extra; k < size + extra; k += 1) context.lineTo(x(k + 0.5), y(samples[(k + size) % size]));
}
function rule(context, colour, from, to) {
  const [fromX, fromY, toX, toY] = [...from, ...to].map((value) => Math.round(value) + 0.5);
  context.strokeStyle = colour;
  context.beginPath();
  context.moveTo(fromX, fromY);
  context.lineTo(toX, toY);
  context.stroke();
}
function drawGrid(context, place, { disabled, periodLabel }) {
  const { x, y, width, height } = place;
  const size = place.column(PAD.left + width);
  context.fillStyle = disabled ? INK.off : INK.paper;
  context.fillRect(PAD.left, PAD.top, width, height);
  const [left, right, top, bottom] = [PAD.left, PAD.left + width, PAD.top, PAD.top + height];
  context.lineWidth = 1;
  for (let k = 1; k < 8; k += 1) {
    const eighth = x(size * k / 8);
    rule(context, k % 2 ? INK.grid : INK.line, [eighth, top], [eighth, bottom]);
  }
  for (const value of [-0.5, 0.5]) rule(context, INK.grid, [left, y(value)], [right, y(value)]);
  for (const value of [-1, 1]) rule(context, INK.line, [left, y(value)], [right, y(value)]);
  for (const edge of [left, right]) rule(context, INK.line, [edge, top], [edge, bottom]);
  rule(context, INK.zero, [left, y(0)], [right, y(0)]);
  Object.assign(context, { fillStyle: INK.text, font: "11px system-ui, sans-serif", textBaseline: "middle" });
  context.textAlign = "right";
  for (const value of [1, 0, -1]) context.fillText(written(value), left - JOIN - 5, y(value));
  drawPeriod(context, place, bottom + 13, periodLabel);
}
function drawPeriod(context, { width }, low, periodLabel) {
  const [left, right, middle] = [PAD.left, PAD.left + width, PAD.left + width / 2];
  context.textAlign = "center";
  context.fillText(periodLabel, middle, low);
  const room = context.measureText(periodLabel).width / 2 + 8;
  for (const [end, start] of [
    [left, middle - room],
    [right, middle + room]
  ]) {
    const back = Math.sign(start - end) * 5;
    rule(context, INK.zero, [start, low], [end, low]);
    rule(context, INK.zero, [end, low], [end + back, low - 3]);
    rule(context, INK.zero, [end, low], [end + back, low + 3]);
  }
}
function drawWaveform(canvas, { samples, reference, cursor, ...look }) {
  const ratio = pixelRatio();
  const context = contextOf(canvas);
  const place = layOut(canvas, samples.length);
  const { drawn, behind, focus } = INK;
  const beyond = JOIN / place.width * samples.length;
  const inside = (margin, alpha, draw) => {
    context.save();
    context.beginPath();
    context.rect(PAD.left - margin, 0, place.width + 2 * margin, PAD.top + place.height + 6);
    context.clip();
    context.globalAlpha = alpha;
    draw();
    context.restore();
  };
  const stroke = (curve, colour2, width, dashes = []) => {
    Object.assign(context, { strokeStyle: colour2, lineWidth: width, lineJoin: "round" });
    context.setLineDash(dashes);
    traceCurve(context, curve, place, beyond);
    context.stroke();
  };
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, canvas.clientWidth, canvas.clientHeight);
  drawGrid(context, place, look);
  const colour = look.disabled ? INK.zero : drawn;
  inside(0, 0.09, () => {
    traceCurve(context, samples, place, beyond);
    context.lineTo(place.x(samples.length + beyond + 1), place.y(0));
    context.lineTo(place.x(-beyond - 1), place.y(0));
    context.fillStyle = colour;
    context.fill();
  });
  if (reference.length === samples.length) inside(0, 0.8, () => stroke(reference, behind, 1.7, [5, 3]));
  inside(JOIN, 0.28, () => stroke(samples, colour, 2));
  inside(0, 1, () => stroke(samples, colour, 2.2));
  if (cursor < 0) return;
  inside(JOIN, 1, () => {
    Object.assign(context, { strokeStyle: focus, fillStyle: INK.paper, lineWidth: 1 });
    drawCursor(context, place, [place.x(cursor + 0.5), place.y(samples[cursor])]);
  });
}
function drawCursor(context, { height }, [x, y]) {
  context.setLineDash([2, 3]);
  context.beginPath();
  context.moveTo(x, PAD.top);
  context.lineTo(x, PAD.top + height);
  context.stroke();
  context.setLineDash([]);
  context.lineWidth = 2.5;
  context.beginPath();
  context.arc(x, y, 4.5, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
}

// waveform_editor/frame.js
var HELP = tr(
  "Left and right arrow keys move along the period, up and down change the value there, Shift makes larger steps, Home and End go to the first and the last sample, Control Z undoes."
);
var COMMANDS = { undo: tr("Undo"), redo: tr("Redo"), smooth: tr("Smooth"), clear: tr("Clear") };
function waveformFrame(el, name) {
  const root = element(el, "div", "dwmtj-waveform-editor");
  const tools = element(root, "div", "dwmtj-waveform-tools");
  const groups = [0, 1].map(() => element(tools, "div", "dwmtj-waveform-group dwmtj-tool-group"));
  const buttons = Object.entries(COMMANDS).map(
    ([value, textContent], k) => element(groups[Math.floor(k / 2)], "button", `dwmtj-waveform-${value}`, { textContent, value, type: "button" })
  );
  const key = element(tools, "div", "dwmtj-waveform-key", { ariaHidden: "true" });
  const canvas = element(root, "canvas", "dwmtj-waveform-canvas");
  const news = element(root, "div", "dwmtj-unseen", { ariaLive: "polite" });
  const table = element(root, "div", "dwmtj-unseen");
  const help = element(root, "div", "", { id: `dwmtj-waveform-${name}`, textContent: HELP, hidden: true });
  return { root, canvas, news, table, key, buttons, help };
}

// waveform_editor/gesture.js
function followPointer(canvas, strokes, on, begun) {
  function locate({ clientX, clientY }) {
    const bounds = canvas.getBoundingClientRect();
    const place = layOut(canvas, strokes.samples.length);
    return [place.column(clientX - bounds.left), place.value(clientY - bounds.top)];
  }
  on(canvas, "pointerdown", (event) => {
    if (!event.isPrimary || event.button !== 0 || strokes.model.get("disabled")) return;
    strokes.end();
    canvas.setPointerCapture(event.pointerId);
    strokes.begin(locate(event), event.pointerId);
    begun();
  });
  on(canvas, "pointermove", (event) => {
    if (strokes.stroke?.pointer !== event.pointerId) return;
    const passed = event.getCoalescedEvents?.() ?? [];
    for (const point of passed.length ? passed : [event]) strokes.drawTo(locate(point));
    strokes.schedule();
  });
  on(canvas, "lostpointercapture", () => strokes.end());
}

// lib/keys.js
function historyOf({ key, shiftKey }) {
  const letter = key.toLowerCase();
  if (letter !== "z" && letter !== "y") return null;
  return letter === "y" || shiftKey ? "redo" : "undo";
}

// waveform_editor/keys.js
var STEP = { value: 0.05, large: 0.25 };
function press(strokes, event) {
  const { key, shiftKey, altKey, ctrlKey, metaKey } = event;
  if (altKey) return false;
  if (ctrlKey || metaKey) {
    const command = historyOf(event);
    if (!command) return false;
    strokes.command(command);
    return true;
  }
  const { cursor, samples } = strokes;
  const along = shiftKey ? Math.ceil(samples.length / 8) : 1;
  const up = shiftKey ? STEP.large : STEP.value;
  const moves = /* @__PURE__ */ new Map([
    ["ArrowLeft", cursor - along],
    ["ArrowRight", cursor + along],
    ["Home", 0],
    ["End", samples.length - 1]
  ]);
  const steps = /* @__PURE__ */ new Map([
    ["ArrowUp", up],
    ["ArrowDown", -up]
  ]);
  const [to, step] = [moves.get(key), steps.get(key)];
  if (to !== void 0) strokes.walk(to);
  else if (step !== void 0) strokes.nudge(step);
  else return false;
  const value = decimals(strokes.shown()[strokes.cursor]);
  const numbers = { number: strokes.cursor + 1, count: samples.length, value };
  strokes.say(fill(tr("Sample {number} of {count}: {value}"), numbers));
  return true;
}

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

// waveform_editor/model.js
function covered(samples, strokes) {
  const curve = samples.slice();
  for (const stroke of strokes) {
    for (const [column, value] of stroke) curve[column] = value;
  }
  return curve;
}
function columnsBetween([from, start], [to, value], count) {
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  const found = [];
  for (let k = Math.max(Math.ceil(low - 0.5), 0); k + 0.5 <= Math.min(high, count); k += 1) {
    const share = high === low ? 1 : (k + 0.5 - from) / (to - from);
    found.push([k, start + share * (value - start)]);
  }
  const own = Math.floor(to);
  if (own >= 0 && own < count) found.push([own, value]);
  return found;
}

// waveform_editor/strokes.js
var DONE = {
  undo: tr("Undone."),
  redo: tr("Done again."),
  smooth: tr("Smoothed."),
  clear: tr("All samples are 0.")
};
var OVER = { undo: tr("Nothing to undo."), redo: tr("Nothing to redo.") };
var Strokes = class {
  /**
   * @param {Model} model
   * @param {string} client the name of the view
   * @param {(text: string) => void} say
   * @param {() => void} schedule asks for a frame
   */
  constructor(model, client, say, schedule) {
    this.model = model;
    this.say = say;
    this.schedule = schedule;
    this.talk = conversation(model, client);
    this.samples = numbersOf(model.get("_samples"), Float32Array);
    this.pending = [];
    this.stroke = null;
    this.cursor = 0;
    this.expected = "";
  }
  /** Python's samples below, unacknowledged strokes above. */
  shown() {
    const strokes = this.stroke ? [...this.pending, this.stroke] : this.pending;
    return covered(
      this.samples,
      strokes.map(({ cells }) => cells)
    );
  }
  /**
   * @param {Point} at
   * @param {number} pointer
   */
  begin(at, pointer) {
    this.stroke = { cells: /* @__PURE__ */ new Map(), pointer, last: at };
    this.drawTo(at);
  }
  /** @param {Point} at */
  drawTo(at) {
    const { stroke, samples } = this;
    if (!stroke) return;
    for (const [column, value] of columnsBetween(stroke.last, at, samples.length)) stroke.cells.set(column, value);
    const own = Math.floor(at[0]);
    if (own >= 0 && own < samples.length) this.cursor = own;
    stroke.last = at;
  }
  end() {
    if (!this.stroke) return;
    const { cells } = this.stroke;
    this.stroke = null;
    if (cells.size) {
      this.expected = "";
      const { buffer } = Float32Array.from(cells.values());
      this.pending.push({ sequence: this.talk.ask("draw", { columns: [...cells.keys()] }, [buffer]), cells });
    }
    this.schedule();
  }
  /** Discard the stroke under the pen. */
  drop() {
    this.stroke = null;
  }
  /** Handle an answer of Python. */
  hear() {
    const answered = this.talk.hear();
    this.pending = this.pending.filter(({ sequence }) => sequence > answered);
  }
  /** Handle new samples from Python. */
  renew() {
    this.samples = numbersOf(this.model.get("_samples"), Float32Array);
    if (this.expected) this.say(this.expected);
    this.expected = "";
  }
  /**
   * Request a command even if it seems impossible, because messages under way may make it possible.
   *
   * @param {string} type
   */
  command(type) {
    this.end();
    this.model.send({ type });
    const isOver = type in OVER && !this.model.get(`can_${type}`) && !this.pending.length;
    this.say(isOver && !this.expected ? OVER[type] : "");
    this.expected = isOver ? this.expected : DONE[type];
  }
  /**
   * Move the keyboard cursor to a sample, cyclically.
   *
   * @param {number} to
   */
  walk(to) {
    this.end();
    this.cursor = (to + this.samples.length) % this.samples.length;
  }
  /**
   * Change the sample under the keyboard cursor; one stroke while the key is held.
   *
   * @param {number} step
   */
  nudge(step) {
    const value = clamp(Math.round((this.shown()[this.cursor] + step) * 100) / 100, -1, 1);
    this.stroke ??= { cells: /* @__PURE__ */ new Map(), pointer: null, last: [this.cursor, value] };
    this.stroke.cells.set(this.cursor, value);
  }
};

// waveform_editor/index.js
function render({ model, el }) {
  const client = viewName();
  const { root, canvas, news, table, key, buttons, help } = waveformFrame(el, client);
  const paint = painter(draw);
  function say(text) {
    news.textContent = text;
  }
  const strokes = new Strokes(model, client, say, paint.soon);
  const [drawn, behind, focus] = model.get("_colours");
  const theme = followTheme(root, INK, { ...INK_NAMES, drawn, behind, focus }, paint.soon);
  const { on, change, onSize, stop } = listeners(model);
  let keyboard = false;
  let frames = 0;
  function draw() {
    if (!canvas.clientWidth) return;
    fitCanvas(canvas);
    if (theme.update()) dress();
    const disabled = model.get("disabled");
    const curve = strokes.shown();
    const reference = numbersOf(model.get("_reference"), Float32Array);
    const cursor = keyboard && !disabled ? strokes.cursor : -1;
    drawWaveform(canvas, { samples: curve, reference, disabled, cursor, periodLabel: model.get("period_label") });
    frames += 1;
    const samples = Array.from(curve, (value) => value.toFixed(3)).join(" ");
    Object.assign(canvas.dataset, { frames, samples, reference: reference.length });
    if (!strokes.stroke) describe(curve, disabled);
  }
  function describe(curve, disabled) {
    const [label, period] = [model.get("label"), model.get("period_label")];
    const [low, high] = [decimals(Math.min(...curve)), decimals(Math.max(...curve))];
    const shape = { label, period, count: curve.length, low, high };
    setAttributes(canvas, {
      "aria-label": fill(tr("{label}: {period}, {count} samples from {low} to {high}"), shape),
      "aria-describedby": disabled ? "" : help.id,
      role: disabled ? "img" : "application",
      tabindex: disabled ? "-1" : "0"
    });
    const parts = Array.from({ length: 8 }, (_, k) => decimals(curve[Math.floor(k * curve.length / 8)]));
    const values = parts.join(", ");
    const text = fill(tr("{label}, eight values along {period}: {values}."), { label, period, values });
    if (table.textContent !== text) table.textContent = text;
  }
  function dress() {
    const disabled = model.get("disabled");
    root.classList.toggle("is-disabled", disabled);
    root.style.width = `${model.get("width")}px`;
    canvas.style.aspectRatio = `${model.get("width")} / ${model.get("height")}`;
    for (const button of buttons) {
      const isHistory = button.value === "undo" || button.value === "redo";
      button.disabled = disabled || isHistory && !model.get(`can_${button.value}`);
    }
    key.replaceChildren();
    if (!model.get("_reference").byteLength) return;
    addKey("solid", disabled ? INK.zero : INK.drawn, model.get("drawn_name"));
    addKey("dashed", INK.behind, model.get("reference_name"));
  }
  function addKey(style, colour, textContent) {
    const entry = element(key, "span", "", { textContent });
    entry.prepend(Object.assign(document.createElement("i"), { style: `border-top: 2px ${style} ${colour}` }));
  }
  function setKeyboard(value) {
    keyboard = value;
    paint.soon();
  }
  followPointer(canvas, strokes, on, () => setKeyboard(false));
  on(canvas, "keydown", (event) => {
    if (model.get("disabled") || Number.isInteger(strokes.stroke?.pointer) || !press(strokes, event)) return;
    event.preventDefault();
    event.stopPropagation();
    setKeyboard(true);
  });
  on(canvas, "keyup", ({ key: name }) => {
    if (strokes.stroke?.pointer === null && (name === "ArrowUp" || name === "ArrowDown")) strokes.end();
  });
  on(canvas, "focus", () => setKeyboard(canvas.matches(":focus-visible")));
  on(canvas, "blur", () => {
    if (strokes.stroke?.pointer === null) strokes.end();
    setKeyboard(false);
  });
  for (const button of buttons) on(button, "click", () => strokes.command(button.value));
  const drop = () => strokes.drop();
  change("_samples", () => strokes.renew(), paint.soon);
  change("_acknowledged", () => strokes.hear(), paint.soon);
  change("disabled", drop, dress, paint.soon);
  const looks = ["width", "height", "can_undo", "can_redo", "_reference", "drawn_name", "reference_name"];
  change(looks, dress, paint.soon);
  change(["label", "period_label"], paint.soon);
  onSize(canvas, paint.soon);
  dress();
  return () => {
    stop();
    paint.stop();
    theme.stop();
    root.remove();
  };
}
var waveform_editor_default = { render };
export {
  waveform_editor_default as default
};

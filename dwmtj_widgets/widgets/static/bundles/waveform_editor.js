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
function drawGrid(context, place, { disabled, periodLabel }) {
  const { x, y, width, height } = place;
  const size = place.column(PAD.left + width);
  context.fillStyle = disabled ? INK.off : INK.paper;
  context.fillRect(PAD.left, PAD.top, width, height);
  const rule = (colour, from, to) => {
    context.strokeStyle = colour;
    context.beginPath();
    context.moveTo(...from.map((value) => Math.round(value) + 0.5));
    context.lineTo(...to.map((value) => Math.round(value) + 0.5));
    context.stroke();
  };
  const [left, right, top, bottom] = [PAD.left, PAD.left + width, PAD.top, PAD.top + height];
  context.lineWidth = 1;
  for (let k = 1; k < 8; k += 1) {
    const eighth = x(size * k / 8);
    rule(k % 2 ? INK.grid : INK.line, [eighth, top], [eighth, bottom]);
  }
  for (const value of [-0.5, 0.5]) rule(INK.grid, [left, y(value)], [right, y(value)]);
  for (const value of [-1, 1]) rule(INK.line, [left, y(value)], [right, y(value)]);
  for (const edge of [left, right]) rule(INK.line, [edge, top], [edge, bottom]);
  rule(INK.zero, [left, y(0)], [right, y(0)]);
  Object.assign(context, { fillStyle: INK.text, font: "11px system-ui, sans-serif", textBaseline: "middle" });
  context.textAlign = "right";
  for (const [value, text] of [
    [1, "1"],
    [0, "0"],
    [-1, "−1"]
  ])
    context.fillText(text, left - JOIN - 5, y(value));
  const [middle, low] = [left + width / 2, bottom + 13];
  context.textAlign = "center";
  context.fillText(periodLabel, middle, low);
  const room = context.measureText(periodLabel).width / 2 + 8;
  for (const [end, start] of [
    [left, middle - room],
    [right, middle + room]
  ]) {
    const back = Math.sign(start - end) * 5;
    rule(INK.zero, [start, low], [end, low]);
    rule(INK.zero, [end, low], [end + back, low - 3]);
    rule(INK.zero, [end, low], [end + back, low + 3]);
  }
}
function drawWaveform(canvas, { samples, reference, cursor, ...look }) {
  const ratio = window.devicePixelRatio || 1;
  const context = canvas.getContext("2d");
  const place = layOut(canvas, samples.length);
  const { drawn, behind, focus } = INK;
  const box = (margin) => [PAD.left - margin, 0, place.width + 2 * margin, PAD.top + place.height + 6];
  const beyond = JOIN / place.width * samples.length;
  const inside = (margin, alpha, draw) => {
    context.save();
    context.beginPath();
    context.rect(...box(margin));
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
  const at = [place.x(cursor + 0.5), place.y(samples[cursor])];
  inside(JOIN, 1, () => {
    Object.assign(context, { strokeStyle: focus, fillStyle: INK.paper, lineWidth: 1 });
    context.setLineDash([2, 3]);
    context.beginPath();
    context.moveTo(at[0], PAD.top);
    context.lineTo(at[0], PAD.top + place.height);
    context.stroke();
    context.setLineDash([]);
    context.lineWidth = 2.5;
    context.beginPath();
    context.arc(...at, 4.5, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  });
}

// waveform_editor/index.js
var HELP = tr(
  "Left and right arrow keys move along the period, up and down change the value there, Shift makes larger steps, Home and End go to the first and the last sample, Control Z undoes."
);
var COMMANDS = { undo: tr("Undo"), redo: tr("Redo"), smooth: tr("Smooth"), clear: tr("Clear") };
var DONE = {
  undo: tr("Undone."),
  redo: tr("Done again."),
  smooth: tr("Smoothed."),
  clear: tr("All samples are 0.")
};
var OVER = { undo: tr("Nothing to undo."), redo: tr("Nothing to redo.") };
var STEP = { value: 0.05, large: 0.25 };
function frame(el, name) {
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
function render({ model, el }) {
  const client = viewName();
  const { root, canvas, news, table, key, buttons, help } = frame(el, client);
  let samples = numbersOf(model.get("_samples"), Float32Array);
  let pending = [];
  let stroke = null;
  let sequence = 0;
  let cursor = 0;
  let keyboard = false;
  let frames = 0;
  let expected = "";
  const { on, watch, onSize, stop } = listeners(model);
  const paint = painter(draw);
  const inkNames = () => {
    const [drawn, behind, focus] = model.get("_colours");
    return { ...INK_NAMES, drawn, behind, focus };
  };
  const theme = followTheme(root, INK, inkNames(), paint.soon);
  const say = (text) => news.textContent = text;
  function shown() {
    const curve = samples.slice();
    for (const { cells } of stroke ? [...pending, stroke] : pending) {
      for (const [column, value] of cells) curve[column] = value;
    }
    return curve;
  }
  function drawTo(column, value) {
    const [from, start] = stroke.last;
    const [low, high] = [Math.min(from, column), Math.max(from, column)];
    for (let k = Math.max(Math.ceil(low - 0.5), 0); k + 0.5 <= Math.min(high, samples.length); k += 1) {
      const share = high === low ? 1 : (k + 0.5 - from) / (column - from);
      stroke.cells.set(k, start + share * (value - start));
    }
    const own = Math.floor(column);
    if (own >= 0 && own < samples.length) {
      stroke.cells.set(own, value);
      cursor = own;
    }
    stroke.last = [column, value];
  }
  function endStroke() {
    if (!stroke) return;
    const { cells } = stroke;
    stroke = null;
    if (cells.size) {
      sequence += 1;
      expected = "";
      pending.push({ sequence, cells });
      const values = Float32Array.from(cells.values());
      model.send({ type: "draw", client, sequence, columns: [...cells.keys()] }, void 0, [values.buffer]);
    }
    paint.soon();
  }
  function command(type) {
    endStroke();
    model.send({ type });
    const isOver = (type === "undo" || type === "redo") && !model.get(`can_${type}`) && !pending.length;
    say(isOver && !expected ? OVER[type] : "");
    expected = isOver ? expected : DONE[type];
  }
  function onSamples() {
    samples = numbersOf(model.get("_samples"), Float32Array);
    if (expected) say(expected);
    expected = "";
  }
  function draw() {
    if (!canvas.clientWidth) return;
    fitCanvas(canvas);
    if (theme.update()) dress();
    const disabled = model.get("disabled");
    const curve = shown();
    const reference = numbersOf(model.get("_reference"), Float32Array);
    drawWaveform(canvas, {
      samples: curve,
      reference,
      disabled,
      cursor: keyboard && !disabled ? cursor : -1,
      periodLabel: model.get("period_label")
    });
    frames += 1;
    Object.assign(canvas.dataset, { frames, samples: Array.from(curve, (value) => value.toFixed(3)).join(" ") });
    canvas.dataset.reference = reference.length;
    if (!stroke) describe(curve, disabled);
  }
  function describe(curve, disabled) {
    const [label, period] = [model.get("label"), model.get("period_label")];
    const [low, high] = [decimals(Math.min(...curve)), decimals(Math.max(...curve))];
    const told = { label, period, count: curve.length, low, high };
    setAttributes(canvas, {
      "aria-label": fill(tr("{label}: {period}, {count} samples from {low} to {high}"), told),
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
      const can = `can_${button.value}`;
      button.disabled = disabled || button.value in { undo: 0, redo: 0 } && !model.get(can);
    }
    const own = disabled ? INK.zero : INK.drawn;
    const entries = [
      [own, "solid", model.get("drawn_name")],
      [INK.behind, "dashed", model.get("reference_name")]
    ];
    key.replaceChildren();
    for (const [colour, style, textContent] of model.get("_reference").byteLength ? entries : []) {
      const entry = element(key, "span", "", { textContent });
      entry.prepend(Object.assign(document.createElement("i"), { style: `border-top: 2px ${style} ${colour}` }));
    }
  }
  function locate({ clientX, clientY }) {
    const bounds = canvas.getBoundingClientRect();
    const place = layOut(canvas, samples.length);
    return [place.column(clientX - bounds.left), place.value(clientY - bounds.top)];
  }
  on(canvas, "pointerdown", (event) => {
    if (!event.isPrimary || event.button !== 0 || model.get("disabled")) return;
    endStroke();
    canvas.setPointerCapture(event.pointerId);
    const at = locate(event);
    stroke = { cells: /* @__PURE__ */ new Map(), pointer: event.pointerId, last: at };
    drawTo(...at);
    keyboard = false;
    paint.soon();
  });
  on(canvas, "pointermove", (event) => {
    if (stroke?.pointer !== event.pointerId) return;
    const passed = event.getCoalescedEvents?.() ?? [];
    for (const point of passed.length ? passed : [event]) drawTo(...locate(point));
    paint.soon();
  });
  on(canvas, "lostpointercapture", endStroke);
  function walk(to) {
    endStroke();
    cursor = (to + samples.length) % samples.length;
  }
  function nudge(step) {
    const value = clamp(Math.round((shown()[cursor] + step) * 100) / 100, -1, 1);
    stroke ??= { cells: /* @__PURE__ */ new Map(), pointer: null, last: [cursor, value] };
    stroke.cells.set(cursor, value);
  }
  function press({ key: name, shiftKey, altKey, ctrlKey, metaKey }) {
    if (altKey) return false;
    if (ctrlKey || metaKey) {
      const letter = name.toLowerCase();
      if (letter !== "z" && letter !== "y") return false;
      command(letter === "y" || shiftKey ? "redo" : "undo");
      return true;
    }
    const along = shiftKey ? Math.ceil(samples.length / 8) : 1;
    const up = shiftKey ? STEP.large : STEP.value;
    const moves = { ArrowLeft: cursor - along, ArrowRight: cursor + along, Home: 0, End: samples.length - 1 };
    const steps = { ArrowUp: up, ArrowDown: -up };
    if (name in moves) walk(moves[name]);
    else if (name in steps) nudge(steps[name]);
    else return false;
    say(
      fill(tr("Sample {number} of {count}: {value}"), {
        number: cursor + 1,
        count: samples.length,
        value: decimals(shown()[cursor])
      })
    );
    return true;
  }
  const setKeyboard = (value) => (keyboard = value, paint.soon());
  on(canvas, "keydown", (event) => {
    if (model.get("disabled") || Number.isInteger(stroke?.pointer) || !press(event)) return;
    event.preventDefault();
    event.stopPropagation();
    setKeyboard(true);
  });
  on(canvas, "keyup", ({ key: name }) => {
    if (stroke?.pointer === null && (name === "ArrowUp" || name === "ArrowDown")) endStroke();
  });
  on(canvas, "focus", () => setKeyboard(canvas.matches(":focus-visible")));
  on(canvas, "blur", () => {
    if (stroke?.pointer === null) endStroke();
    setKeyboard(false);
  });
  for (const button of buttons) on(button, "click", () => command(button.value));
  const change = (name, handler = () => {
  }) => watch(`change:${name}`, () => (handler(), paint.soon()));
  change("_samples", onSamples);
  change("_acknowledged", () => {
    const [who, last] = model.get("_acknowledged").split(":");
    if (who === client) pending = pending.filter((sent) => sent.sequence > Number(last));
  });
  change("disabled", () => {
    stroke = null;
    dress();
  });
  for (const name of ["width", "height", "can_undo", "can_redo", "_reference", "drawn_name", "reference_name"]) {
    change(name, dress);
  }
  for (const name of ["label", "period_label"]) change(name);
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

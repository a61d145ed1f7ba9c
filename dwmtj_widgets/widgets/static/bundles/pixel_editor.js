// Made from js/ by `npm --prefix js run build`. Do not edit.

// lib/canvas.js
var pixelRatio = () => window.devicePixelRatio || 1;
function contextOf(canvas, settings) {
  return (
    /** @type {CanvasRenderingContext2D} */
    canvas.getContext("2d", settings)
  );
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

// lib/theme.js
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

// pixel_editor/grid.js
function numberOf({ rows, columns }, { row, column }) {
  return row >= 0 && row < rows && column >= 0 && column < columns ? row * columns + column : -1;
}
var cellOf = ({ columns }, number) => ({ row: Math.floor(number / columns), column: number % columns });
function cellsOnLine(from, to) {
  const [down, right] = [to.row - from.row, to.column - from.column];
  const steps = Math.max(Math.abs(down), Math.abs(right), 1);
  return Array.from({ length: steps + 1 }, (_, k) => ({
    row: from.row + Math.round(down * k / steps),
    column: from.column + Math.round(right * k / steps)
  }));
}

// pixel_editor/drawing.js
function places(size) {
  const ratio = pixelRatio();
  const edge = (count) => Math.round(count * size * ratio);
  const box = ({ row, column }) => {
    const [left, top] = [edge(column), edge(row)];
    return [left, top, edge(column + 1) - left, edge(row + 1) - top];
  };
  return { ratio, edge, box };
}
function drawCells(canvas, bits, { rows, columns, size, compact, marks }) {
  const { ratio, edge, box } = places(size);
  const [width, height] = [edge(columns), edge(rows)];
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  Object.assign(canvas.style, { width: `${columns * size}px`, height: `${rows * size}px` });
  const { backgroundColor: off, color: on, borderTopColor: grid, outlineColor: focus } = getComputedStyle(canvas);
  const context = contextOf(canvas, { alpha: false });
  context.fillStyle = off;
  context.fillRect(0, 0, width, height);
  context.fillStyle = on;
  bits.forEach((bit, cell) => {
    if (bit === "1") context.fillRect(...box(cellOf({ rows, columns }, cell)));
  });
  if (!compact) {
    const line = Math.max(1, Math.round(ratio));
    context.fillStyle = grid;
    for (let c = 1; c < columns; c += 1) context.fillRect(edge(c) - line, 0, line, height);
    for (let r = 1; r < rows; r += 1) context.fillRect(0, edge(r) - line, width, line);
  }
  const thick = Math.round((compact ? 1 : 2) * ratio);
  for (const { place, dashed } of marks) {
    const cell = box(place);
    drawRing(context, cell, dashed ? 0 : thick, dashed ? thick : Math.round(ratio), "#ffffff", []);
    drawRing(context, cell, 0, thick, focus, dashed ? [3 * ratio, 3 * ratio] : []);
  }
}
function drawRing(context, [left, top, wide, high], inset, thickness, colour, dashes) {
  const shift = inset + thickness / 2;
  Object.assign(context, { strokeStyle: colour, lineWidth: thickness });
  context.setLineDash(dashes);
  context.strokeRect(left + shift, top + shift, wide - 2 * shift, high - 2 * shift);
}

// pixel_editor/gesture.js
function followPointer(canvas, painting, pointing, on) {
  function locate({ clientX, clientY }) {
    const bounds = canvas.getBoundingClientRect();
    const { rows, columns } = painting.size;
    return {
      row: Math.floor((clientY - bounds.top) / bounds.height * rows),
      column: Math.floor((clientX - bounds.left) / bounds.width * columns)
    };
  }
  on(canvas, "pointerdown", (event) => {
    const at = locate(event);
    const cell = painting.index(at);
    if (!event.isPrimary || event.button !== 0 || cell < 0) return;
    painting.end();
    pointing.moveCursor(at);
    pointing.hovered = cell;
    if (event.shiftKey) pointing.select(cell);
    else if (!painting.model.get("disabled")) {
      canvas.setPointerCapture(event.pointerId);
      painting.begin(at, event.pointerId);
    }
    pointing.setKeyboard(false);
  });
  on(canvas, "pointermove", (event) => {
    if (painting.stroke?.pointer === event.pointerId) {
      const passed = event.getCoalescedEvents?.() ?? [];
      for (const point of passed.length ? passed : [event]) painting.paintTo(locate(point));
      pointing.moveCursor(locate(event));
    }
    if (event.isPrimary) pointing.hovered = painting.index(locate(event));
    painting.schedule();
  });
  on(canvas, "lostpointercapture", () => painting.end());
  on(canvas, "pointerleave", () => pointing.leave());
}

// lib/keys.js
var ARROWS = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0]
};
function historyOf({ key, shiftKey }) {
  const letter = key.toLowerCase();
  if (letter !== "z" && letter !== "y") return null;
  return letter === "y" || shiftKey ? "redo" : "undo";
}

// pixel_editor/keys.js
function press(painting, pointing, event) {
  const { key, shiftKey, altKey, ctrlKey, metaKey } = event;
  if (altKey) return null;
  if (ctrlKey || metaKey) {
    const type = historyOf(event);
    if (!type) return null;
    painting.end();
    painting.model.send({ type });
    return "history";
  }
  const { cursor } = pointing;
  if (key in ARROWS) {
    const [down, right] = ARROWS[
      /** @type {keyof typeof ARROWS} */
      key
    ];
    if (shiftKey && !painting.stroke) painting.begin(cursor, null, Number(painting.bits()[painting.index(cursor)]));
    pointing.moveCursor({ row: cursor.row + down, column: cursor.column + right });
    if (shiftKey) painting.paintTo(pointing.cursor);
  } else if (key === "Enter" && shiftKey) pointing.select(painting.index(cursor));
  else if (key === " " || key === "Enter") {
    painting.end();
    painting.begin(cursor, null);
    painting.end();
  } else return null;
  pointing.hovered = painting.index(pointing.cursor);
  return "cell";
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

// pixel_editor/painting.js
var Painting = class {
  /**
   * @param {Model} model
   * @param {string} client the name of the view
   * @param {() => void} schedule asks for a frame
   */
  constructor(model, client, schedule) {
    this.model = model;
    this.schedule = schedule;
    this.talk = conversation(model, client);
    this.stroke = null;
    this.strokes = 0;
    this.pending = [];
  }
  get size() {
    return { rows: this.model.get("rows"), columns: this.model.get("columns") };
  }
  /** @param {Cell} cell */
  index(cell) {
    return numberOf(this.size, cell);
  }
  /** Whether a pointer is painting. */
  get hasPen() {
    return this.stroke !== null && this.stroke.pointer !== null;
  }
  /** Whether a key is painting. */
  get hasKey() {
    return this.stroke?.pointer === null;
  }
  /**
   * Python's bits below, this view's unacknowledged cells above.
   *
   * @returns {string[]}
   */
  bits() {
    const { rows, columns } = this.size;
    const bits = Array.from(this.model.get("bits").padEnd(rows * columns, "0"));
    for (const { value, cells } of this.stroke ? [...this.pending, this.stroke] : this.pending) {
      for (const cell of cells) bits[cell] = String(value);
    }
    return bits;
  }
  /**
   * @param {Cell} at
   * @param {number | null} pointer
   * @param {number} value
   */
  begin(at, pointer, value = 1 - Number(this.bits()[this.index(at)])) {
    this.strokes += 1;
    this.stroke = { number: this.strokes, value, cells: /* @__PURE__ */ new Set(), unsent: /* @__PURE__ */ new Set(), last: at, pointer };
    this.paintTo(at);
  }
  /** @param {Cell} at */
  paintTo(at) {
    const { stroke } = this;
    if (!stroke) return;
    for (const place of cellsOnLine(stroke.last, at)) {
      const cell = this.index(place);
      if (cell < 0 || stroke.cells.has(cell)) continue;
      stroke.cells.add(cell);
      stroke.unsent.add(cell);
    }
    stroke.last = at;
    this.schedule();
  }
  /**
   * @param {Stroke} stroke
   * @param {number[]} cells
   */
  send(stroke, cells) {
    const { value, number } = stroke;
    const sequence = this.talk.ask("paint", { stroke: number, value, cells });
    this.pending.push({ sequence, value, cells });
    stroke.unsent.clear();
  }
  /** Send the gathered cells, unless a piece is under way. */
  sendGathered() {
    if (this.stroke?.unsent.size && !this.pending.length) this.send(this.stroke, [...this.stroke.unsent]);
  }
  end() {
    const { stroke } = this;
    if (!stroke) return;
    const bits = this.model.get("bits");
    const cells = [...stroke.cells].filter((cell) => stroke.unsent.has(cell) || Number(bits[cell]) !== stroke.value);
    if (cells.length) this.send(stroke, cells);
    this.stroke = null;
    this.schedule();
  }
  /** Handle an answer of Python. */
  hear() {
    const answered = this.talk.hear();
    this.pending = this.pending.filter(({ sequence }) => sequence > answered);
  }
  /** Handle a new size of the grid. */
  drop() {
    this.pending = [];
    this.stroke = null;
  }
};

// lib/numbers.js
var clamp = (value, least, most) => Math.min(Math.max(value, least), most);

// pixel_editor/pointing.js
var Pointing = class {
  /**
   * @param {Model} model
   * @param {Painting} painting
   */
  constructor(model, painting) {
    this.model = model;
    this.painting = painting;
    this.cursor = { row: 0, column: 0 };
    this.selected = model.get("selected");
    this.hovered = -1;
    this.keyboard = false;
  }
  /** @param {Cell} at */
  moveCursor(at) {
    const { rows, columns } = this.painting.size;
    this.cursor = { row: clamp(at.row, 0, rows - 1), column: clamp(at.column, 0, columns - 1) };
  }
  /**
   * Select a cell, or deselect it.
   *
   * @param {number} cell
   */
  select(cell) {
    this.selected = cell === this.selected ? -1 : cell;
    this.model.send({ type: "select", cell: this.selected });
    this.painting.schedule();
  }
  /** @param {boolean} value */
  setKeyboard(value) {
    this.keyboard = value;
    this.painting.schedule();
  }
  leave() {
    this.hovered = -1;
    this.painting.schedule();
  }
  /** Tell Python the hovered cell, if it has a callback. */
  tellHovered() {
    const { model, hovered } = this;
    if (!model.get("_reports_hover") || hovered === model.get("hovered")) return;
    model.set("hovered", hovered);
    model.save_changes();
  }
};

// pixel_editor/index.js
var HELP = tr(
  "Arrow keys move, Space or Enter flips a cell, Shift with an arrow key paints, Shift with Enter selects, Control Z undoes."
);
function render({ model, el }) {
  const client = viewName();
  const root = element(el, "div", "dwmtj-pixel-editor");
  const caption = element(root, "div", "dwmtj-pixel-caption", { ariaHidden: "true" });
  const frame = element(root, "div", "dwmtj-pixel-frame");
  const canvas = element(frame, "canvas", "dwmtj-pixel-canvas");
  const live = element(root, "div", "dwmtj-unseen", { ariaLive: "polite" });
  const help = element(root, "div", "", { id: `dwmtj-pixel-${client}`, textContent: HELP, hidden: true });
  const { soon: schedule, stop: stopPainting } = painter(() => {
    draw();
    painting.sendGathered();
    pointing.tellHovered();
  });
  const painting = new Painting(model, client, schedule);
  const pointing = new Pointing(model, painting);
  const { on, change, stop: stopListening } = listeners(model);
  let announceBits = false;
  function draw() {
    const { rows, columns } = painting.size;
    const [bits, compact, disabled] = [painting.bits(), model.get("compact"), model.get("disabled")];
    const chosen = cellOf(painting.size, pointing.selected);
    const marks = painting.index(chosen) < 0 ? [] : [{ place: chosen, dashed: false }];
    if (pointing.keyboard) marks.push({ place: pointing.cursor, dashed: true });
    const flags = { "is-compact": compact, "is-keyboard": pointing.keyboard, "is-disabled": disabled };
    for (const [name, value] of Object.entries(flags)) root.classList.toggle(name, value);
    drawCells(canvas, bits, { rows, columns, size: model.get("cell_size"), compact, marks });
    canvas.dataset.bits = bits.join("");
    describe(bits.filter((bit) => bit === "1").length, disabled);
  }
  function describe(on2, disabled) {
    const label = model.get("label");
    setAttributes(canvas, {
      "aria-label": fill(tr("{label}: {rows} by {columns} cells, {on} on"), {
        label: label || tr("Pixel editor"),
        ...painting.size,
        on: on2
      }),
      "aria-describedby": disabled ? "" : help.id,
      role: disabled ? "img" : "application",
      tabindex: disabled ? "-1" : "0"
    });
    if (caption.textContent !== label) caption.textContent = label;
    if (announceBits) live.textContent = fill(tr("{on} cells on"), { on: on2 });
    announceBits = false;
  }
  function sayCell() {
    const value = painting.bits()[pointing.hovered] === "1" ? tr("on") : tr("off");
    const [row, column] = [pointing.cursor.row + 1, pointing.cursor.column + 1];
    live.textContent = fill(tr("Row {row}, column {column}, {value}"), { row, column, value });
  }
  followPointer(canvas, painting, pointing, on);
  on(canvas, "keydown", (event) => {
    if (model.get("disabled") || painting.hasPen) return;
    const done = press(painting, pointing, event);
    if (!done) return;
    if (done === "history") announceBits = true;
    else sayCell();
    event.preventDefault();
    event.stopPropagation();
    pointing.setKeyboard(true);
  });
  on(canvas, "keyup", ({ key }) => key === "Shift" && painting.hasKey && painting.end());
  on(canvas, "focus", () => pointing.setKeyboard(!model.get("disabled") && canvas.matches(":focus-visible")));
  on(canvas, "blur", () => {
    painting.end();
    pointing.leave();
    pointing.setKeyboard(false);
  });
  const onSize = () => {
    painting.drop();
    pointing.moveCursor(pointing.cursor);
  };
  const onSelected = () => {
    pointing.selected = model.get("selected");
  };
  change("_acknowledged", () => painting.hear(), schedule);
  change(["rows", "columns"], onSize, schedule);
  change("selected", onSelected, schedule);
  change(["bits", "label", "cell_size", "compact", "disabled", "_reports_hover"], schedule);
  on(window, "resize", schedule);
  const stopFollowing = watchTheme(schedule);
  draw();
  schedule();
  return () => {
    stopListening();
    stopFollowing();
    stopPainting();
    root.remove();
  };
}
var pixel_editor_default = { render };
export {
  pixel_editor_default as default
};

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

// lib/numbers.js
function numbersOf(view, Type) {
  const [buffer, start] = view instanceof ArrayBuffer ? [view, 0] : [view.buffer, view.byteOffset];
  return new Type(
    /** @type {ArrayBuffer} */
    buffer.slice(start, start + view.byteLength)
  );
}

// lib/colour.js
var channels = (colour) => [1, 3, 5].map((k) => Number.parseInt(colour.slice(k, k + 2), 16));
function colourTable([low, middle, high]) {
  const [from, half, to] = [low, middle, high].map(channels);
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

// raster/ring.js
var Ring = class {
  /**
   * @param {number} rows
   * @param {number} columns
   */
  constructor(rows, columns) {
    this.rows = rows;
    this.columns = columns;
    this.filled = 0;
    this.next = 0;
    this.image = sheet(columns, rows);
  }
  /**
   * Write moments, `rows` bytes each, over the oldest.
   *
   * @param {Uint8Array} bytes
   * @param {number[][]} table colours of the bytes
   */
  write(bytes, table) {
    const { rows, columns } = this;
    const count = bytes.length / rows;
    for (let done = 0; done < count; ) {
      const part = Math.min(count - done, columns - this.next);
      this.paint(bytes.subarray(done * rows, (done + part) * rows), table);
      this.next = (this.next + part) % columns;
      this.filled = Math.min(this.filled + part, columns);
      done += part;
    }
  }
  /**
   * Paint moments, starting at the next column.
   *
   * @param {Uint8Array} bytes
   * @param {number[][]} table
   */
  paint(bytes, table) {
    const { rows } = this;
    const width = bytes.length / rows;
    const pixels = this.image.context.createImageData(width, rows);
    for (let moment = 0; moment < width; moment += 1) {
      for (let row = 0; row < rows; row += 1) {
        const [red, green, blue] = table[bytes[moment * rows + row]];
        pixels.data.set([red, green, blue, 255], 4 * (row * width + moment));
      }
    }
    this.image.context.putImageData(pixels, this.next, 0);
  }
  /**
   * Draw the ring, newest at the right, on a canvas of the same width.
   *
   * @param {CanvasRenderingContext2D} context
   * @param {number} height
   */
  drawOn(context, height) {
    const { columns, rows, filled, next, image } = this;
    const start = (next - filled + columns) % columns;
    const first = Math.min(filled, columns - start);
    const left = columns - filled;
    context.imageSmoothingEnabled = false;
    if (first) context.drawImage(image.canvas, start, 0, first, rows, left, 0, first, height);
    const second = filled - first;
    if (second > 0) context.drawImage(image.canvas, 0, 0, second, rows, left + first, 0, second, height);
  }
};

// raster/index.js
function render({ model, el }) {
  const root = element(el, "div", "dwmtj-raster");
  const names = element(root, "div", "dwmtj-raster-rows", { ariaHidden: "true" });
  const box = element(root, "div", "dwmtj-raster-box");
  const canvas = element(box, "canvas", "dwmtj-raster-canvas");
  const mark = element(box, "div", "dwmtj-raster-selected", { hidden: true });
  const now = element(box, "div", "dwmtj-raster-now", { hidden: true });
  const time = element(root, "div", "dwmtj-raster-time", { ariaHidden: "true" });
  const key = element(root, "div", "dwmtj-raster-key", { ariaHidden: "true" });
  const context = contextOf(canvas, { alpha: false });
  const colours = model.get("_colours");
  const table = colourTable(colours);
  let ring = new Ring(1, 2);
  let isNew = false;
  let frames = 0;
  const { watch, change, onSize, stop } = listeners(model);
  const paint = painter(draw);
  const inks = {};
  const theme = followTheme(root, inks, { page: "page", paper: "paper" }, paint.soon);
  function draw() {
    if (!canvas.clientWidth) return;
    const height = Math.max(Math.round(canvas.clientHeight * pixelRatio()), 1);
    if (canvas.width !== ring.columns || canvas.height !== height) {
      Object.assign(canvas, { width: ring.columns, height });
    }
    theme.update();
    context.fillStyle = inks.page;
    context.fillRect(0, 0, canvas.width, height);
    ring.drawOn(context, height);
    if (height / ring.rows >= 5) {
      context.fillStyle = inks.paper;
      for (let row = 1; row < ring.rows; row += 1) {
        context.fillRect(0, Math.round(row * height / ring.rows), canvas.width, 1);
      }
    }
    frames += Number(isNew);
    isNew = false;
    Object.assign(canvas.dataset, { frames, rows: ring.rows, columns: ring.columns, filled: ring.filled });
  }
  function place() {
    const row = model.get("selected");
    mark.hidden = row < 0 || row >= ring.rows;
    Object.assign(mark.style, { top: `${100 * row / ring.rows}%`, height: `${100 / ring.rows}%` });
    const share = model.get("_now");
    now.hidden = share < 0;
    now.style.left = `${100 * share}%`;
    canvas.dataset.now = share < 0 ? "" : share.toFixed(4);
  }
  function dress() {
    const [low, middle, high] = colours;
    root.style.setProperty("--dwmtj-raster-height", `${model.get("height")}px`);
    root.style.setProperty("--dwmtj-raster-width", `${model.get("width")}px`);
    names.replaceChildren();
    element(names, "span", "", { textContent: "0" });
    element(names, "span", "is-name", { textContent: model.get("row_label") });
    element(names, "span", "", { textContent: ring.rows > 1 ? String(ring.rows - 1) : "" });
    time.textContent = model.get("time_label");
    time.hidden = !time.textContent;
    key.replaceChildren();
    key.hidden = !model.get("legend");
    element(key, "span", "", { textContent: `${model.get("value_label")} −1` });
    element(key, "i", "", { style: `background: linear-gradient(to right, ${low}, ${middle}, ${high})` });
    element(key, "span", "", { textContent: "+1" });
    const size = fill(tr("{label}: {rows} rows"), { label: model.get("label"), rows: ring.rows });
    const parts = [size, model.get("time_label")].filter(Boolean).join(", ");
    setAttributes(canvas, { role: "img", "aria-label": `${parts}. ${model.get("summary")}`.trim() });
    place();
  }
  watch("msg:custom", ({ type, rows, columns, live }, [view] = []) => {
    if (type !== "push" && type !== "all") return;
    const isOther = rows !== ring.rows || columns !== ring.columns;
    if (type === "all" || isOther) ring = new Ring(rows, columns);
    ring.write(numbersOf(view, Uint8Array), table);
    canvas.dataset.live = String(live);
    isNew = true;
    if (isOther) dress();
    if (type === "all") paint.soon();
    else paint.later();
  });
  const texts2 = ["label", "summary", "time_label", "row_label", "value_label"];
  change([...texts2, "width", "height", "legend"], dress, paint.soon);
  change(["selected", "_now"], place);
  onSize(canvas, paint.soon);
  root.style.setProperty("--dwmtj-raster-focus", themed(colours[3]));
  dress();
  model.send({ type: "ready" });
  return () => {
    stop();
    paint.stop();
    theme.stop();
    root.remove();
  };
}
var raster_default = { render };
export {
  raster_default as default
};

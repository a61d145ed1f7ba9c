// The browser's half of Raster (raster.py). Messages from Python: {type: "push" | "all", rows, columns, live} with a
// byte for each sample (0 = -1, 255 = +1), moment after moment: "push" adds moments at the right, "all" replaces the
// picture. Message to Python: {type: "ready"}. Moments are kept as the columns of a ring, so a push paints only
// itself; the canvas is as many pixels wide as there are moments, and the page scales it.

import { painter } from "../lib/canvas.js";
import { colourTable } from "../lib/colour.js";
import { element, listeners, setAttributes } from "../lib/dom.js";
import { fill, tr } from "../lib/i18n.js";
import { numbersOf } from "../lib/numbers.js";
import { followTheme, themed } from "../lib/theme.js";

class Ring {
  constructor(rows, columns) {
    Object.assign(this, { rows, columns, filled: 0, next: 0 });
    this.image = new OffscreenCanvas(columns, rows);
    this.context = this.image.getContext("2d");
  }

  /** Write moments, `rows` bytes each, over the oldest. */
  write(bytes, table) {
    const { rows, columns } = this;
    const count = bytes.length / rows;
    for (let done = 0; done < count; ) {
      const part = Math.min(count - done, columns - this.next);
      const pixels = this.context.createImageData(part, rows);
      for (let moment = 0; moment < part; moment += 1) {
        for (let row = 0; row < rows; row += 1) {
          const [red, green, blue] = table[bytes[(done + moment) * rows + row]];
          pixels.data.set([red, green, blue, 255], 4 * (row * part + moment));
        }
      }
      this.context.putImageData(pixels, this.next, 0);
      this.next = (this.next + part) % columns;
      this.filled = Math.min(this.filled + part, columns);
      done += part;
    }
  }

  /** Draw the ring, newest at the right, on a canvas as wide as it. */
  drawOn(context, height) {
    const { columns, rows, filled, next, image } = this;
    const start = (next - filled + columns) % columns;
    const first = Math.min(filled, columns - start);
    const left = columns - filled;
    context.imageSmoothingEnabled = false;
    if (first) context.drawImage(image, start, 0, first, rows, left, 0, first, height);
    if (filled > first) context.drawImage(image, 0, 0, filled - first, rows, left + first, 0, filled - first, height);
  }
}

function render({ model, el }) {
  const root = element(el, "div", "dwmtj-raster");
  const names = element(root, "div", "dwmtj-raster-rows", { ariaHidden: "true" });
  const box = element(root, "div", "dwmtj-raster-box");
  const canvas = element(box, "canvas", "dwmtj-raster-canvas");
  const mark = element(box, "div", "dwmtj-raster-selected", { hidden: true });
  const now = element(box, "div", "dwmtj-raster-now", { hidden: true });
  const time = element(root, "div", "dwmtj-raster-time", { ariaHidden: "true" });
  const key = element(root, "div", "dwmtj-raster-key", { ariaHidden: "true" });
  const context = canvas.getContext("2d", { alpha: false });
  const colours = model.get("_colours");
  const table = colourTable(colours);
  let ring = new Ring(1, 2);
  let isNew = false; // moments came that are not painted yet
  let frames = 0;
  const { watch, onSize, stop } = listeners(model);
  const paint = painter(draw);
  const inks = {};
  const theme = followTheme(root, inks, { page: "page", paper: "paper" }, paint.soon);

  function draw() {
    if (!canvas.clientWidth) return; // not in the page, or hidden
    const height = Math.max(Math.round(canvas.clientHeight * (window.devicePixelRatio || 1)), 1);
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
        context.fillRect(0, Math.round((row * height) / ring.rows), canvas.width, 1);
      }
    }
    frames += Number(isNew);
    isNew = false;
    Object.assign(canvas.dataset, { frames, rows: ring.rows, columns: ring.columns, filled: ring.filled });
  }

  function place() {
    const row = model.get("selected");
    mark.hidden = row < 0 || row >= ring.rows;
    Object.assign(mark.style, { top: `${(100 * row) / ring.rows}%`, height: `${100 / ring.rows}%` });
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
  const change = (name, handler) => watch(`change:${name}`, () => (handler(), paint.soon()));
  const texts = ["label", "summary", "time_label", "row_label", "value_label"];
  for (const name of [...texts, "width", "height", "legend"]) change(name, dress);
  for (const name of ["selected", "_now"]) watch(`change:${name}`, place);

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

export default { render };

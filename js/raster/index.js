// The browser's half of Raster (raster.py). The canvas is as many pixels wide as there are moments, and the page scales it.
//
// from Python  {type: "push" | "all", rows, columns, live} with a byte for each sample (0 = -1, 255 = +1), moment after
//              moment: "push" adds moments at the right, "all" replaces the picture
// to Python    {type: "ready"}

import { contextOf, painter, pixelRatio } from "../lib/canvas.js";
import { colourTable } from "../lib/colour.js";
import { element, listeners, setAttributes } from "../lib/dom.js";
import { fill, tr } from "../lib/i18n.js";
import { numbersOf } from "../lib/numbers.js";
import { followTheme, themed } from "../lib/theme.js";
import { Ring } from "./ring.js";

/** @param {View} view */
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
  let isNew = false; // there are unpainted moments
  let frames = 0;
  const { watch, change, onSize, stop } = listeners(model);
  const paint = painter(draw);
  /** @type {Record<string, string>} */
  const inks = {};
  const theme = followTheme(root, inks, { page: "page", paper: "paper" }, paint.soon);

  function draw() {
    if (!canvas.clientWidth) return; // not in the page, or hidden
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
  const texts = ["label", "summary", "time_label", "row_label", "value_label"];
  change([...texts, "width", "height", "legend"], dress, paint.soon);
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

export default { render };

// The browser's half of SphereField (sphere_field.py).
//
// from Python  {type: "vectors", cut: [numbers of those crossed out]} with int8 x, y, z of each vector, 127 = 1
// to Python    {type: "ready"}, {type: "hover", vector}, {type: "select", client, sequence, vector}, which Python answers
//              with `_acknowledged` = "client:sequence" and `selected` in one message. Until then this page's choice
//              lies over Python's.

import { conversation } from "../lib/answers.js";
import { painter } from "../lib/canvas.js";
import { colourTable } from "../lib/colour.js";
import { element, listeners, setAttributes, viewName } from "../lib/dom.js";
import { fill, tr } from "../lib/i18n.js";
import { clamp, decimals, numbersOf } from "../lib/numbers.js";
import { followTheme } from "../lib/theme.js";
import { SHADE_NAMES, SHADES } from "./drawing.js";
import { Spheres } from "./field.js";
import { target } from "./keys.js";
import { fillLegend } from "./legend.js";

const HELP = tr("Arrow keys walk over the spheres, Home and End go to the first and the last, Escape selects none.");
const CUT = `, ${tr("cut")}`;

/** @param {View} view */
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
  /** @type {Set<number>} */
  let cut = new Set();
  let isNew = false; // there are unpainted vectors
  let frames = 0;
  let hovered = -1;
  let sent = -1; // the hovered vector last sent to Python
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
    if (!canvas.clientWidth) return; // not in the page, or hidden
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

  /** @param {number} k */
  function lookOf(k) {
    return `${cut.has(k) ? "cut " : ""}${k === selected ? "selected" : k === hovered ? "hover" : ""}`;
  }

  /** The numbers of the vector under the pointer, or of the selected one. */
  function read() {
    const k = hovered >= 0 ? hovered : selected;
    const isOne = k >= 0 && k < count();
    const [x, y, z] = isOne ? [0, 1, 2].map((axis) => decimals(vectors[3 * k + axis] / 127)) : [];
    const isCut = cut.has(k) ? CUT : "";
    const text = isOne ? `${model.get("item")} ${k}${isCut}: x ${x}, y ${y}, z ${z}` : "";
    if (reading.textContent !== text) reading.textContent = text;
  }

  /** The text for screen readers; not updated with every frame, because they would never finish reading. */
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
      "aria-valuetext": isOne ? `${item} ${selected}${height}` : fill(tr("no {item} selected"), { item }),
    });
  }

  /** @param {number} vector */
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

  /** @param {number} vector */
  function hover(vector) {
    if (vector === hovered) return;
    hovered = vector;
    paint.soon(); // which also tells Python, at most once a frame
  }

  function dress() {
    root.style.width = `${model.get("width")}px`;
    canvas.style.aspectRatio = `${model.get("width")} / ${model.get("height")}`;
    theme.update();
    legend.replaceChildren();
    if (model.get("legend")) fillLegend(legend, model.get("axes"), model.get("_colours"));
  }

  /** @param {PointerEvent} event */
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

export default { render };

// The browser's half of SphereField (sphere_field.py). Messages from Python: {type: "vectors", cut: [numbers of those
// crossed out]} with int8 x, y, z of each vector, 127 = 1. Messages to Python: {type: "ready"}, {type: "hover",
// vector}, {type: "select", client, sequence, vector}, which Python answers with `_acknowledged` = "client:sequence"
// and `selected` in one message. Until then the choice made here lies over Python's.

import { painter } from "../lib/canvas.js";
import { colourTable } from "../lib/colour.js";
import { element, listeners, setAttributes, viewName } from "../lib/dom.js";
import { fill, tr } from "../lib/i18n.js";
import { clamp, decimals, numbersOf } from "../lib/numbers.js";
import { followTheme } from "../lib/theme.js";
import { arrowSample, axesPicture, SHADE_NAMES, SHADES, Spheres } from "./drawing.js";

const HELP = tr("Arrow keys walk over the spheres, Home and End go to the first and the last, Escape selects none.");
const CUT = ", " + tr("cut");

function render({ model, el }) {
  const client = viewName();
  const root = element(el, "div", "dwmtj-sphere-field");
  const canvas = element(root, "canvas", "dwmtj-sphere-canvas", { tabIndex: 0 });
  const foot = element(root, "div", "dwmtj-sphere-foot");
  const legend = element(foot, "div", "dwmtj-sphere-legend", { ariaHidden: "true" });
  const reading = element(foot, "div", "dwmtj-sphere-reading");
  const help = element(root, "div", "", { id: `dwmtj-sphere-${client}`, textContent: HELP, hidden: true });
  const spheres = new Spheres(canvas);
  let vectors = new Int8Array();
  let cut = new Set();
  let isNew = false; // vectors came that are not painted yet
  let frames = 0;
  let hovered = -1;
  let told = -1; // the hovered vector that Python knows of
  let selected = model.get("selected");
  let [sequence, answered] = [0, 0];
  let table = colourTable(model.get("_colours"));
  const { on, watch, onSize, stop } = listeners(model);
  const paint = painter(draw);
  const theme = followTheme(root, SHADES, SHADE_NAMES, () => (spheres.forget(), dress(), paint.soon()));
  const count = () => vectors.length / 3;

  function draw() {
    if (told !== hovered) {
      told = hovered;
      model.send({ type: "hover", vector: hovered });
    }
    if (!canvas.clientWidth) return; // not in the page, or hidden
    theme.update();
    const looks = Array.from(
      { length: count() },
      (_, k) => `${cut.has(k) ? "cut " : ""}${k === selected ? "selected" : k === hovered ? "hover" : ""}`,
    );
    const changed = spheres.paint(vectors, looks, table);
    frames += Number(isNew);
    isNew = false;
    const { columns, rows } = spheres.layout;
    const state = { frames, changed, columns, rows, selected, vectors: count(), cut: [...cut].join(" ") };
    Object.assign(canvas.dataset, state);
    read();
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

  /** What those hear who do not see the field; not with every frame, or it would never end. */
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

  function select(vector) {
    if (vector === selected) return;
    selected = vector;
    sequence += 1;
    model.send({ type: "select", client, sequence, vector });
    describe();
    paint.soon();
  }

  function adopt() {
    if (answered < sequence) return;
    selected = model.get("selected");
    describe();
  }

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
    if (!model.get("legend")) return;
    axesPicture(legend, model.get("axes"));
    const key = element(legend, "div", "dwmtj-sphere-key");
    const bar = element(key, "div", "dwmtj-sphere-bar");
    const samples = element(key, "div", "dwmtj-sphere-samples");
    element(bar, "span", "", { textContent: "y −1" });
    const [low, middle, high] = model.get("_colours");
    element(bar, "i", "", { style: `background: linear-gradient(to right, ${low}, ${middle}, ${high})` });
    element(bar, "span", "", { textContent: "+1" });
    const arrows = [
      [tr("to the front"), [0.8, 0.6, 0], high],
      [tr("to the back"), [-0.75, 0.6, -0.28], high],
      [tr("cut"), [0.7, 0.7, 0], SHADES.grey],
    ];
    for (const [textContent, vector, colour] of arrows) {
      const entry = element(samples, "span", "");
      arrowSample(entry, vector, colour, colour === SHADES.grey);
      element(entry, "span", "", { textContent });
    }
  }

  const at = ({ clientX, clientY }) => {
    const { left, top } = canvas.getBoundingClientRect();
    return spheres.at(clientX - left, clientY - top);
  };
  on(canvas, "pointermove", (event) => event.pointerType !== "touch" && hover(at(event)));
  on(canvas, "pointerleave", () => hover(-1));
  on(canvas, "click", (event) => select(at(event)));
  on(canvas, "keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || !count()) return;
    const { columns } = spheres.layout;
    const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns };
    const ends = { Home: 0, End: count() - 1, Escape: -1 };
    let to = ends[event.key];
    if (event.key in steps) {
      const next = selected + steps[event.key];
      to = selected < 0 ? 0 : next >= 0 && next < count() ? next : selected;
    }
    if (to === undefined || (event.key === "Escape" && selected < 0)) return;
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
  const change = (name, handler) => watch(`change:${name}`, () => (handler(), paint.soon()));
  change("_acknowledged", () => {
    const [who, last] = model.get("_acknowledged").split(":");
    if (who === client) answered = Number(last);
    adopt();
  });
  change("selected", adopt);
  for (const name of ["label", "summary", "item"]) change(name, describe);
  for (const name of ["width", "height", "axes", "legend"]) change(name, dress);

  onSize(canvas, () => (dress(), paint.soon()));
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

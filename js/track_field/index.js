// The browser's half of TrackField (track_field.py): one small track for every device of a network.
//
// from Python  {type: "walls", whole} with a buffer of uint8 wall positions, 0 = OFF end, 255 = ON end: 2N bytes (somas,
//              then one for all axons of a neuron) or, if `whole`, N * N bytes (row i: axons of neuron i, its soma on the
//              diagonal)
// to Python    {type: "ready"}, {type: "select" | "hover", neuron}

import { painter } from "../lib/canvas.js";
import { element, listeners, setAttributes } from "../lib/dom.js";
import { fill, tr } from "../lib/i18n.js";
import { clamp, numbersOf } from "../lib/numbers.js";
import { Field } from "../lib/tracks.js";

import { target } from "./keys.js";
import { Newest } from "./newest.js";

/** @param {View} view */
function render({ model, el }) {
  const root = element(el, "div", "dwmtj-track-field");
  const box = element(root, "div", "dwmtj-track-box");
  const canvas = element(box, "canvas", "dwmtj-track-canvas", { tabIndex: 0 });
  canvas.setAttribute("role", "slider");
  const hoverMark = element(box, "div", "dwmtj-track-mark is-hover", { hidden: true });
  const selectMark = element(box, "div", "dwmtj-track-mark is-selected", { hidden: true });
  const field = new Field(canvas);
  /** @type {HTMLElement[]} */
  let cutMarks = [];
  const newest = new Newest();
  // The keyboard's row, ahead of the model until the kernel has answered.
  let chosen = model.get("selected");
  /** @type {number | null} */
  let awaited = null; // the answer to the last choice; answers to earlier ones are ignored

  /**
   * Mark the row of a neuron.
   *
   * @param {HTMLElement} mark
   * @param {number} neuron
   */
  function place(mark, neuron) {
    mark.hidden = neuron < 0 || neuron >= field.neurons;
    mark.style.top = `${(100 * neuron) / field.neurons}%`;
    mark.style.height = `${100 / field.neurons}%`;
  }

  function onCut() {
    for (const mark of cutMarks) mark.remove();
    cutMarks = model.get("cut").map((/** @type {number} */ neuron) => {
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
      chosen < 0 ? tr("no neuron selected") : fill(name, { neuron: chosen + model.get("first") }),
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
      "aria-label": model.get("label"),
    });
    describe();
  }

  function onShape() {
    root.style.setProperty("--dwmtj-cells", `${model.get("neurons") * model.get("cell_size")}px`);
    if (!root.clientWidth) return; // not in the page, or hidden
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

  /** @param {PointerEvent} event */
  function neuronAt(event) {
    const { top, height } = canvas.getBoundingClientRect();
    const row = Math.floor(((event.clientY - top) / height) * field.neurons);
    return clamp(row, 0, field.neurons - 1);
  }

  let hovered = -1;
  // At most one message a frame, with the latest row.
  const { soon: tellHovered, stop: stopTelling } = painter(() => model.send({ type: "hover", neuron: hovered }));
  /** @param {number} neuron */
  function hover(neuron) {
    if (neuron === hovered) return;
    hovered = neuron;
    place(hoverMark, neuron);
    tellHovered();
  }

  /** @param {number} neuron */
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
  // Colours are known only after the element is in the page.
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

export default { render };

// The browser's half of WaveformEditor (waveform_editor.py). Python owns the samples, this view owns the stroke under the
// pen.
//
// to Python    {type: "draw", client, sequence, columns} with a float32 value for each column, when a stroke ends;
//              {type: "undo" | "redo" | "clear" | "smooth"}
// from Python  `_acknowledged` = "client:sequence", in one message with the new samples

import { fitCanvas, painter } from "../lib/canvas.js";
import { element, listeners, setAttributes, viewName } from "../lib/dom.js";
import { fill, tr } from "../lib/i18n.js";
import { decimals, numbersOf } from "../lib/numbers.js";
import { followTheme } from "../lib/theme.js";
import { drawWaveform, INK, INK_NAMES } from "./drawing.js";
import { waveformFrame } from "./frame.js";
import { followPointer } from "./gesture.js";
import { press } from "./keys.js";
import { Strokes } from "./strokes.js";

/** @param {View} view */
function render({ model, el }) {
  const client = viewName();
  const { root, canvas, news, table, key, buttons, help } = waveformFrame(el, client);
  const paint = painter(draw);
  /** @param {string} text */
  function say(text) {
    news.textContent = text;
  }
  const strokes = new Strokes(model, client, say, paint.soon);
  const [drawn, behind, focus] = model.get("_colours");
  const theme = followTheme(root, INK, { ...INK_NAMES, drawn, behind, focus }, paint.soon);
  const { on, change, onSize, stop } = listeners(model);
  let keyboard = false; // the cursor is shown only while it is used
  let frames = 0;

  function draw() {
    if (!canvas.clientWidth) return; // not in the page, or hidden
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

  /**
   * The text for screen readers.
   *
   * @param {Float32Array} curve
   * @param {boolean} disabled
   */
  function describe(curve, disabled) {
    const [label, period] = [model.get("label"), model.get("period_label")];
    const [low, high] = [decimals(Math.min(...curve)), decimals(Math.max(...curve))];
    const shape = { label, period, count: curve.length, low, high };
    setAttributes(canvas, {
      "aria-label": fill(tr("{label}: {period}, {count} samples from {low} to {high}"), shape),
      "aria-describedby": disabled ? "" : help.id,
      role: disabled ? "img" : "application",
      tabindex: disabled ? "-1" : "0",
    });
    const parts = Array.from({ length: 8 }, (_, k) => decimals(curve[Math.floor((k * curve.length) / 8)]));
    const values = parts.join(", ");
    const text = fill(tr("{label}, eight values along {period}: {values}."), { label, period, values });
    if (table.textContent !== text) table.textContent = text;
  }

  /** Update buttons, size and key. */
  function dress() {
    const disabled = model.get("disabled");
    root.classList.toggle("is-disabled", disabled);
    root.style.width = `${model.get("width")}px`;
    canvas.style.aspectRatio = `${model.get("width")} / ${model.get("height")}`;
    for (const button of buttons) {
      const isHistory = button.value === "undo" || button.value === "redo";
      button.disabled = disabled || (isHistory && !model.get(`can_${button.value}`));
    }
    key.replaceChildren();
    if (!model.get("_reference").byteLength) return;
    addKey("solid", disabled ? INK.zero : INK.drawn, model.get("drawn_name"));
    addKey("dashed", INK.behind, model.get("reference_name"));
  }

  /**
   * @param {string} style
   * @param {string} colour
   * @param {string} textContent
   */
  function addKey(style, colour, textContent) {
    const entry = element(key, "span", "", { textContent });
    entry.prepend(Object.assign(document.createElement("i"), { style: `border-top: 2px ${style} ${colour}` }));
  }

  /** @param {boolean} value */
  function setKeyboard(value) {
    keyboard = value;
    paint.soon();
  }

  followPointer(canvas, strokes, on, () => setKeyboard(false));
  on(canvas, "keydown", (event) => {
    // The keyboard is ignored while a pointer draws.
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

export default { render };

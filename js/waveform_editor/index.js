// The browser's half of WaveformEditor (waveform_editor.py). Python owns the samples, this view owns the stroke under
// the pen. Messages to Python: {type: "draw", client, sequence, columns} with a float32 value for each column, when a
// stroke ends; {type: "undo" | "redo" | "clear" | "smooth"}. Python answers a "draw" with `_acknowledged` =
// "client:sequence", in one message with the new samples. Until then the stroke lies over the samples, so that older
// ones still under way cannot wipe it out.

import { fitCanvas, painter } from "../lib/canvas.js";
import { element, listeners, setAttributes, viewName } from "../lib/dom.js";
import { fill, tr } from "../lib/i18n.js";
import { clamp, decimals, numbersOf } from "../lib/numbers.js";
import { followTheme } from "../lib/theme.js";
import { drawWaveform, INK, INK_NAMES, layOut } from "./drawing.js";

const HELP = tr(
  "Left and right arrow keys move along the period, up and down change the value there, Shift makes larger steps, " +
    "Home and End go to the first and the last sample, Control Z undoes.",
);
const COMMANDS = { undo: tr("Undo"), redo: tr("Redo"), smooth: tr("Smooth"), clear: tr("Clear") };
const DONE = {
  undo: tr("Undone."),
  redo: tr("Done again."),
  smooth: tr("Smoothed."),
  clear: tr("All samples are 0."),
};
const OVER = { undo: tr("Nothing to undo."), redo: tr("Nothing to redo.") };
const STEP = { value: 0.05, large: 0.25 };

/** Build the elements; `name` tells them from those of other editors. */
function frame(el, name) {
  const root = element(el, "div", "dwmtj-waveform-editor");
  const tools = element(root, "div", "dwmtj-waveform-tools");
  const groups = [0, 1].map(() => element(tools, "div", "dwmtj-waveform-group dwmtj-tool-group"));
  const buttons = Object.entries(COMMANDS).map(([value, textContent], k) =>
    element(groups[Math.floor(k / 2)], "button", `dwmtj-waveform-${value}`, { textContent, value, type: "button" }),
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
  let samples = numbersOf(model.get("_samples"), Float32Array); // Python's
  let pending = []; // strokes sent and not acknowledged: {sequence, cells}
  let stroke = null; // {cells: Map of column to value, pointer or null for the keyboard, last: [column, value]}
  let sequence = 0;
  let cursor = 0; // the sample that the keys are on
  let keyboard = false; // shown to those who use it
  let frames = 0;
  let expected = ""; // what to say when the next samples come
  const { on, watch, onSize, stop } = listeners(model);
  const paint = painter(draw);
  const inkNames = () => {
    const [drawn, behind, focus] = model.get("_colours");
    return { ...INK_NAMES, drawn, behind, focus };
  };
  const theme = followTheme(root, INK, inkNames(), paint.soon);
  const say = (text) => (news.textContent = text);

  /** Python's samples below, what it has not acknowledged above. */
  function shown() {
    const curve = samples.slice();
    for (const { cells } of stroke ? [...pending, stroke] : pending) {
      for (const [column, value] of cells) curve[column] = value;
    }
    return curve;
  }

  /** Fill every column whose middle lies between two points of a stroke, and the one of the second point. */
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
      model.send({ type: "draw", client, sequence, columns: [...cells.keys()] }, undefined, [values.buffer]);
    }
    paint.soon();
  }

  /** Ask for a command even if nothing is known to be there for it: what is under way may make it possible. */
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
    if (!canvas.clientWidth) return; // not in the page, or hidden
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
      periodLabel: model.get("period_label"),
    });
    frames += 1;
    Object.assign(canvas.dataset, { frames, samples: Array.from(curve, (value) => value.toFixed(3)).join(" ") });
    canvas.dataset.reference = reference.length;
    if (!stroke) describe(curve, disabled);
  }

  /** What those read who do not see the curve. */
  function describe(curve, disabled) {
    const [label, period] = [model.get("label"), model.get("period_label")];
    const [low, high] = [decimals(Math.min(...curve)), decimals(Math.max(...curve))];
    const told = { label, period, count: curve.length, low, high };
    setAttributes(canvas, {
      "aria-label": fill(tr("{label}: {period}, {count} samples from {low} to {high}"), told),
      "aria-describedby": disabled ? "" : help.id,
      role: disabled ? "img" : "application",
      tabindex: disabled ? "-1" : "0",
    });
    const parts = Array.from({ length: 8 }, (_, k) => decimals(curve[Math.floor((k * curve.length) / 8)]));
    const values = parts.join(", ");
    const text = fill(tr("{label}, eight values along {period}: {values}."), { label, period, values });
    if (table.textContent !== text) table.textContent = text;
  }

  /** Bring buttons, size and key up to date. */
  function dress() {
    const disabled = model.get("disabled");
    root.classList.toggle("is-disabled", disabled);
    root.style.width = `${model.get("width")}px`;
    canvas.style.aspectRatio = `${model.get("width")} / ${model.get("height")}`;
    for (const button of buttons) {
      const can = `can_${button.value}`;
      button.disabled = disabled || (button.value in { undo: 0, redo: 0 } && !model.get(can));
    }
    const own = disabled ? INK.zero : INK.drawn;
    const entries = [
      [own, "solid", model.get("drawn_name")],
      [INK.behind, "dashed", model.get("reference_name")],
    ];
    key.replaceChildren();
    for (const [colour, style, textContent] of model.get("_reference").byteLength ? entries : []) {
      const entry = element(key, "span", "", { textContent });
      entry.prepend(Object.assign(document.createElement("i"), { style: `border-top: 2px ${style} ${colour}` }));
    }
  }

  // Pointer, finger and pen.

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
    stroke = { cells: new Map(), pointer: event.pointerId, last: at };
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
  on(canvas, "lostpointercapture", endStroke); // follows pointerup and pointercancel

  // Keyboard.

  function walk(to) {
    endStroke();
    cursor = (to + samples.length) % samples.length;
  }

  /** Change the sample that the keys are on; one stroke for as long as the key is held. */
  function nudge(step) {
    const value = clamp(Math.round((shown()[cursor] + step) * 100) / 100, -1, 1);
    stroke ??= { cells: new Map(), pointer: null, last: [cursor, value] };
    stroke.cells.set(cursor, value);
  }

  /** Act on a key; false if it is not one of ours. */
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
        value: decimals(shown()[cursor]),
      }),
    );
    return true;
  }

  const setKeyboard = (value) => ((keyboard = value), paint.soon());
  on(canvas, "keydown", (event) => {
    // While a pointer draws, the keyboard rests.
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

  const change = (name, handler = () => {}) => watch(`change:${name}`, () => (handler(), paint.soon()));
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

export default { render };

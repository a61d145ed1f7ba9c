// The browser's half of SignalScope (signal_scope.py).
//
// from Python  {type: "frame", lines, first, step, low, high, marks: [[time, text]], now} with a float32 for each point,
//              line after line
// to Python    {type: "ready"}

import { fitCanvas, painter } from "../lib/canvas.js";
import { element, listeners, setAttributes } from "../lib/dom.js";
import { numbersOf } from "../lib/numbers.js";
import { followTheme, resolved, themed } from "../lib/theme.js";
import { INK, INK_NAMES, Picture } from "./drawing.js";

/** @param {View} view */
function render({ model, el }) {
  const root = element(el, "div", "dwmtj-signal-scope");
  const key = element(root, "div", "dwmtj-signal-scope-key", { ariaHidden: "true" });
  const canvas = element(root, "canvas", "dwmtj-signal-scope-canvas");
  const picture = new Picture(canvas);
  /** @type {import("./drawing.js").Frame} */
  let frame = { lines: 0, first: 0, step: 1, low: 0, high: 1, marks: [] };
  let points = new Float32Array(0);
  let [frames, isNew] = [0, false];
  const { watch, change, onSize, stop } = listeners(model);
  const paint = painter(draw);
  let linesKnown = ""; // the colours of `lineInks`
  /** @type {string[]} */
  let lineInks = [];
  const theme = followTheme(root, INK, INK_NAMES, () => {
    linesKnown = "";
    paint.soon();
  });

  function draw() {
    if (!canvas.clientWidth) return; // not in the page, or hidden
    fitCanvas(canvas);
    theme.update();
    const { low, high, lines, marks, now } = frame;
    picture.begin(frame, model.get("limits"));
    picture.axes(frame, model.get("limits"), model.get("unit"));
    picture.inside(() => {
      for (const [time, text] of marks) picture.upright(time, INK.mark, text, [3, 3]);
      const [focus, ...colours] = lineColours();
      picture.lines(frame, points, colours, model.get("broad"));
      if (now !== null && now !== undefined) picture.upright(now, focus, "", []);
    });
    frames += Number(isNew);
    isNew = false;
    Object.assign(canvas.dataset, { frames, lines, low, high, points: points.length });
  }

  /** The colours of the marked moment and of the lines in the present theme. */
  function lineColours() {
    const wanted = [model.get("_focus"), ...model.get("colours")];
    if (linesKnown !== wanted.join()) [linesKnown, lineInks] = [wanted.join(), resolved(root, wanted)];
    return lineInks;
  }

  function dress() {
    root.style.setProperty("--dwmtj-scope-height", `${model.get("height")}px`);
    key.replaceChildren();
    const colours = model.get("colours");
    model.get("names").forEach((/** @type {string} */ name, /** @type {number} */ k) => {
      if (!name) return;
      const entry = element(key, "span", "");
      const className = k < model.get("broad") ? "is-broad" : "";
      element(entry, "i", className, { style: `background: ${themed(colours[k % colours.length])}` });
      entry.append(name);
    });
    key.hidden = !key.childElementCount;
    const text = `${model.get("label")}. ${model.get("summary")}`.trim();
    setAttributes(canvas, { role: "img", "aria-label": text });
  }

  watch("msg:custom", (message, [view] = []) => {
    if (message.type !== "frame") return;
    frame = message;
    points = view ? numbersOf(view, Float32Array) : new Float32Array(0);
    isNew = true;
    paint.later();
  });
  change(["height", "names", "colours", "broad", "label", "summary"], dress, paint.soon);
  change(["limits", "unit"], paint.soon);
  onSize(canvas, paint.soon);
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

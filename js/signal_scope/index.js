// The browser's half of SignalScope (signal_scope.py). Message from Python: {type: "frame", lines, first, step, low, high,
// marks: [[time, text]], now} with a float32 for each point, line after line. Message to Python: {type: "ready"}.

import { fitCanvas, painter } from "../lib/canvas.js";
import { element, listeners, setAttributes } from "../lib/dom.js";
import { numbersOf } from "../lib/numbers.js";
import { followTheme, resolved, themed } from "../lib/theme.js";

const SCOPE = { left: 34, right: 10, top: 8, bottom: 20 };
const SCOPE_INK = {}; // of the theme
const SCOPE_NAMES = { grid: "rule", zero: "zero", text: "faint", soft: "soft", mark: "axis", paper: "paper" };

/** A round step of which some `count` fit into a length. */
function roundStep(length, count) {
  const power = 10 ** Math.floor(Math.log10(length / count));
  return power * [1, 2, 5, 10].find((step) => length <= count * step * power * 1.0001);
}

function render({ model, el }) {
  const root = element(el, "div", "dwmtj-signal-scope");
  const key = element(root, "div", "dwmtj-signal-scope-key", { ariaHidden: "true" });
  const canvas = element(root, "canvas", "dwmtj-signal-scope-canvas");
  const context = canvas.getContext("2d", { alpha: false });
  let frame = { lines: 0, low: 0, high: 1, marks: [] };
  let points = new Float32Array(0);
  let [frames, isNew] = [0, false];
  const { watch, onSize, stop } = listeners(model);
  const paint = painter(draw);
  const theme = followTheme(root, SCOPE_INK, SCOPE_NAMES, () => ((linesKnown = ""), paint.soon()));
  let linesKnown = ""; // the colours that `lineInks` are
  let lineInks = [];

  function draw() {
    if (!canvas.clientWidth) return; // not in the page, or hidden
    fitCanvas(canvas);
    theme.update();
    const ratio = window.devicePixelRatio || 1;
    const [width, height] = [canvas.width / ratio, canvas.height / ratio];
    const inner = { width: width - SCOPE.left - SCOPE.right, height: height - SCOPE.top - SCOPE.bottom };
    const [least, most] = model.get("limits");
    const { low, high } = frame;
    const x = (time) => SCOPE.left + ((time - low) / (high - low)) * inner.width;
    const y = (value) => SCOPE.top + ((most - value) / (most - least)) * inner.height;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = SCOPE_INK.paper;
    context.fillRect(0, 0, width, height);
    axes({ x, y, width, height, inner, least, most });
    context.save();
    context.beginPath();
    context.rect(SCOPE.left, SCOPE.top - 4, inner.width, inner.height + 8);
    context.clip();
    for (const [time, text] of frame.marks) upright(x(time), height, SCOPE_INK.mark, text, [3, 3]);
    lines(x, y);
    if (frame.now !== null && frame.now !== undefined) upright(x(frame.now), height, lineColours().at(-1), "", []);
    context.restore();
    frames += Number(isNew);
    isNew = false;
    Object.assign(canvas.dataset, { frames, lines: frame.lines, low, high, points: points.length });
  }

  function axes({ x, y, width, height, inner, least, most }) {
    context.font = '11px system-ui, "Segoe UI", Roboto, sans-serif';
    context.lineWidth = 1;
    context.textBaseline = "middle";
    context.textAlign = "right";
    const rise = roundStep(most - least, inner.height < 110 ? 3 : 5);
    for (let k = Math.ceil(least / rise - 1e-6); k * rise <= most + 1e-6; k += 1) {
      const height = Math.round(y(k * rise)) + 0.5;
      line(SCOPE.left, height, width - SCOPE.right, height, k ? SCOPE_INK.grid : SCOPE_INK.zero);
      context.fillStyle = SCOPE_INK.text;
      context.fillText(
        Number((k * rise).toPrecision(6))
          .toString()
          .replace("-", "−"),
        SCOPE.left - 6,
        height,
      );
    }
    const step = roundStep(frame.high - frame.low, inner.width / 70);
    context.textBaseline = "alphabetic";
    // Time begins at 0; a window that reaches back further is empty there.
    for (let k = Math.max(Math.ceil(frame.low / step - 1e-6), 0); k * step <= frame.high + 1e-6; k += 1) {
      const place = Math.round(x(k * step)) + 0.5;
      line(place, SCOPE.top, place, SCOPE.top + inner.height, SCOPE_INK.grid);
      context.fillStyle = SCOPE_INK.text;
      // Inside, so that a number that scrolls out is not cut off.
      context.textAlign = place > width - 36 ? "right" : place < SCOPE.left + 14 ? "left" : "center";
      const number = Number((k * step).toPrecision(8)).toString();
      context.fillText(`${number} ${model.get("unit")}`, Math.min(place, width - 2), height - 5);
    }
  }

  function line(fromX, fromY, toX, toY, colour) {
    context.strokeStyle = colour;
    context.beginPath();
    context.moveTo(fromX, fromY);
    context.lineTo(toX, toY);
    context.stroke();
  }

  function upright(place, height, colour, text, dash) {
    context.setLineDash(dash);
    context.lineWidth = dash.length ? 1 : 2;
    line(place, SCOPE.top - 4, place, height - SCOPE.bottom + 4, colour);
    context.setLineDash([]);
    context.fillStyle = SCOPE_INK.soft;
    context.textAlign = "left";
    context.textBaseline = "top";
    if (text) context.fillText(text, place + 4, SCOPE.top - 3);
  }

  /** Those of the lines in the present theme, and the one of the moment that is looked at. */
  function lineColours() {
    const wanted = [...model.get("colours"), model.get("_focus")];
    if (linesKnown !== wanted.join()) [linesKnown, lineInks] = [wanted.join(), resolved(root, wanted)];
    return lineInks;
  }

  function lines(x, y) {
    const colours = lineColours().slice(0, -1);
    const length = frame.lines ? points.length / frame.lines : 0;
    context.lineJoin = "round";
    for (let k = 0; k < frame.lines; k += 1) {
      const isBroad = k < model.get("broad");
      context.strokeStyle = colours[k % colours.length];
      context.globalAlpha = isBroad ? 0.4 : 1;
      context.lineWidth = isBroad ? 6 : 1.8;
      context.beginPath();
      let isDown = false;
      for (let point = 0; point < length; point += 1) {
        const value = points[k * length + point];
        if (Number.isFinite(value)) {
          const place = x(frame.first + point * frame.step);
          if (isDown) context.lineTo(place, y(value));
          else context.moveTo(place, y(value));
        }
        isDown = Number.isFinite(value);
      }
      context.stroke();
    }
    context.globalAlpha = 1;
  }

  function dress() {
    root.style.setProperty("--dwmtj-scope-height", `${model.get("height")}px`);
    key.replaceChildren();
    model.get("names").forEach((name, k) => {
      if (!name) return;
      const entry = element(key, "span", "");
      const colours = model.get("colours");
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
  const change = (name, handler) => watch(`change:${name}`, () => (handler(), paint.soon()));
  for (const name of ["height", "names", "colours", "broad", "label", "summary"]) change(name, dress);
  for (const name of ["limits", "unit"]) watch(`change:${name}`, paint.soon);
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

// The elements around WaveformEditor's canvas.

import { element } from "../lib/dom.js";
import { tr } from "../lib/i18n.js";

const HELP = tr(
  "Left and right arrow keys move along the period, up and down change the value there, Shift makes larger steps, " +
    "Home and End go to the first and the last sample, Control Z undoes.",
);
const COMMANDS = { undo: tr("Undo"), redo: tr("Redo"), smooth: tr("Smooth"), clear: tr("Clear") };

/**
 * Build the elements.
 *
 * @param {HTMLElement} el
 * @param {string} name tells them from those of other editors
 */
export function waveformFrame(el, name) {
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

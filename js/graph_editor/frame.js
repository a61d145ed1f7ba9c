// The elements around GraphEditor's canvas: buttons above, news and key below.

import { element } from "../lib/dom.js";
import { tr } from "../lib/i18n.js";

/** @type {Record<string, string>} */
export const HINTS = {
  move: tr("Drag a node, or from its rim to connect. Click an edge for its weight."),
  add: tr("Click an empty place to add a node; drag from a node to add one joined to it."),
  connect: tr("Drag from node to node, or click one and then the other; again to part them."),
  delete: tr("Click a node or an edge to delete it."),
};
const MODES = { move: tr("Move"), add: tr("Add"), connect: tr("Connect"), delete: tr("Delete") };
const HELP = tr(
  "Arrow keys walk between nodes, Shift with an arrow key moves a node. Enter starts an edge and ends it at another " +
    "node. N adds a node, E chooses an edge of the node, W goes to the edge's weight, Delete removes the edge or the node, " +
    "Control Z undoes.",
);
const KEY = [
  ["on", tr("ON")],
  ["off", tr("OFF")],
  ["cut", tr("cut")],
  ["uncut", tr("not cut")],
  ["negative", tr("negative")],
];
const AGAIN = [
  ["undo", "↶", tr("undo")],
  ["redo", "↷", tr("redo")],
];

const NEWS_TIME = 5000; // ms

/**
 * Build the elements.
 *
 * @param {HTMLElement} el
 * @param {string} name tells them from those of other editors
 */
export function graphFrame(el, name) {
  const root = element(el, "div", "dwmtj-graph-editor");
  const tools = element(root, "div", "dwmtj-graph-tools");
  const modes = element(tools, "div", "dwmtj-graph-group dwmtj-tool-group");
  const history = element(tools, "div", "dwmtj-graph-group dwmtj-tool-group");
  const weigh = element(tools, "label", "dwmtj-graph-weigh");
  tools.append(history); // last on its line
  const owner = element(weigh, "span", "");
  const weight = element(weigh, "input", "dwmtj-graph-weight", { type: "number", step: "any" });
  const canvas = element(root, "canvas", "dwmtj-graph-canvas", { tabIndex: 0 });
  const foot = element(root, "div", "dwmtj-graph-foot");
  const news = element(foot, "div", "dwmtj-graph-news", { ariaLive: "polite" });
  const key = element(foot, "div", "dwmtj-graph-key", { ariaHidden: "true" });
  key.innerHTML = KEY.map(([look, text]) => `<span class="${look}"><i></i>${text}</span>`).join("");
  const help = element(root, "div", "", { id: `dwmtj-graph-${name}`, textContent: HELP, hidden: true });
  const buttons = Object.entries(MODES).map(([value, textContent]) =>
    element(modes, "button", `dwmtj-graph-${value}`, { textContent, value }),
  );
  const [undo, redo] = AGAIN.map(([value, textContent, title]) =>
    element(history, "button", `dwmtj-graph-${value}`, { textContent, title, ariaLabel: title, value }),
  );
  modes.setAttribute("role", "group");
  modes.setAttribute("aria-label", tr("What a click does"));
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-describedby", help.id);
  return { root, canvas, news, key, buttons, undo, redo, owner, weight };
}

/**
 * The line on the last or the next action.
 *
 * @param {HTMLElement} node
 * @param {() => string} hint
 */
export function newsLine(node, hint) {
  let fading = 0; // the timer of a text that holds only until the next action

  /** @param {string} text */
  function say(text) {
    clearTimeout(fading);
    fading = 0;
    node.textContent = text;
  }

  const sayHint = () => say(hint());

  /**
   * Show a text that holds only until the next action.
   *
   * @param {string} text
   */
  function sayForAWhile(text) {
    say(text);
    fading = setTimeout(sayHint, NEWS_TIME);
  }

  /** Handle the start of an action. */
  function settle() {
    if (fading) sayHint();
  }

  return { say, sayHint, sayForAWhile, settle, stop: () => clearTimeout(fading) };
}

/** @typedef {ReturnType<typeof newsLine>} News */

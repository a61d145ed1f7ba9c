// The start of a page: its line of news stays until a widget is visible.

import { tr } from "../lib/i18n.js";
import { linkHome, linkLessons } from "./links.js";
import { awaited, drawGivenUp, isDrawn, noteOutputs } from "./outputs.js";

const starting = () => document.getElementById("dwmtj-starting");
let isShown = false;

/** End the start, successful or not. */
export function show() {
  isShown = true;
  starting()?.remove();
  linkHome();
  linkLessons();
}

export function heartbeat() {
  const line = starting();
  if (line) line.textContent = tr("Starting the simulator... (the first start after an installation takes longer)");
}

/** Called once for the cells and once for the theme; the later call counts. */
export function finish() {
  noteOutputs();
  if (!window.themeLoaded) {
    window.cellLoaded = true;
    if (!document.querySelector("#rendered_cells .dwmtj-start-error")) return;
  }
  const cells = /** @type {HTMLElement} */ (document.getElementById("rendered_cells"));
  cells.style.display = "";
  // The cells are empty until the kernel has sent the widgets, so the line stays until one is drawn.
  const hasNothing = awaited.size === 0;
  const isReady = () =>
    hasNothing ||
    document.querySelector(".dwmtj-start-error") !== null ||
    [...cells.querySelectorAll(".jp-OutputArea-output")].some(isDrawn);
  const look = () => {
    drawGivenUp();
    if (!isShown && isReady()) show();
    if (isShown && awaited.size === 0) observer.disconnect();
  };
  const observer = new MutationObserver(look);
  observer.observe(cells, { childList: true, subtree: true });
  look();
}

// A lab whose kernel has ended looks alive, and all input is lost silently. This shows a notice and disables all controls.
// On a page of our server the page shows the notice (js/page).

import { tr } from "../lib/i18n.js";

const ENDED = ["restarting", "autorestarting", "terminating", "dead"];
const WHOLE = ":is(.dwmtj-lab, .dwmtj-lesson-part, .dwmtj-explorer-whole)";

/**
 * The outermost lab or lesson's part around an element; a lab may be part of another one.
 *
 * @param {HTMLElement} element
 */
function wholeOf(element) {
  /** @type {HTMLElement | null} */
  let whole = element.closest(WHOLE);
  for (let outer = whole; outer; outer = outer.parentElement?.closest(WHOLE) ?? null) whole = outer;
  return whole;
}

/**
 * Show once that the kernel has ended, and disable all controls.
 *
 * @param {HTMLElement} el
 */
function showEnd(el) {
  const whole = wholeOf(el);
  if (!whole || whole.inert) return;
  whole.inert = true;
  whole.setAttribute("aria-disabled", "true");
  for (const control of whole.querySelectorAll("button, input, select, textarea")) {
    control.toggleAttribute("disabled", true);
  }
  if (document.getElementById("dwmtj-lost")) return;
  const notice = document.createElement("p");
  notice.className = "dwmtj-ended";
  notice.setAttribute("role", "alert");
  whole.before(notice);
  notice.textContent = tr("The simulator of this lab has ended. Run the notebook's cells again to start a new one.");
}

/**
 * Call `showEnd` when the kernel of a widget ends; returns a function that returns whether it has.
 *
 * @param {Model} model
 * @param {HTMLElement} el
 * @param {AbortSignal} signal
 */
export function watchKernel(model, el, signal) {
  const kernel = model.widget_manager?.kernel;
  let ended = false;
  const end = () => {
    ended = true;
    showEnd(el);
  };
  /** @param {unknown} _kernel @param {string} status */
  const look = (_kernel, status) => ENDED.includes(status) && end();
  if (kernel) {
    kernel.statusChanged.connect(look);
    kernel.disposed.connect(end); // shut down, or another one chosen
    signal.addEventListener("abort", () => {
      kernel.statusChanged.disconnect(look);
      kernel.disposed.disconnect(end);
    });
  }
  document.addEventListener("dwmtj-kernel-ended", end, { signal });
  // ipywidgets' own event for a model without kernel.
  setTimeout(() => el.classList.contains("jupyter-widgets-disconnected") && end());
  return () => ended;
}

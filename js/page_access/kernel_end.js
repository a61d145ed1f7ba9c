// A lab whose kernel has ended looks alive, and all that is pressed is lost without a word. Here it is said, and what
// can be pressed is disabled. On a page of our server that page says it (js/page).

import { tr } from "../lib/i18n.js";

const ENDED = ["restarting", "autorestarting", "terminating", "dead"];
const WHOLE = ":is(.dwmtj-lab, .dwmtj-lesson-part, .dwmtj-explorer-whole)";

/**
 * The outermost lab or lesson's part round an element; a lab may be part of another one.
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
 * Say that the kernel has ended, once, and let nothing be pressed any more.
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
 * Call `showEnd` when the kernel of a widget ends; returns the function that tells whether it has.
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
  // What ipywidgets knows itself: a view of a model that no kernel has any more.
  setTimeout(() => el.classList.contains("jupyter-widgets-disconnected") && end());
  return () => ended;
}

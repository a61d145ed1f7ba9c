// JupyterLab and Notebook take keys for their cells from any focused element, also buttons and pictures: "d d" deletes
// the lab's cell, "0 0" restarts its kernel. They ignore an element with the attribute below, but only if that element
// itself has the focus. So every element of ours gets it when it is focused.

const LEFT_ALONE = "data-lm-suppress-shortcuts";
export const PLACES = ":is(.dwmtj-lab, .dwmtj-lesson-part)";

/**
 * Whether a key is meant for all of JupyterLab (save, search, command palette), not for a cell: a letter or sign with
 * Control, Command or Alt. A (choose all), M, Y and Z (undo) are not, nor are arrows, and Enter least of all: running
 * the cell again would lose the lab's run.
 *
 * @param {{ key: string, ctrlKey: boolean, metaKey: boolean, altKey: boolean }} event
 */
export const isApplications = ({ key, ctrlKey, metaKey, altKey }) =>
  (ctrlKey || metaKey || altKey) && /^[^ amyz]$/i.test(key);

/**
 * The element of ours that an event is for, or null.
 *
 * @param {Event} event
 */
function ours({ target }) {
  return target instanceof Element && target.closest(PLACES) ? target : null;
}

/** @param {Element | null} element */
const keep = (element) => element?.setAttribute(LEFT_ALONE, "true");

/**
 * Keep the keys that are pressed in a lab or in a lesson's part from the notebook.
 *
 * @param {AbortSignal} signal
 */
export function keepKeys(signal) {
  document.addEventListener("focusin", (event) => keep(ours(event)), { signal, capture: true });
  const letPass = (/** @type {KeyboardEvent} */ event) => {
    const target = ours(event);
    if (!target || !isApplications(event)) return;
    target.removeAttribute(LEFT_ALONE);
    setTimeout(() => keep(target)); // after all listeners have run
  };
  window.addEventListener("keydown", letPass, { signal, capture: true });
  const stay = (/** @type {KeyboardEvent} */ event) => {
    // Space does nothing on a picture or a slider's handle, and must not scroll the page.
    if (event.key === " " && ours(event)?.matches("canvas, [role='slider']")) event.preventDefault();
  };
  document.addEventListener("keydown", stay, { signal });
}

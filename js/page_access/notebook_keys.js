// JupyterLab and Notebook take keys for their cells from whatever has the focus, buttons and pictures included: "d d"
// deletes the cell of the lab, "0 0" restarts its kernel. They leave alone an element with the attribute below, but it
// must be the very one that has the focus. So every element of ours gets it when it is focused.

const LEFT_ALONE = "data-lm-suppress-shortcuts";
export const PLACES = ":is(.dwmtj-lab, .dwmtj-lesson-part)";

/**
 * Whether a key is meant for all of JupyterLab (save, search, command palette), not for a cell: a letter or sign with
 * Control, Command or Alt. A (choose all), M, Y and Z (undo) are not, nor are arrows, and Enter least of all: running
 * the cell again would throw the lab's run away.
 *
 * @param {{ key: string, ctrlKey: boolean, metaKey: boolean, altKey: boolean }} event
 */
export const isApplications = ({ key, ctrlKey, metaKey, altKey }) =>
  (ctrlKey || metaKey || altKey) && /^[^ amyz]$/i.test(key);

/**
 * The element of ours that an event is for; null if it is for none.
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
    setTimeout(() => keep(target)); // when all have heard of the key
  };
  window.addEventListener("keydown", letPass, { signal, capture: true });
  const stay = (/** @type {KeyboardEvent} */ event) => {
    // On a picture or the handle of a slider Space means nothing, and must not scroll either away.
    if (event.key === " " && ours(event)?.matches("canvas, [role='slider']")) event.preventDefault();
  };
  document.addEventListener("keydown", stay, { signal });
}

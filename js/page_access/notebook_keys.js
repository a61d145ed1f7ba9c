// JupyterLab and Notebook take keys for their cells from whatever has the focus, buttons and pictures included: "d d"
// deletes the cell of the lab, "0 0" restarts its kernel. They leave alone an element with the attribute below, but it
// must be the very one that has the focus. So every element of ours gets it when it is focused.

const LEFT_ALONE = "data-lm-suppress-shortcuts";
export const PLACES = ":is(.dwmtj-lab, .dwmtj-lesson-part)";

/**
 * Whether a key is meant for all of JupyterLab (save, search, command palette), not for a cell: a letter or sign with
 * Control, Command or Alt. A (choose all), M, Y and Z (undo) are not, nor are arrows, and Enter least of all: running
 * the cell again would throw the lab's run away.
 */
const isApplications = ({ key, ctrlKey, metaKey, altKey }) => (ctrlKey || metaKey || altKey) && /^[^ amyz]$/i.test(key);

/** Keep the keys that are pressed in a lab or in a lesson's part from the notebook. */
export function keepKeys(signal) {
  const isOurs = (target) => target instanceof Element && target.closest(PLACES) !== null;
  const keep = (target) => target.setAttribute(LEFT_ALONE, "true");
  document.addEventListener("focusin", ({ target }) => isOurs(target) && keep(target), { signal, capture: true });
  window.addEventListener(
    "keydown",
    (event) => {
      const { target } = event;
      if (!isOurs(target) || !isApplications(event)) return;
      target.removeAttribute(LEFT_ALONE);
      setTimeout(() => keep(target)); // when all have heard of the key
    },
    { signal, capture: true },
  );
  document.addEventListener(
    "keydown",
    (event) => {
      // On a picture or the handle of a slider Space means nothing, and must not scroll either away.
      const stays = event.key === " " && isOurs(event.target) && event.target.matches("canvas, [role='slider']");
      if (stays) event.preventDefault();
    },
    { signal },
  );
}

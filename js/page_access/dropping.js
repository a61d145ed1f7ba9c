// Files dropped on a lab. Each part that accepts files (files.js) gets an event "dwmtj-file"; the first that accepts
// the file prevents the event's default. The last part refuses a file that none accepts.

const TAKERS = "[data-takes-files]";
const OVER = "dwmtj-drop-here";

/** @param {DragEvent} event */
const labUnder = ({ target }) => (target instanceof Element ? target.closest(".dwmtj-lab") : null);

/** @param {DragEvent} event */
const hasFiles = ({ dataTransfer }) => dataTransfer?.types.includes("Files") ?? false;

/**
 * Offer a file to a part; returns whether it was accepted.
 *
 * @param {HTMLElement} taker
 * @param {{ file: File, useless?: boolean }} detail
 */
function offer(taker, detail) {
  return !taker.dispatchEvent(new CustomEvent("dwmtj-file", { detail, cancelable: true }));
}

/** @param {DragEvent} event */
function dropped(event) {
  const lab = labUnder(event);
  unmark();
  // Two labs on a page have two listeners; a part with its own handling of drops has prevented the default too.
  if (!lab || !hasFiles(event) || event.defaultPrevented) return;
  const takers = /** @type {HTMLElement[]} */ ([...lab.querySelectorAll(TAKERS)]);
  if (!takers.length) return;
  event.preventDefault();
  // Parts for certain types come before the one that accepts any file.
  const takesAny = (/** @type {HTMLElement} */ { dataset }) => Number(dataset.takesFiles === "*");
  takers.sort((one, other) => takesAny(one) - takesAny(other));
  const [file] = event.dataTransfer?.files ?? [];
  if (!file || takers.some((taker) => offer(taker, { file }))) return;
  offer(takers[takers.length - 1], { file, useless: true });
}

function unmark() {
  for (const lab of document.querySelectorAll(`.${OVER}`)) lab.classList.remove(OVER);
}

/** @param {DragEvent} event */
function draggedOver(event) {
  const lab = labUnder(event);
  if (!hasFiles(event) || !lab?.querySelector(TAKERS)) return;
  event.preventDefault(); // without it the browser would leave the page for the file
  if (event.dataTransfer) event.dataTransfer.dropEffect = "copy";
  lab.classList.add(OVER);
}

/**
 * Let files be dropped on labs until `signal` aborts.
 *
 * @param {AbortSignal} signal
 */
export function takeDrops(signal) {
  document.addEventListener("dragover", draggedOver, { signal });
  document.addEventListener("drop", dropped, { signal });
  document.addEventListener("dragleave", (event) => event.relatedTarget === null && unmark(), { signal });
}

// Files dropped on a lab. Each part that takes files (files.js) is asked by an event "dwmtj-file"; the first that takes
// the file says so by preventing the event's default. What no part takes is refused by the last of them.

const TAKERS = "[data-takes-files]";
const OVER = "dwmtj-drop-here";

/** @param {DragEvent} event */
const labUnder = ({ target }) => (target instanceof Element ? target.closest(".dwmtj-lab") : null);

/** @param {DragEvent} event */
const hasFiles = ({ dataTransfer }) => dataTransfer?.types.includes("Files") ?? false;

/**
 * Offer a file to a part; returns whether it took it.
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
  // Two labs on a page bring two listeners; a part that takes drops by itself has prevented the default too.
  if (!lab || !hasFiles(event) || event.defaultPrevented) return;
  const takers = /** @type {HTMLElement[]} */ ([...lab.querySelectorAll(TAKERS)]);
  if (!takers.length) return;
  event.preventDefault();
  // Parts that know their kinds come before the one that takes any file.
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

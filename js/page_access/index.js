// The browser's half of PageAccess (page_access.py). After changes, at most a few times a second, elements of
// ipywidgets get the attributes that they lack.
//
// to Python    {type: "view" | "here" | "gone", view}: a view was made, is still there, was taken away
// from Python  {type: "ask"}: which views are there?  {type: "closing", models}: those that Python is about to close

import { listeners, viewName } from "../lib/dom.js";
import { letGoOfClosed } from "./closing.js";
import { takeDrops } from "./dropping.js";
import { watchKernel } from "./kernel_end.js";
import { nameAll, nameSlider } from "./naming.js";
import { keepKeys, PLACES } from "./notebook_keys.js";
import { watchTyping } from "./typed_numbers.js";

const PAUSE = 150; // ms

/**
 * A slider's own value, such as 95.00000000000001, must be corrected before a screen reader reads it.
 *
 * @param {MutationRecord[]} spoken
 */
function correct(spoken) {
  const handles = spoken.map(({ target }) => /** @type {Element} */ (target));
  const sliders = new Set(handles.map((handle) => handle.closest(`${PLACES} .widget-slider`)));
  for (const slider of sliders) if (slider) nameSlider(slider);
}

/**
 * Open or close the fold that has the keyboard.
 *
 * @param {KeyboardEvent} event
 */
function pressFold(event) {
  if (event.defaultPrevented) return; // another lab's listener has opened the fold already
  const { target, key } = event;
  if (!(target instanceof Element) || (key !== "Enter" && key !== " ")) return;
  /** @type {HTMLElement | null} */
  const header = target.closest(".dwmtj-lab .jupyter-widget-Collapse-header");
  if (!header) return;
  event.preventDefault();
  header.click();
}

/** @param {{ model: Model }} view */
function initialize({ model }) {
  letGoOfClosed(model);
}

/** @param {View} view */
function render({ model, el }) {
  el.setAttribute("aria-hidden", "true");
  const { on, watch, signal, stop } = listeners(model);
  const view = viewName();
  keepKeys(signal);
  const hasEnded = watchKernel(model, el, signal);
  watch("msg:custom", ({ type }) => type === "ask" && model.send({ type: "here", view }));
  let timer = 0;
  function look() {
    timer = 0;
    nameAll();
  }
  const watcher = new MutationObserver((records) => {
    const spoken = records.filter(({ attributeName }) => attributeName === "aria-valuetext");
    correct(spoken);
    if (spoken.length < records.length) timer ||= setTimeout(look, PAUSE);
  });
  // The handles set their own text of a value whenever it changes.
  const watched = { childList: true, subtree: true, characterData: true, attributeFilter: ["aria-valuetext", "class"] };
  watcher.observe(document.body, watched);
  on(document, "keydown", pressFold);
  watchTyping(signal);
  takeDrops(signal);
  nameAll();
  model.send({ type: "view", view });
  return () => {
    stop();
    if (!hasEnded()) model.send({ type: "gone", view });
    watcher.disconnect();
    clearTimeout(timer);
  };
}

export default { initialize, render };

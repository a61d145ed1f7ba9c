// The browser's half of PageAccess (page_access.py). What ipywidgets draws is looked through after it has changed, at
// most a few times a second, and given the attributes it lacks. Messages to Python: {type: "view" | "here" | "gone",
// view}, that is: a view was made, is still there, which Python asks by {type: "ask"}, and was taken away.
// {type: "closing", models} names those that Python is about to close.

import { fill, tr } from "../lib/i18n.js";
import { takeDrops } from "./dropping.js";
import { watchKernel } from "./kernel_end.js";
import { keepKeys, PLACES } from "./notebook_keys.js";
import { watchTyping } from "./typed_numbers.js";

const PAUSE = 150; // ms

const setAttribute = (node, name, value) => {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
};
const words = (node) => node?.textContent.trim() ?? "";

/** Name the handle of a slider by its label, and its value as it is read beside it, with the unit. */
function nameSlider(slider) {
  const label = words(slider.querySelector(":scope > .widget-label"));
  const found = slider.querySelector(":scope > .widget-readout");
  const readout = found?.style.display === "none" ? null : found;
  const row = slider.parentElement;
  const unit = row.classList.contains("dwmtj-quantity") ? words(row.querySelector(":scope > .widget-label")) : "";
  const beside = words(row.querySelector(":scope > .dwmtj-scrub-time"));
  if (!label) return;
  for (const handle of slider.querySelectorAll(".noUi-handle")) {
    setAttribute(handle, "aria-label", label);
    setAttribute(handle, "aria-disabled", String(handle.closest(".noUi-target").hasAttribute("disabled")));
    const value = readout ? `${words(readout)} ${unit}`.trim() : beside;
    if (value) setAttribute(handle, "aria-valuetext", value);
  }
  if (!readout) return;
  setAttribute(readout, "role", "textbox");
  setAttribute(readout, "aria-label", unit ? fill(tr("{label} in {unit}"), { label, unit }) : label);
}

/** A field whose label is left out for want of room is called by what it says on hovering. */
function nameField(field) {
  const root = field.closest(".jupyter-widgets");
  const label = root?.querySelector(":scope > label");
  const hint = field.title || label?.title || root?.title;
  if (hint && !words(label)) setAttribute(field, "aria-label", hint);
}

/** Let a fold be reached by Tab, and opened and closed by Enter and Space. */
function openByKeys(header) {
  const isOpen = header.parentElement.classList.contains("jupyter-widget-Collapse-open");
  setAttribute(header, "role", "button");
  setAttribute(header, "tabindex", "0");
  setAttribute(header, "aria-expanded", String(isOpen));
}

/** Beside these pictures stands what they show, in words. */
const TOLD_BESIDE = ".dwmtj-lab :is(.dwmtj-shielded canvas, canvas.dwmtj-shielded, .dwmtj-plot .bqplot)";

function look() {
  document.querySelectorAll(`${PLACES} .widget-slider`).forEach(nameSlider);
  document.querySelectorAll(`${PLACES} :is(select, input)`).forEach(nameField);
  document.querySelectorAll(".dwmtj-lab .jupyter-widget-Collapse-header").forEach(openByKeys);
  document.querySelectorAll(TOLD_BESIDE).forEach((picture) => setAttribute(picture, "aria-hidden", "true"));
}

/** Let a model and its views go when it is closed.
 *
 * JupyterLab (4.6) keeps the comm of every widget for as long as the page has its kernel, with it the model that the
 * comm calls, and with that its last view, which is what the model's `state_change` promises.
 */
function letGo(model) {
  const comm = model.comm?.jsServicesComm;
  model.once("destroy", () => {
    if (comm) comm.onMsg = comm.onClose = undefined;
    // The tooltip of a figure of bqplot (0.13) goes on listening to the window after its view was removed.
    model.state_change.then((view) => view?.popper?.destroy());
    model.state_change = Promise.resolve(model);
  });
}

function initialize({ model }) {
  const manager = model.widget_manager;
  model.on("msg:custom", ({ type, models }) => {
    if (type !== "closing") return;
    // A page that came later than some widgets may not have them.
    for (const id of models) if (manager.has_model(id)) manager.get_model(id).then(letGo);
  });
}

function render({ model, el }) {
  el.setAttribute("aria-hidden", "true");
  const abort = new AbortController();
  const { signal } = abort;
  const view = Math.random().toString(36).slice(2);
  keepKeys(signal);
  const hasEnded = watchKernel(model, el, signal);
  const answer = ({ type }) => type === "ask" && model.send({ type: "here", view });
  model.on("msg:custom", answer);
  let timer = 0;
  const soon = () => {
    timer ||= setTimeout(() => {
      timer = 0;
      look();
    }, PAUSE);
  };
  // The handles tell their own idea of a value whenever it changes.
  const watched = { childList: true, subtree: true, characterData: true, attributeFilter: ["aria-valuetext", "class"] };
  const watcher = new MutationObserver((records) => {
    // What a slider tells of itself, 95.00000000000001 among it, must be put right before anybody hears it.
    const told = records.filter(({ attributeName }) => attributeName === "aria-valuetext");
    new Set(told.map(({ target }) => target.closest(`${PLACES} .widget-slider`))).forEach(
      (slider) => slider && nameSlider(slider),
    );
    if (told.length < records.length) soon();
  });
  watcher.observe(document.body, watched);
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.defaultPrevented) return; // another of us has opened the fold, and would see it closed again
      const header = event.target.closest?.(".dwmtj-lab .jupyter-widget-Collapse-header");
      if (!header || (event.key !== "Enter" && event.key !== " ")) return;
      event.preventDefault();
      header.click();
    },
    { signal },
  );
  watchTyping(signal);
  takeDrops(signal);
  look();
  model.send({ type: "view", view });
  return () => {
    abort.abort();
    model.off("msg:custom", answer);
    if (!hasEnded()) model.send({ type: "gone", view });
    watcher.disconnect();
    clearTimeout(timer);
  };
}

export default { initialize, render };

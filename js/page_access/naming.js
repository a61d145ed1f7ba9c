// The attributes that ipywidgets' elements lack.

import { setAttributes } from "../lib/dom.js";
import { fill, tr } from "../lib/i18n.js";
import { PLACES } from "./notebook_keys.js";

/** Pictures with a text beside them. */
const TOLD_BESIDE = ".dwmtj-lab :is(.dwmtj-shielded canvas, canvas.dwmtj-shielded, .dwmtj-plot .bqplot)";

/** @param {Element | null | undefined} node */
const words = (node) => node?.textContent?.trim() ?? "";

/**
 * The read-out of a slider; null if it has none.
 *
 * @param {Element} slider
 */
function readoutOf(slider) {
  const found = slider.querySelector(":scope > .widget-readout");
  return found instanceof HTMLElement && found.style.display !== "none" ? found : null;
}

/**
 * Name the handle of a slider by its label, and its value by the read-out beside it, with the unit.
 *
 * @param {Element} slider
 */
export function nameSlider(slider) {
  const label = words(slider.querySelector(":scope > .widget-label"));
  if (!label) return;
  const readout = readoutOf(slider);
  const row = slider.parentElement;
  const isQuantity = row?.classList.contains("dwmtj-quantity");
  const unit = isQuantity ? words(row?.querySelector(":scope > .widget-label")) : "";
  const value = readout ? `${words(readout)} ${unit}`.trim() : words(row?.querySelector(":scope > .dwmtj-scrub-time"));
  for (const handle of slider.querySelectorAll(".noUi-handle")) {
    const isDisabled = handle.closest(".noUi-target")?.hasAttribute("disabled") ?? false;
    setAttributes(handle, { "aria-label": label, "aria-disabled": String(isDisabled) });
    if (value) setAttributes(handle, { "aria-valuetext": value });
  }
  const name = unit ? fill(tr("{label} in {unit}"), { label, unit }) : label;
  if (readout) setAttributes(readout, { role: "textbox", "aria-label": name });
}

/**
 * Name a field without label by its tooltip.
 *
 * @param {HTMLElement} field
 */
function nameField(field) {
  /** @type {HTMLElement | null} */
  const root = field.closest(".jupyter-widgets");
  /** @type {HTMLElement | null | undefined} */
  const label = root?.querySelector(":scope > label");
  const hint = field.title || label?.title || root?.title;
  if (hint && !words(label)) setAttributes(field, { "aria-label": hint });
}

/**
 * Make a fold reachable by Tab, and let Enter and Space open and close it.
 *
 * @param {Element} header
 */
function openByKeys(header) {
  const isOpen = header.parentElement?.classList.contains("jupyter-widget-Collapse-open") ?? false;
  setAttributes(header, { role: "button", tabindex: "0", "aria-expanded": String(isOpen) });
}

/** Check all elements of labs and lessons. */
export function nameAll() {
  for (const slider of document.querySelectorAll(`${PLACES} .widget-slider`)) nameSlider(slider);
  for (const field of document.querySelectorAll(`${PLACES} :is(select, input)`)) {
    nameField(/** @type {HTMLElement} */ (field));
  }
  for (const header of document.querySelectorAll(".dwmtj-lab .jupyter-widget-Collapse-header")) openByKeys(header);
  for (const picture of document.querySelectorAll(TOLD_BESIDE)) setAttributes(picture, { "aria-hidden": "true" });
}

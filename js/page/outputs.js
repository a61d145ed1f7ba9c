// The outputs of a page until all are drawn.

import { tr } from "../lib/i18n.js";

const OUTPUTS = 'script[type="application/vnd.voila.cell-output+json"]'; // until Voila has drawn them
const VIEW = "application/vnd.jupyter.widget-view+json";
const LOADING = "Loading widget...";
const GIVEN_UP = "Error displaying widget: model not found";
const NO_WIDGETS = tr("The simulator did not send this part of the page. Reload the page.");

/** @type {Map<Element, string | undefined>} the place of an output that is not drawn yet: the id of its widget's model */
export const awaited = new Map();

/** Note the places of outputs. */
export function noteOutputs() {
  for (const output of document.querySelectorAll(OUTPUTS)) {
    const place = /** @type {Element} */ (output.parentElement);
    awaited.set(place, JSON.parse(output.textContent ?? "").data?.[VIEW]?.model_id);
  }
}

/**
 * Whether an output is exactly this text; large outputs are not read.
 *
 * @param {Element} output
 * @param {string} text
 */
const says = (output, text) => !output.firstElementChild && output.textContent === text;

/**
 * Whether an output can be seen.
 *
 * @param {Element} output
 */
export const isDrawn = (output) => output.clientHeight > 0 && !says(output, LOADING);

/**
 * Draws the widgets that Jupyter has given up. It looks for a model for 2 s, but not at their very end, so it misses a
 * model that arrives just then, as with the slow kernels of a full class.
 */
export function drawGivenUp() {
  for (const [place, id] of awaited) {
    const output = place.querySelector(".jp-OutputArea-output");
    if (!output || says(output, LOADING)) continue;
    if (says(output, GIVEN_UP)) draw(output, id);
    else awaited.delete(place);
  }
}

/**
 * @param {Element} output
 * @param {string | undefined} id
 */
async function draw(output, id) {
  const manager = window.jupyterapp.widgetManager;
  output.textContent = LOADING;
  try {
    const { luminoWidget } = await manager.create_view(await manager.get_model(id));
    output.textContent = "";
    luminoWidget.constructor.attach(luminoWidget, output);
  } catch (error) {
    console.error(error);
    output.textContent = NO_WIDGETS;
    output.classList.add("dwmtj-start-error");
  }
}

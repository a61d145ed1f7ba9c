// The browser's half of LiveRegion (live_region.py): one permanent node, because only changes of its text are read out.

import { element, listeners } from "../lib/dom.js";

/** @param {View} view */
function render({ model, el }) {
  const news = element(el, "div", "dwmtj-unseen");
  news.setAttribute("role", "status");
  function say() {
    news.textContent = ""; // so that a repeated sentence is a change too
    requestAnimationFrame(() => {
      news.textContent = model.get("text");
    });
  }
  // A text from before the page opened is not announced.
  const { change, stop } = listeners(model);
  change("_said", say);
  return stop;
}

export default { render };

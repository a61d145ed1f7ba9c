// The browser's half of LiveRegion (live_region.py): one node that stays, as only changes of its text are read out.

import { element, listeners } from "../lib/dom.js";

/** @param {View} view */
function render({ model, el }) {
  const news = element(el, "div", "dwmtj-unseen");
  news.setAttribute("role", "status");
  function say() {
    news.textContent = ""; // the same sentence once more is news too
    requestAnimationFrame(() => {
      news.textContent = model.get("text");
    });
  }
  // A text that is there when the page opens is no news.
  const { change, stop } = listeners(model);
  change("_said", say);
  return stop;
}

export default { render };

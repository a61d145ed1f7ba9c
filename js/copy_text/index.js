// The browser's half of CopyText (copy_text.py).

import { copied } from "../lib/copy.js";
import { element, listeners } from "../lib/dom.js";
import { tr } from "../lib/i18n.js";

/** @param {View} view */
function render({ model, el }) {
  const root = element(el, "div", "dwmtj-copy-text");
  const button = element(root, "button", "jupyter-button", { type: "button" });
  const news = element(root, "span", "dwmtj-text-news");
  news.setAttribute("role", "status");
  const area = element(root, "textarea", "dwmtj-text-area", { readOnly: true, spellcheck: false });
  const { on, change, stop } = listeners(model);

  function show() {
    area.value = model.get("text");
    button.textContent = model.get("action");
    area.setAttribute("aria-label", model.get("action"));
    button.disabled = !area.value;
    news.textContent = "";
  }

  on(button, "click", async () => {
    news.textContent = (await copied(area)) ? tr("Copied.") : tr("Selected: press Control C.");
  });
  change(["text", "action"], show);
  show();
  return stop;
}

export default { render };

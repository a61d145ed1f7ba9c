// The browser's half of CopyText (copy_text.py).

import { copied } from "../lib/copy.js";
import { tr } from "../lib/i18n.js";

function render({ model, el }) {
  const root = el.appendChild(document.createElement("div"));
  root.className = "dwmtj-copy-text";
  const button = root.appendChild(
    Object.assign(document.createElement("button"), { type: "button", className: "jupyter-button" }),
  );
  const news = root.appendChild(Object.assign(document.createElement("span"), { className: "dwmtj-text-news" }));
  news.setAttribute("role", "status");
  const area = root.appendChild(
    Object.assign(document.createElement("textarea"), {
      className: "dwmtj-text-area",
      readOnly: true,
      spellcheck: false,
    }),
  );

  function show() {
    area.value = model.get("text");
    button.textContent = model.get("action");
    area.setAttribute("aria-label", model.get("action"));
    button.disabled = !area.value;
    news.textContent = "";
  }

  button.addEventListener("click", async () => {
    news.textContent = (await copied(area)) ? tr("Copied.") : tr("Selected: press Control C.");
  });
  model.on("change:text", show);
  model.on("change:action", show);
  show();
  return () => {
    model.off("change:text", show);
    model.off("change:action", show);
  };
}

export default { render };

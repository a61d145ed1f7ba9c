// Made from js/ by `npm --prefix js run build`. Do not edit.

// lib/copy.js
async function copied(area) {
  area.focus();
  area.select();
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(area.value);
      return true;
    } catch (refused) {
      area.dataset.refused = String(refused);
    }
  }
  return document.execCommand("copy");
}

// lib/i18n.js
var texts = typeof TEXTS === "undefined" ? {} : TEXTS;
var tr = (text) => texts[text] ?? text;

// copy_text/index.js
function render({ model, el }) {
  const root = el.appendChild(document.createElement("div"));
  root.className = "dwmtj-copy-text";
  const button = root.appendChild(
    Object.assign(document.createElement("button"), { type: "button", className: "jupyter-button" })
  );
  const news = root.appendChild(Object.assign(document.createElement("span"), { className: "dwmtj-text-news" }));
  news.setAttribute("role", "status");
  const area = root.appendChild(
    Object.assign(document.createElement("textarea"), {
      className: "dwmtj-text-area",
      readOnly: true,
      spellcheck: false
    })
  );
  function show() {
    area.value = model.get("text");
    button.textContent = model.get("action");
    area.setAttribute("aria-label", model.get("action"));
    button.disabled = !area.value;
    news.textContent = "";
  }
  button.addEventListener("click", async () => {
    news.textContent = await copied(area) ? tr("Copied.") : tr("Selected: press Control C.");
  });
  model.on("change:text", show);
  model.on("change:action", show);
  show();
  return () => {
    model.off("change:text", show);
    model.off("change:action", show);
  };
}
var copy_text_default = { render };
export {
  copy_text_default as default
};

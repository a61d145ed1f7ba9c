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

// lib/dom.js
function element(parent, tag, className, properties = {}) {
  return parent.appendChild(Object.assign(document.createElement(tag), { className }, properties));
}
function listeners(model) {
  const abort = new AbortController();
  const { signal } = abort;
  function on(target, type, handler, options = {}) {
    target.addEventListener(type, handler, { signal, ...options });
  }
  function watch(event, handler) {
    model.on(event, handler);
    signal.addEventListener("abort", () => model.off(event, handler));
  }
  function change(traits, ...handlers) {
    const all = () => {
      for (const handler of handlers) handler();
    };
    for (const trait of [traits].flat()) watch(`change:${trait}`, all);
  }
  function onSize(node, handler) {
    const sizes = new ResizeObserver(handler);
    sizes.observe(node);
    signal.addEventListener("abort", () => sizes.disconnect());
    function follow() {
      const query = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
      query.addEventListener("change", changed, { signal, once: true });
    }
    function changed() {
      follow();
      handler();
    }
    follow();
  }
  return { on, watch, change, onSize, signal, stop: () => abort.abort() };
}

// lib/i18n.js
var texts = typeof TEXTS === "undefined" ? {} : TEXTS;
var tr = (text) => texts[text] ?? text;

// copy_text/index.js
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
    news.textContent = await copied(area) ? tr("Copied.") : tr("Selected: press Control C.");
  });
  change(["text", "action"], show);
  show();
  return stop;
}
var copy_text_default = { render };
export {
  copy_text_default as default
};

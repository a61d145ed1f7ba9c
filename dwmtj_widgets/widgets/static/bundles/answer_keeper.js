// Made from js/ by `npm --prefix js run build`. Do not edit.

// lib/dom.js
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

// lib/page_storage.js
var isOwnPage = () => document.body.dataset.voila === "voila";
var keyOf = (name) => `dwmtj-${name} ${location.pathname}`;
function keepInPage(name, text) {
  try {
    if (text) sessionStorage.setItem(keyOf(name), text);
    else sessionStorage.removeItem(keyOf(name));
  } catch (error) {
    console.warn("This cannot be kept over a reload:", name, error);
  }
}
function keptInPage(name) {
  try {
    return sessionStorage.getItem(keyOf(name)) ?? "";
  } catch {
    return "";
  }
}

// answer_keeper/index.js
function render({ model, el }) {
  el.setAttribute("aria-hidden", "true");
  if (!isOwnPage()) return void 0;
  const name = model.get("name");
  const { watch, stop } = listeners(model);
  watch("msg:custom", ({ type, text: text2 }) => type === "keep" && keepInPage(name, text2));
  const text = keptInPage(name);
  if (text) model.send({ type: "kept", text });
  return stop;
}
var answer_keeper_default = { render };
export {
  answer_keeper_default as default
};

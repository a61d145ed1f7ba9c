// Made from js/ by `npm --prefix js run build`. Do not edit.

// live_region/index.js
function render({ model, el }) {
  const news = el.appendChild(Object.assign(document.createElement("div"), { className: "dwmtj-unseen" }));
  news.setAttribute("role", "status");
  function say() {
    news.textContent = "";
    requestAnimationFrame(() => news.textContent = model.get("text"));
  }
  model.on("change:_said", say);
  return () => model.off("change:_said", say);
}
var live_region_default = { render };
export {
  live_region_default as default
};

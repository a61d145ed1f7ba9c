// Made from js/ by `npm --prefix js run build`. Do not edit.

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
  const received = ({ type, text: text2 }) => type === "keep" && keepInPage(name, text2);
  model.on("msg:custom", received);
  const text = keptInPage(name);
  if (text) model.send({ type: "kept", text });
  return () => model.off("msg:custom", received);
}
var answer_keeper_default = { render };
export {
  answer_keeper_default as default
};

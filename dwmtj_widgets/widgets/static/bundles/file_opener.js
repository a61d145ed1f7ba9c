// Made from js/ by `npm --prefix js run build`. Do not edit.

// lib/dom.js
function element(parent, tag, className, properties = {}) {
  return parent.appendChild(Object.assign(document.createElement(tag), { className }, properties));
}

// lib/files.js
function isAccepted(file, accept) {
  return accept.split(",").some((kind) => {
    if (kind === "*") return true;
    if (kind.startsWith(".")) return file.name.toLowerCase().endsWith(kind);
    return kind.endsWith("/*") ? file.type.startsWith(kind.slice(0, -1)) : file.type === kind;
  });
}
function bringFiles(root, button, { accept, largest, take, refuse }) {
  const input = element(root, "input", "dwmtj-file", { type: "file", accept, hidden: true, tabIndex: -1 });
  button.addEventListener("click", () => input.click());
  async function bring(file) {
    if (file.size > largest()) return refuse({ type: "too large", name: file.name, size: file.size });
    let content;
    try {
      content = await file.arrayBuffer();
    } catch (error) {
      return refuse({ type: "unreadable", name: file.name, reason: String(error) });
    }
    return take(file, content);
  }
  input.addEventListener("change", () => {
    const [file] = input.files ?? [];
    input.value = "";
    if (file) bring(file);
  });
  root.dataset.takesFiles = accept;
  root.addEventListener("dwmtj-file", (event) => {
    const { file, useless } = (
      /** @type {CustomEvent} */
      event.detail
    );
    if (!useless && !isAccepted(file, accept)) return;
    event.preventDefault();
    if (useless) refuse({ type: "useless", name: file.name });
    else if (!button.disabled) bring(file);
  });
}

// file_opener/index.js
function render({ model, el }) {
  const [title, textContent] = [model.get("hint"), model.get("label")];
  const button = element(el, "button", "jupyter-button", { type: "button", title, textContent });
  bringFiles(el, button, {
    accept: model.get("accept"),
    largest: () => model.get("largest"),
    take: (file, content) => model.send({ type: "file", name: file.name }, void 0, [content]),
    refuse: (message) => model.send(message)
  });
}
var file_opener_default = { render };
export {
  file_opener_default as default
};

// The browser's half of FileOpener (file_opener.py).
//
// to Python  {type: "file", name} with the content as its one buffer
//            {type: "too large", name, size}, {type: "unreadable", name, reason}, {type: "useless", name}

import { bringFiles } from "../lib/files.js";

function render({ model, el }) {
  const button = el.appendChild(document.createElement("button"));
  Object.assign(button, { type: "button", className: "jupyter-button", title: model.get("hint") });
  button.textContent = model.get("label");
  bringFiles(el, button, {
    accept: model.get("accept"),
    largest: () => model.get("largest"),
    take: (file, content) => model.send({ type: "file", name: file.name }, undefined, [content]),
    refuse: (message) => model.send(message),
  });
}

export default { render };

// The browser's half of FileOpener (file_opener.py).
//
// to Python  {type: "file", name} with the content as its one buffer
//            {type: "too large", name, size}, {type: "unreadable", name, reason}, {type: "useless", name}

import { element } from "../lib/dom.js";
import { bringFiles } from "../lib/files.js";

/** @param {View} view */
function render({ model, el }) {
  const [title, textContent] = [model.get("hint"), model.get("label")];
  const button = element(el, "button", "jupyter-button", { type: "button", title, textContent });
  bringFiles(el, button, {
    accept: model.get("accept"),
    largest: () => model.get("largest"),
    take: (file, content) => model.send({ type: "file", name: file.name }, undefined, [content]),
    refuse: (message) => model.send(message),
  });
}

export default { render };

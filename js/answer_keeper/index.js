// The browser's half of AnswerKeeper (answer_keeper.py).
//
// from Python  {type: "keep", text}    an answer to keep
// to Python    {type: "kept", text}    once, when the page opens: the answer stored before a reload

import { listeners } from "../lib/dom.js";
import { isOwnPage, keepInPage, keptInPage } from "../lib/page_storage.js";

/** @param {View} view */
function render({ model, el }) {
  el.setAttribute("aria-hidden", "true");
  if (!isOwnPage()) return undefined; // a notebook's kernel outlives its page and has the answer
  const name = model.get("name");
  const { watch, stop } = listeners(model);
  watch("msg:custom", ({ type, text }) => type === "keep" && keepInPage(name, text));
  const text = keptInPage(name);
  if (text) model.send({ type: "kept", text });
  return stop;
}

export default { render };

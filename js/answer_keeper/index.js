// The browser's half of AnswerKeeper (answer_keeper.py).
//
// from Python  {type: "keep", text}    an answer to keep
// to Python    {type: "kept", text}    once, when the page has opened: the answer that it kept before a reload

import { isOwnPage, keepInPage, keptInPage } from "../lib/page_storage.js";

function render({ model, el }) {
  el.setAttribute("aria-hidden", "true");
  if (!isOwnPage()) return undefined; // a notebook's kernel outlives its page, and remembers
  const name = model.get("name");
  const received = ({ type, text }) => type === "keep" && keepInPage(name, text);
  model.on("msg:custom", received);
  const text = keptInPage(name);
  if (text) model.send({ type: "kept", text });
  return () => model.off("msg:custom", received);
}

export default { render };

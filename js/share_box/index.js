// The browser's half of ShareBox (share_box.py).
//
// to Python    {type: "give", what}            asks for a text: "address", "file" or "python"
//              {type: "take", what, text}      brings the text of a chosen file
//              {type: "take", what, text, kept: true}  brings, once, the setting that the opened page has stored or in its address
//              {type: "keep"}                  asks for the setting, to keep it over a reload
//              {type: "code", text}            asks for an address as a QR code
//              {type: "too large", name, size}, {type: "unreadable", name, reason}, {type: "useless", name}
// from Python  {type: "given", what, text}     empty if it could not be made, which the error line explains
//              {type: "kept", what, text}      text to store: an "address", or a "file" that is too long for one
//              {type: "changed"}               the setting has changed later than the action
//              {type: "code", text, svg}       an empty picture if the address is too long for one

import { copied } from "../lib/copy.js";
import { listeners } from "../lib/dom.js";
import { bringFiles } from "../lib/files.js";
import { fill, tr } from "../lib/i18n.js";
import { isOwnPage } from "../lib/page_storage.js";
import { save } from "../lib/save.js";
import { ADDRESS_FIELD, addressOf, asksForToken, originForOthers } from "./address.js";
import { shareFrame } from "./frame.js";
import { keep, restore } from "./keeping.js";

const AFTER_ACTION = 400; // ms; a drag on a slider is one action
const ACTIONS = ["pointerup", "keyup", "change", "drop"];

/** The server's description of itself. */
const serverSettings = () => JSON.parse(document.getElementById("jupyter-config-data")?.textContent || "{}");

const origin = () => originForOthers(location, serverSettings());

/**
 * Who can open the lab by the address.
 *
 * @param {boolean} isReached whether others can reach this server
 */
function reachText(isReached) {
  if (!isReached) {
    return tr(
      "Only this computer can open it. To share the lab, press Save and send the file: Open restores it in any lab.",
    );
  }
  return asksForToken(location.href, serverSettings())
    ? tr("Others reach it where they reach this server, and must know its token, which the address leaves out.")
    : tr("Others reach it where they reach this server.");
}

/** @param {View} view */
function render({ model, el }) {
  const { root, share, saves, open, python, panel, area, news, reach, code } = shareFrame(el);
  const openers = { address: share, python };
  const asked = new Set(); // an answer reaches every view of the model, but only those that asked use it
  let shown = ""; // the content of the panel; empty while it is hidden
  const { on, watch, stop } = listeners(model);

  /** @param {string} what */
  function ask(what) {
    asked.add(what);
    model.send({ type: "give", what });
  }

  /** @param {string} what */
  function show(what) {
    shown = what;
    panel.hidden = !what;
    for (const [name, opener] of Object.entries(openers)) opener.setAttribute("aria-expanded", String(name === what));
  }

  function hide() {
    const opener = shown === "python" ? python : share;
    show("");
    opener.focus();
  }

  /**
   * @param {string} what
   * @param {string} text
   * @param {string} label
   */
  async function copy(what, text, label) {
    show(what);
    area.value = text;
    area.rows = Math.min(text.split("\n").length + 1, 8);
    area.setAttribute("aria-label", label);
    const sentence = (await copied(area)) ? tr("{label}: copied.") : tr("{label}: selected, press Control C.");
    news.textContent = fill(sentence, { label });
  }

  /**
   * Says who can open the lab by the address, and shows a QR code if others can reach it.
   *
   * @param {string} address
   */
  function tellReach(address) {
    code.hidden = true;
    reach.hidden = !isOwnPage();
    if (reach.hidden) return;
    const isReached = origin() !== "";
    reach.textContent = reachText(isReached);
    if (isReached) model.send({ type: "code", text: address });
  }

  /** @param {string} query */
  function giveAddress(query) {
    const address = isOwnPage() ? addressOf(location.href, origin(), query) : `?${ADDRESS_FIELD}=${query}`;
    copy("address", address, tr("Address"));
    tellReach(address);
  }

  /** @param {string} what @param {string} text */
  function give(what, text) {
    if (what === "file") save(model.get("file_name"), new Blob([text], { type: "application/json" }));
    else if (what === "address") giveAddress(text);
    else {
      reach.hidden = code.hidden = true;
      copy(what, text, "Python");
    }
  }

  /** @param {string} address @param {string} svg */
  function drawCode(address, svg) {
    if (!svg || shown !== "address" || address !== area.value) return;
    code.innerHTML = svg;
    code.hidden = false;
  }

  let due = 0;
  function keepSoon() {
    clearTimeout(due);
    due = setTimeout(() => model.send({ type: "keep" }), AFTER_ACTION);
  }

  /** Store the setting of a whole page from now on, and restore a stored one. */
  function keepOverReloads() {
    const kept = restore();
    if (kept) model.send({ type: "take", kept: true, ...kept });
    for (const action of ACTIONS) {
      const acted = (/** @type {any} */ event) => root.closest(".dwmtj-lab")?.contains(event.target) && keepSoon();
      on(document, action, acted, { capture: true });
    }
    on(window, "pagehide", () => clearTimeout(due)); // the kernel can no longer answer
  }

  for (const [what, opener] of Object.entries(openers)) {
    on(opener, "click", () => (shown === what ? hide() : ask(what)));
  }
  on(panel, "keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    hide();
  });
  on(saves, "click", () => ask("file"));
  bringFiles(root, open, {
    accept: ".json,application/json",
    largest: () => model.get("longest"),
    take: (_file, content) => model.send({ type: "take", what: "file", text: new TextDecoder().decode(content) }),
    refuse: (message) => model.send(message),
  });
  watch("msg:custom", ({ type, what, text, svg }) => {
    if (type === "code") drawCode(text, svg);
    else if (type === "kept" && text) keep({ what, text });
    else if (type === "changed" && isOwnPage()) keepSoon();
    else if (type === "given" && asked.delete(what) && text) give(what, text);
  });
  show("");
  if (isOwnPage()) keepOverReloads();
  return () => {
    stop();
    clearTimeout(due);
  };
}

export default { render };

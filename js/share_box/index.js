// The browser's half of ShareBox (share_box.py).
//
// to Python    {type: "give", what}            asks for a text: "address", "file" or "python"
//              {type: "take", what, text}      brings one: the text of a file that was chosen
//              {type: "take", what, text, kept: true}  brings, once, what the opened page has kept or was sent with
//              {type: "keep"}                  asks for the setting, to keep it over a reload
//              {type: "code", text}            asks for an address as a QR code
//              {type: "too large", name, size}, {type: "unreadable", name, reason}, {type: "useless", name}
// from Python  {type: "given", what, text}     an empty text: it could not be made, the error line says why
//              {type: "kept", what, text}      what to keep: an "address", or a "file" that is too long for one
//              {type: "changed"}               the setting has changed some time after an action
//              {type: "code", text, svg}       an empty picture: the address is too long for one

import { copied } from "../lib/copy.js";
import { bringFiles } from "../lib/files.js";
import { fill, tr } from "../lib/i18n.js";
import { isOwnPage, keepInPage, keptInPage } from "../lib/page_storage.js";
import { save } from "../lib/save.js";

const ADDRESS_FIELD = "s";
const TOKEN_FIELD = "token"; // it may open more than a lab, as behind a Jupyter server, so no shared address has it
const STORED = "setting"; // its name in the page's storage
const AFTER_ACTION = 400; // ms; a drag on a slider is one action
const ACTIONS = ["pointerup", "keyup", "change", "drop"];

/** What the server says of itself. */
function serverSettings() {
  return JSON.parse(document.getElementById("jupyter-config-data")?.textContent || "{}");
}

/** The start of the lab's address for other computers: its own, what the server says of itself, or none. */
function originForOthers() {
  if (!/^(localhost|127\.[\d.]+|\[::1\])$/.test(location.hostname)) return location.origin;
  return serverSettings().originForOthers || "";
}

/** Whether the server lets in only who knows its token: it says so, or this page was opened with one. */
const asksForToken = () =>
  Boolean(serverSettings().asksForToken) || new URL(location.href).searchParams.has(TOKEN_FIELD);

function render({ model, el }) {
  const root = el.appendChild(document.createElement("div"));
  root.className = "dwmtj-share";
  const add = (tag, properties) => root.appendChild(Object.assign(document.createElement(tag), properties));
  const button = (name, text, title) =>
    add("button", { type: "button", className: `jupyter-button dwmtj-share-${name}`, textContent: text, title });
  const share = button("address", tr("Share"), tr("An address that restores memories, sliders and seeds"));
  const saves = button("save", tr("Save"), tr("A small file that restores them"));
  const open = button("open", tr("Open"), tr("Take the setting of such a file"));
  const python = button("python", "Python", tr("The lines that repeat this run"));
  const panel = add("div", { className: "panel", hidden: true });
  const area = panel.appendChild(
    Object.assign(document.createElement("textarea"), {
      className: "dwmtj-text-area",
      readOnly: true,
      spellcheck: false,
    }),
  );
  const news = panel.appendChild(Object.assign(document.createElement("span"), { className: "dwmtj-text-news" }));
  news.setAttribute("role", "status");
  const reach = panel.appendChild(
    Object.assign(document.createElement("p"), { className: "dwmtj-share-reach", hidden: true }),
  );
  const code = panel.appendChild(
    Object.assign(document.createElement("div"), { className: "dwmtj-share-code", hidden: true }),
  );
  code.setAttribute("role", "img");
  code.setAttribute("aria-label", tr("The address as a QR code"));

  const openers = { address: share, python };
  const asked = new Set(); // an answer reaches every view of the model, and is for those that asked
  let shown = ""; // what the panel shows; empty while it is hidden

  function ask(what) {
    asked.add(what);
    model.send({ type: "give", what });
  }

  function show(what) {
    shown = what;
    panel.hidden = !what;
    for (const [name, opener] of Object.entries(openers)) opener.setAttribute("aria-expanded", String(name === what));
  }

  function hide() {
    const opener = openers[shown];
    show("");
    opener.focus();
  }

  for (const [what, opener] of Object.entries(openers)) {
    opener.addEventListener("click", () => (shown === what ? hide() : ask(what)));
  }
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    hide();
  });
  saves.addEventListener("click", () => ask("file"));
  bringFiles(root, open, {
    accept: ".json,application/json",
    largest: () => model.get("longest"),
    take: (_file, content) => model.send({ type: "take", what: "file", text: new TextDecoder().decode(content) }),
    refuse: (message) => model.send(message),
  });

  function addressOf(query) {
    if (!isOwnPage()) return `?${ADDRESS_FIELD}=${query}`;
    const address = new URL(location.href);
    const origin = originForOthers();
    if (origin) {
      const { protocol, host } = new URL(origin);
      Object.assign(address, { protocol, host });
    }
    address.searchParams.set(ADDRESS_FIELD, query);
    address.searchParams.delete(TOKEN_FIELD);
    address.hash = "";
    return address.href;
  }

  async function copy(what, text, label) {
    show(what);
    area.value = text;
    area.rows = Math.min(text.split("\n").length + 1, 8);
    area.setAttribute("aria-label", label);
    const told = (await copied(area)) ? tr("{label}: copied.") : tr("{label}: selected, press Control C.");
    news.textContent = fill(told, { label });
  }

  /** Says whom the address leads to the lab, and shows it to cameras where others can reach it. */
  function tellReach(address) {
    code.hidden = true;
    reach.hidden = !isOwnPage();
    if (reach.hidden) return;
    const reached = originForOthers() !== "";
    reach.textContent = !reached
      ? tr(
          "Only this computer can open it. For somebody else press Save, and send the file: Open restores it in any lab.",
        )
      : asksForToken()
        ? tr("Others reach it where they reach this server, and must know its token, which the address leaves out.")
        : tr("Others reach it where they reach this server.");
    if (reached) model.send({ type: "code", text: address });
  }

  function drawCode({ text, svg }) {
    if (!svg || shown !== "address" || text !== area.value) return;
    code.innerHTML = svg;
    code.hidden = false;
  }

  function given({ type, what, text, svg }) {
    if (type === "code") drawCode({ text, svg });
    if (type === "kept" && text) keep({ what, text });
    if (type === "changed" && isOwnPage()) keepSoon();
    if (type !== "given" || !asked.delete(what) || !text) return;
    if (what === "file") save(model.get("file_name"), new Blob([text], { type: "application/json" }));
    else if (what === "address") {
      const address = addressOf(text);
      copy(what, address, tr("Address"));
      tellReach(address);
    } else {
      reach.hidden = code.hidden = true;
      copy(what, text, "Python");
    }
  }

  /** Lets address or storage hold the setting, so that a reload brings it back. */
  function keep({ what, text }) {
    const address = new URL(location.href);
    if (what === "address") address.searchParams.set(ADDRESS_FIELD, text);
    else address.searchParams.delete(ADDRESS_FIELD);
    // The state is Jupyter's own, if it has any.
    if (address.href !== location.href) history.replaceState(history.state, "", address);
    keepInPage(STORED, what === "file" ? text : "");
  }

  const abort = new AbortController();
  let due = 0;
  function acted(event) {
    if (root.closest(".dwmtj-lab")?.contains(event.target)) keepSoon();
  }

  function keepSoon() {
    clearTimeout(due);
    due = setTimeout(() => model.send({ type: "keep" }), AFTER_ACTION);
  }

  show("");
  model.on("msg:custom", given);
  if (isOwnPage()) {
    const kept = restore();
    if (kept) model.send({ type: "take", kept: true, ...kept });
    const { signal } = abort;
    for (const action of ACTIONS) document.addEventListener(action, acted, { signal, capture: true });
    addEventListener("pagehide", () => clearTimeout(due), { signal }); // there is nobody to ask any more
  }
  return () => {
    abort.abort();
    clearTimeout(due);
    model.off("msg:custom", given);
  };
}

/** What this page has kept of the setting before it was reloaded, or what its address was sent with. */
function restore() {
  const carried = new URL(location.href).searchParams.get(ADDRESS_FIELD);
  if (carried) return { what: "address", text: carried };
  const text = keptInPage(STORED);
  return text ? { what: "file", text } : null;
}

export default { render };

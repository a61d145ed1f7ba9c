// Made from js/ by `npm --prefix js run build`. Do not edit.

// lib/copy.js
async function copied(area) {
  area.focus();
  area.select();
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(area.value);
      return true;
    } catch (refused) {
      area.dataset.refused = String(refused);
    }
  }
  return document.execCommand("copy");
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
  const input = root.appendChild(document.createElement("input"));
  Object.assign(input, { type: "file", accept, hidden: true, className: "dwmtj-file", tabIndex: -1 });
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
    const [file] = input.files;
    input.value = "";
    if (file) bring(file);
  });
  root.dataset.takesFiles = accept;
  root.addEventListener("dwmtj-file", (event) => {
    const { file, useless } = event.detail;
    if (!useless && !isAccepted(file, accept)) return;
    event.preventDefault();
    if (useless) refuse({ type: "useless", name: file.name });
    else if (!button.disabled) bring(file);
  });
}

// lib/i18n.js
var texts = typeof TEXTS === "undefined" ? {} : TEXTS;
var tr = (text) => texts[text] ?? text;
var fill = (text, values) => text.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);

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

// lib/save.js
function save(name, blob) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1e4);
}

// share_box/index.js
var ADDRESS_FIELD = "s";
var TOKEN_FIELD = "token";
var STORED = "setting";
var AFTER_ACTION = 400;
var ACTIONS = ["pointerup", "keyup", "change", "drop"];
function serverSettings() {
  return JSON.parse(document.getElementById("jupyter-config-data")?.textContent || "{}");
}
function originForOthers() {
  if (!/^(localhost|127\.[\d.]+|\[::1\])$/.test(location.hostname)) return location.origin;
  return serverSettings().originForOthers || "";
}
var asksForToken = () => Boolean(serverSettings().asksForToken) || new URL(location.href).searchParams.has(TOKEN_FIELD);
function render({ model, el }) {
  const root = el.appendChild(document.createElement("div"));
  root.className = "dwmtj-share";
  const add = (tag, properties) => root.appendChild(Object.assign(document.createElement(tag), properties));
  const button = (name, text, title) => add("button", { type: "button", className: `jupyter-button dwmtj-share-${name}`, textContent: text, title });
  const share = button("address", tr("Share"), tr("An address that restores memories, sliders and seeds"));
  const saves = button("save", tr("Save"), tr("A small file that restores them"));
  const open = button("open", tr("Open"), tr("Take the setting of such a file"));
  const python = button("python", "Python", tr("The lines that repeat this run"));
  const panel = add("div", { className: "panel", hidden: true });
  const area = panel.appendChild(
    Object.assign(document.createElement("textarea"), {
      className: "dwmtj-text-area",
      readOnly: true,
      spellcheck: false
    })
  );
  const news = panel.appendChild(Object.assign(document.createElement("span"), { className: "dwmtj-text-news" }));
  news.setAttribute("role", "status");
  const reach = panel.appendChild(
    Object.assign(document.createElement("p"), { className: "dwmtj-share-reach", hidden: true })
  );
  const code = panel.appendChild(
    Object.assign(document.createElement("div"), { className: "dwmtj-share-code", hidden: true })
  );
  code.setAttribute("role", "img");
  code.setAttribute("aria-label", tr("The address as a QR code"));
  const openers = { address: share, python };
  const asked = /* @__PURE__ */ new Set();
  let shown = "";
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
    opener.addEventListener("click", () => shown === what ? hide() : ask(what));
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
    refuse: (message) => model.send(message)
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
    const told = await copied(area) ? tr("{label}: copied.") : tr("{label}: selected, press Control C.");
    news.textContent = fill(told, { label });
  }
  function tellReach(address) {
    code.hidden = true;
    reach.hidden = !isOwnPage();
    if (reach.hidden) return;
    const reached = originForOthers() !== "";
    reach.textContent = !reached ? tr(
      "Only this computer can open it. For somebody else press Save, and send the file: Open restores it in any lab."
    ) : asksForToken() ? tr("Others reach it where they reach this server, and must know its token, which the address leaves out.") : tr("Others reach it where they reach this server.");
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
  function keep({ what, text }) {
    const address = new URL(location.href);
    if (what === "address") address.searchParams.set(ADDRESS_FIELD, text);
    else address.searchParams.delete(ADDRESS_FIELD);
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
    addEventListener("pagehide", () => clearTimeout(due), { signal });
  }
  return () => {
    abort.abort();
    clearTimeout(due);
    model.off("msg:custom", given);
  };
}
function restore() {
  const carried = new URL(location.href).searchParams.get(ADDRESS_FIELD);
  if (carried) return { what: "address", text: carried };
  const text = keptInPage(STORED);
  return text ? { what: "file", text } : null;
}
var share_box_default = { render };
export {
  share_box_default as default
};

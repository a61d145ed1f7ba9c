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

// lib/dom.js
function element(parent, tag, className, properties = {}) {
  return parent.appendChild(Object.assign(document.createElement(tag), { className }, properties));
}
function listeners(model) {
  const abort = new AbortController();
  const { signal } = abort;
  function on(target, type, handler, options = {}) {
    target.addEventListener(type, handler, { signal, ...options });
  }
  function watch(event, handler) {
    model.on(event, handler);
    signal.addEventListener("abort", () => model.off(event, handler));
  }
  function change(traits, ...handlers) {
    const all = () => {
      for (const handler of handlers) handler();
    };
    for (const trait of [traits].flat()) watch(`change:${trait}`, all);
  }
  function onSize(node, handler) {
    const sizes = new ResizeObserver(handler);
    sizes.observe(node);
    signal.addEventListener("abort", () => sizes.disconnect());
    function follow() {
      const query = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
      query.addEventListener("change", changed, { signal, once: true });
    }
    function changed() {
      follow();
      handler();
    }
    follow();
  }
  return { on, watch, change, onSize, signal, stop: () => abort.abort() };
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

// lib/i18n.js
var texts = typeof TEXTS === "undefined" ? {} : TEXTS;
var tr = (text) => texts[text] ?? text;
var fill = (text, values) => text.replace(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));

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

// share_box/address.js
var ADDRESS_FIELD = "s";
var TOKEN_FIELD = "token";
function originForOthers({ hostname, origin: origin2 }, settings) {
  if (!/^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname)) return origin2;
  return settings.originForOthers || "";
}
function asksForToken(href, settings) {
  return Boolean(settings.asksForToken) || new URL(href).searchParams.has(TOKEN_FIELD);
}
function addressOf(href, origin2, query) {
  const address = new URL(href);
  if (origin2) {
    const { protocol, hostname, port } = new URL(origin2);
    Object.assign(address, { protocol, hostname, port });
  }
  address.searchParams.set(ADDRESS_FIELD, query);
  address.searchParams.delete(TOKEN_FIELD);
  address.hash = "";
  return address.href;
}

// share_box/frame.js
function shareFrame(el) {
  const root = element(el, "div", "dwmtj-share");
  const button = (name, textContent, title) => element(root, "button", `jupyter-button dwmtj-share-${name}`, { type: "button", textContent, title });
  const share = button("address", tr("Share"), tr("An address that restores memories, sliders and seeds"));
  const saves = button("save", tr("Save"), tr("A small file that restores them"));
  const open = button("open", tr("Open"), tr("Take the setting of such a file"));
  const python = button("python", "Python", tr("The lines that repeat this run"));
  const panel = element(root, "div", "panel", { hidden: true });
  const area = element(panel, "textarea", "dwmtj-text-area", { readOnly: true, spellcheck: false });
  const news = element(panel, "span", "dwmtj-text-news");
  news.setAttribute("role", "status");
  const reach = element(panel, "p", "dwmtj-share-reach", { hidden: true });
  const code = element(panel, "div", "dwmtj-share-code", { hidden: true });
  code.setAttribute("role", "img");
  code.setAttribute("aria-label", tr("The address as a QR code"));
  return { root, share, saves, open, python, panel, area, news, reach, code };
}

// share_box/keeping.js
var STORED = "setting";
function keep({ what, text }) {
  const address = new URL(location.href);
  if (what === "address") address.searchParams.set(ADDRESS_FIELD, text);
  else address.searchParams.delete(ADDRESS_FIELD);
  if (address.href !== location.href) history.replaceState(history.state, "", address);
  keepInPage(STORED, what === "file" ? text : "");
}
function restore() {
  const carried = new URL(location.href).searchParams.get(ADDRESS_FIELD);
  if (carried) return { what: "address", text: carried };
  const text = keptInPage(STORED);
  return text ? { what: "file", text } : null;
}

// share_box/index.js
var AFTER_ACTION = 400;
var ACTIONS = ["pointerup", "keyup", "change", "drop"];
var serverSettings = () => JSON.parse(document.getElementById("jupyter-config-data")?.textContent || "{}");
var origin = () => originForOthers(location, serverSettings());
function reachText(isReached) {
  if (!isReached) {
    return tr(
      "Only this computer can open it. To share the lab, press Save and send the file: Open restores it in any lab."
    );
  }
  return asksForToken(location.href, serverSettings()) ? tr("Others reach it where they reach this server, and must know its token, which the address leaves out.") : tr("Others reach it where they reach this server.");
}
function render({ model, el }) {
  const { root, share, saves, open, python, panel, area, news, reach, code } = shareFrame(el);
  const openers = { address: share, python };
  const asked = /* @__PURE__ */ new Set();
  let shown = "";
  const { on, watch, stop } = listeners(model);
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
    const opener = shown === "python" ? python : share;
    show("");
    opener.focus();
  }
  async function copy(what, text, label) {
    show(what);
    area.value = text;
    area.rows = Math.min(text.split("\n").length + 1, 8);
    area.setAttribute("aria-label", label);
    const sentence = await copied(area) ? tr("{label}: copied.") : tr("{label}: selected, press Control C.");
    news.textContent = fill(sentence, { label });
  }
  function tellReach(address) {
    code.hidden = true;
    reach.hidden = !isOwnPage();
    if (reach.hidden) return;
    const isReached = origin() !== "";
    reach.textContent = reachText(isReached);
    if (isReached) model.send({ type: "code", text: address });
  }
  function giveAddress(query) {
    const address = isOwnPage() ? addressOf(location.href, origin(), query) : `?${ADDRESS_FIELD}=${query}`;
    copy("address", address, tr("Address"));
    tellReach(address);
  }
  function give(what, text) {
    if (what === "file") save(model.get("file_name"), new Blob([text], { type: "application/json" }));
    else if (what === "address") giveAddress(text);
    else {
      reach.hidden = code.hidden = true;
      copy(what, text, "Python");
    }
  }
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
  function keepOverReloads() {
    const kept = restore();
    if (kept) model.send({ type: "take", kept: true, ...kept });
    for (const action of ACTIONS) {
      const acted = (event) => root.closest(".dwmtj-lab")?.contains(event.target) && keepSoon();
      on(document, action, acted, { capture: true });
    }
    on(window, "pagehide", () => clearTimeout(due));
  }
  for (const [what, opener] of Object.entries(openers)) {
    on(opener, "click", () => shown === what ? hide() : ask(what));
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
    refuse: (message) => model.send(message)
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
var share_box_default = { render };
export {
  share_box_default as default
};

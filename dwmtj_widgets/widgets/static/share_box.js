// The browser's half of ShareBox (share_box.py).
//
// to Python    {type: "give", what}            asks for a text: "address", "file" or "python"
//              {type: "take", what, text}      brings one: "address" once when the page opens, "file" when chosen
//              {type: "too long", size}, {type: "unreadable"}
//              {type: "code", text}            asks for an address as a QR code
// from Python  {type: "given", what, text}     an empty text: it could not be made, the error line says why
//              {type: "code", text, svg}       an empty picture: the address is too long for one

const ADDRESS_FIELD = "s";

/** Whether this page is a lab of its own, so that its address leads to it. */
const isLabPage = () => document.body.dataset.voila === "voila";

/** The start of the lab's address for other computers: its own, what the server says of itself, or none. */
function originForOthers() {
  if (!/^(localhost|127\.[\d.]+|\[::1\])$/.test(location.hostname)) return location.origin;
  const settings = document.getElementById("jupyter-config-data")?.textContent;
  return (settings && JSON.parse(settings).originForOthers) || "";
}

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
  const file = add("input", { type: "file", accept: ".json,application/json", hidden: true, className: "dwmtj-share-file" });
  file.tabIndex = -1;
  const panel = add("div", { className: "panel", hidden: true });
  const area = panel.appendChild(Object.assign(document.createElement("textarea"), { className: "dwmtj-text-area", readOnly: true, spellcheck: false }));
  const news = panel.appendChild(Object.assign(document.createElement("span"), { className: "dwmtj-text-news" }));
  news.setAttribute("role", "status");
  const reach = panel.appendChild(Object.assign(document.createElement("p"), { className: "dwmtj-share-reach", hidden: true }));
  const code = panel.appendChild(Object.assign(document.createElement("div"), { className: "dwmtj-share-code", hidden: true }));
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
  open.addEventListener("click", () => file.click());
  file.addEventListener("change", async () => {
    const [chosen] = file.files;
    file.value = "";
    if (!chosen) return;
    if (chosen.size > model.get("longest")) {
      model.send({ type: "too long", size: chosen.size });
      return;
    }
    try {
      model.send({ type: "take", what: "file", text: await chosen.text() });
    } catch (error) {
      model.send({ type: "unreadable", reason: String(error) });
    }
  });

  function addressOf(query) {
    if (!isLabPage()) return `?${ADDRESS_FIELD}=${query}`;
    const address = new URL(location.href);
    const origin = originForOthers();
    if (origin) {
      const { protocol, host } = new URL(origin);
      Object.assign(address, { protocol, host });
    }
    address.searchParams.set(ADDRESS_FIELD, query);
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
    reach.hidden = !isLabPage();
    if (reach.hidden) return;
    const reached = originForOthers() !== "";
    reach.textContent = reached
      ? tr("Others reach it where they reach this server.")
      : tr("Only this computer can open it. For somebody else press Save, and send the file: Open restores it in any lab.");
    if (reached) model.send({ type: "code", text: address });
  }

  function drawCode({ text, svg }) {
    if (!svg || shown !== "address" || text !== area.value) return;
    code.innerHTML = svg;
    code.hidden = false;
  }

  function given({ type, what, text, svg }) {
    if (type === "code") drawCode({ text, svg });
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

  show("");
  model.on("msg:custom", given);
  const carried = isLabPage() && new URL(location.href).searchParams.get(ADDRESS_FIELD);
  if (carried) model.send({ type: "take", what: "address", text: carried });
  return () => model.off("msg:custom", given);
}

export default { render };

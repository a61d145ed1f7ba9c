// The browser's half of ShareBox (share_box.py).
//
// to Python    {type: "give", what}            asks for a text: "address", "file" or "python"
//              {type: "take", what, text}      brings one: "address" once when the page opens, "file" when chosen
//              {type: "too long", size}, {type: "unreadable"}
// from Python  {type: "given", what, text}     an empty text: it could not be made, the error line says why

const ADDRESS_FIELD = "s";

/** Whether this page is a lab of its own, so that its address leads to it. */
const isLabPage = () => document.body.dataset.voila === "voila";

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

  function given({ type, what, text }) {
    if (type !== "given" || !asked.delete(what) || !text) return;
    if (what === "file") save(model.get("file_name"), new Blob([text], { type: "application/json" }));
    else if (what === "address") copy(what, addressOf(text), tr("Address"));
    else copy(what, text, "Python");
  }

  show("");
  model.on("msg:custom", given);
  const carried = isLabPage() && new URL(location.href).searchParams.get(ADDRESS_FIELD);
  if (carried) model.send({ type: "take", what: "address", text: carried });
  return () => model.off("msg:custom", given);
}

export default { render };

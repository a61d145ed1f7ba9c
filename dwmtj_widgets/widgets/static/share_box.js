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
  root.dataset.lmSuppressShortcuts = "true";
  const add = (tag, properties) => root.appendChild(Object.assign(document.createElement(tag), properties));
  const button = (name, text, title) =>
    add("button", { type: "button", className: `jupyter-button dwmtj-share-${name}`, textContent: text, title });
  const share = button("address", tr("Share"), tr("An address that restores memories, sliders and seeds"));
  const save = button("save", tr("Save"), tr("A small file that restores them"));
  const open = button("open", tr("Open"), tr("Take the setting of such a file"));
  const python = button("python", "Python", tr("The lines that repeat this run"));
  const file = add("input", { type: "file", accept: ".json,application/json", hidden: true, className: "dwmtj-share-file" });
  file.tabIndex = -1;
  const panel = add("div", { className: "panel", hidden: true });
  const area = panel.appendChild(Object.assign(document.createElement("textarea"), { className: "dwmtj-text-area", readOnly: true, spellcheck: false }));
  const news = panel.appendChild(Object.assign(document.createElement("span"), { className: "dwmtj-text-news" }));
  news.setAttribute("role", "status");

  const ask = (what) => model.send({ type: "give", what });
  share.addEventListener("click", () => ask("address"));
  save.addEventListener("click", () => ask("file"));
  python.addEventListener("click", () => ask("python"));
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

  async function copy(text, label) {
    panel.hidden = false;
    area.value = text;
    area.rows = Math.min(text.split("\n").length + 1, 8);
    area.setAttribute("aria-label", label);
    area.select();
    news.textContent = fill(tr("{label}: copied."), { label });
    // Browsers keep the clipboard from pages that came neither from this computer nor by https.
    try {
      await navigator.clipboard.writeText(text);
    } catch (refused) {
      news.title = String(refused);
      if (!document.execCommand("copy")) news.textContent = fill(tr("{label}: selected, press Control C."), { label });
    }
  }

  function download(text) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = model.get("file_name");
    link.click();
    URL.revokeObjectURL(link.href);
  }

  function given({ type, what, text }) {
    if (type !== "given" || !text) return;
    if (what === "file") download(text);
    else copy(what === "address" ? addressOf(text) : text, what === "address" ? tr("Address") : "Python");
  }

  model.on("msg:custom", given);
  const carried = isLabPage() && new URL(location.href).searchParams.get(ADDRESS_FIELD);
  if (carried) model.send({ type: "take", what: "address", text: carried });
  return () => model.off("msg:custom", given);
}

export default { render };

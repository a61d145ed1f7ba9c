// The browser's half of SaveBox (save_box.py).
//
// to Python    {type: "save", label}
// from Python  {type: "file", label, name, kind} with one buffer, or {type: "nothing", label}

import { element, listeners } from "../lib/dom.js";
import { fill, tr } from "../lib/i18n.js";
import { save } from "../lib/save.js";
import { assembled, painted, SVG_FILE } from "./drawing.js";

/** @param {View} view */
function render({ model, el }) {
  const root = element(el, "div", "dwmtj-save-box");
  /** @type {HTMLButtonElement[]} */
  const buttons = [];
  const asked = new Set(); // an answer reaches every view of the model, but only those that asked use it
  const { on, watch, change, stop } = listeners(model);

  /**
   * @param {string} label
   * @param {string} hint
   * @param {() => void} action
   */
  function button(label, hint, action) {
    const className = `jupyter-button dwmtj-small dwmtj-export-${label.toLowerCase()}`;
    const made = element(root, "button", className, { type: "button", textContent: label, title: hint });
    made.dataset.label = label;
    on(made, "click", () => model.get("working") || action());
    buttons.push(made);
  }

  /**
   * @param {string} name
   * @param {Blob} blob
   */
  function keep(name, blob) {
    save(name, blob);
    Object.assign(root.dataset, { saved: name, bytes: blob.size });
  }

  /** @param {"svg" | "png"} ending */
  async function saveCharts(ending) {
    const near = root.closest(".dwmtj-lab") ?? document;
    const all = near.querySelectorAll(`.dwmtj-${model.get("_picture")} :is(canvas, svg)`);
    const seen = [...all].filter((node) => node.getBoundingClientRect().width > 0);
    if (!seen.length) return;
    const text = assembled(/** @type {import("./drawing.js").Chart[]} */ (seen));
    const blob = ending === "png" ? await painted(text) : new Blob([text], { type: SVG_FILE });
    keep(`${model.get("picture_name")}.${ending}`, blob);
  }

  /** @param {string} label */
  function ask(label) {
    asked.add(label);
    model.send({ type: "save", label });
  }

  function enable() {
    for (const one of buttons) one.disabled = !model.get("enabled");
  }

  function showProgress() {
    const working = model.get("working");
    for (const one of buttons) {
      // Not `disabled`, which would take the focus from the pressed button.
      one.setAttribute("aria-disabled", String(Boolean(working)));
      const { label = "" } = one.dataset;
      one.textContent = label === working ? model.get("progress") : label;
    }
    const said = working && fill(tr("{label} is being made"), { label: working });
    if (news.textContent !== said) news.textContent = said;
  }

  for (const label of model.get("_labels")) {
    const hint = model.get("_hints")[label] ?? fill(tr("Save as {label}"), { label });
    button(label, hint, () => ask(label));
  }
  if (model.get("_picture")) {
    button("SVG", tr("Save the charts as a drawing"), () => saveCharts("svg"));
    button("PNG", tr("Save the charts as a picture"), () => saveCharts("png"));
  }
  const news = element(root, "span", "dwmtj-unseen");
  news.setAttribute("role", "status");
  watch("msg:custom", async ({ type, label, name, kind }, [content] = []) => {
    if (!asked.delete(label) || type !== "file") return;
    const isDrawing = kind === SVG_FILE && name.endsWith(".png");
    keep(name, isDrawing ? await painted(new TextDecoder().decode(content)) : new Blob([content], { type: kind }));
  });
  change("enabled", enable);
  change(["working", "progress"], showProgress);
  enable();
  showProgress();
  return stop;
}

export default { render };

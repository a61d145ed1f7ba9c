// The browser's half of SaveBox (save_box.py). To Python: {type: "save", label}; from it: {type: "file", label, name,
// kind} with one buffer, or {type: "nothing", label}.

import { fill, tr } from "../lib/i18n.js";
import { save } from "../lib/save.js";
import { resolved } from "../lib/theme.js";

const SVG = "http://www.w3.org/2000/svg";
const SVG_FILE = "image/svg+xml";
const [GAP, TITLE] = [12, 26]; // CSS pixels between charts, and for the name of each
const STYLES = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-opacity",
  "stroke-dasharray",
  "stroke-linejoin",
  "opacity",
  "visibility",
  "paint-order",
  "font-family",
  "font-size",
  "font-weight",
  "text-anchor",
];

function element(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

/** A drawing with its style written into it, as an image by itself knows no style sheet. */
function dressed(svg) {
  const copy = svg.cloneNode(true);
  const [from, to] = [svg, copy].map((top) => [top, ...top.querySelectorAll("*")]);
  from.forEach((node, k) => {
    const style = getComputedStyle(node);
    to[k].setAttribute("style", STYLES.map((name) => `${name}: ${style.getPropertyValue(name)}`).join("; "));
  });
  return copy;
}

/** What a chart is called: the beginning of its accessible name. */
const titleOf = (chart) => (chart.closest("[aria-label]")?.getAttribute("aria-label") ?? "").split(/[.;:]/)[0];

/** One drawing of charts, one above the other. What is painted and not drawn is put in as the picture it is. */
function assembled(charts) {
  const boxes = charts.map((chart) => chart.getBoundingClientRect());
  const width = Math.max(...boxes.map((box) => box.width)) + 2 * GAP;
  const height = boxes.reduce((sum, box) => sum + box.height + TITLE + GAP, 0);
  const [paper, ink] = resolved(charts[0].parentElement, ["paper", "ink"]); // as they are seen, in any theme
  const whole = element("svg", { width, height, viewBox: `0 0 ${width} ${height}` });
  whole.append(element("rect", { width, height, fill: paper }));
  const words = { "font-family": "system-ui, sans-serif", "font-size": 13, "font-weight": 600 };
  let y = TITLE;
  charts.forEach((chart, k) => {
    const title = element("text", { x: GAP, y: y - 8, fill: ink, ...words });
    title.textContent = titleOf(chart);
    const canvas = chart.tagName === "CANVAS";
    const part = canvas ? element("image", { href: chart.toDataURL("image/png") }) : dressed(chart);
    const place = { x: GAP, y, width: boxes[k].width, height: boxes[k].height };
    for (const [name, value] of Object.entries(place)) part.setAttribute(name, value);
    y += boxes[k].height + GAP + TITLE;
    whole.append(title, part);
  });
  return new XMLSerializer().serializeToString(whole);
}

/** A drawing as a picture of twice its size, which is sharp on paper too. */
async function painted(text) {
  const image = new Image();
  image.src = `data:${SVG_FILE};charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: 2 * image.width, height: 2 * image.height });
  const context = canvas.getContext("2d");
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done));
}

function render({ model, el }) {
  const root = el.appendChild(document.createElement("div"));
  root.className = "dwmtj-save-box";
  const buttons = [];
  const asked = new Set(); // an answer reaches every view of the model, and is for those that asked

  function button(label, hint, action) {
    const made = document.createElement("button");
    const onclick = () => model.get("working") || action();
    Object.assign(made, { type: "button", textContent: label, title: hint, onclick });
    made.dataset.label = label;
    made.className = `jupyter-button dwmtj-small dwmtj-export-${label.toLowerCase()}`;
    buttons.push(root.appendChild(made));
  }

  function keep(name, blob) {
    save(name, blob);
    Object.assign(root.dataset, { saved: name, bytes: blob.size });
  }

  async function saveCharts(ending) {
    const near = root.closest(".dwmtj-lab") ?? document;
    const all = near.querySelectorAll(`.dwmtj-${model.get("_picture")} :is(canvas, svg)`);
    const charts = [...all].filter((node) => node.getBoundingClientRect().width > 0);
    if (!charts.length) return;
    const text = assembled(charts);
    const blob = ending === "png" ? await painted(text) : new Blob([text], { type: SVG_FILE });
    keep(`${model.get("picture_name")}.${ending}`, blob);
  }

  function ask(label) {
    asked.add(label);
    model.send({ type: "save", label });
  }

  async function onAnswer({ type, label, name, kind }, [content] = []) {
    if (!asked.delete(label) || type !== "file") return;
    const drawing = kind === SVG_FILE && name.endsWith(".png");
    keep(name, drawing ? await painted(new TextDecoder().decode(content)) : new Blob([content], { type: kind }));
  }

  function enable() {
    for (const one of buttons) one.disabled = !model.get("enabled");
  }

  function showProgress() {
    const working = model.get("working");
    for (const one of buttons) {
      // Not `disabled`, which would take the keyboard away from the button that was pressed.
      one.setAttribute("aria-disabled", String(Boolean(working)));
      one.textContent = one.dataset.label === working ? model.get("progress") : one.dataset.label;
    }
    const said = working && fill(tr("{label} is being made"), { label: working });
    if (news.textContent !== said) news.textContent = said;
  }

  for (const label of model.get("_labels")) {
    const hint = model.get("_hints")[label] ?? fill(tr("Save as {label}"), { label });
    button(label, hint, () => ask(label));
  }
  if (model.get("_picture")) {
    button("SVG", tr("Save what the charts show as a drawing"), () => saveCharts("svg"));
    button("PNG", tr("Save what the charts show as a picture"), () => saveCharts("png"));
  }
  const news = root.appendChild(Object.assign(document.createElement("span"), { className: "dwmtj-unseen" }));
  news.setAttribute("role", "status");
  model.on("msg:custom", onAnswer);
  model.on("change:enabled", enable);
  model.on("change:working", showProgress);
  model.on("change:progress", showProgress);
  enable();
  showProgress();
  return () => {
    model.off("msg:custom", onAnswer);
    model.off("change:enabled", enable);
    model.off("change:working", showProgress);
    model.off("change:progress", showProgress);
  };
}

export default { render };

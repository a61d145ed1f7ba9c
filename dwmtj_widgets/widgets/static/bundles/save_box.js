// Made from js/ by `npm --prefix js run build`. Do not edit.

// lib/dom.js
var SVG = "http://www.w3.org/2000/svg";
function element(parent, tag, className, properties = {}) {
  return parent.appendChild(Object.assign(document.createElement(tag), { className }, properties));
}
function svgElement(tag, attributes = {}, text = "") {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  if (text) made.textContent = text;
  return made;
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

// lib/i18n.js
var texts = typeof TEXTS === "undefined" ? {} : TEXTS;
var tr = (text) => texts[text] ?? text;
var fill = (text, values) => text.replace(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));

// lib/save.js
function save(name, blob) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1e4);
}

// lib/canvas.js
function contextOf(canvas, settings) {
  return (
    /** @type {CanvasRenderingContext2D} */
    canvas.getContext("2d", settings)
  );
}

// lib/theme.js
var themed = (colour) => colour.startsWith("#") ? `var(--dwmtj-${colour.slice(1)}, ${colour})` : colour;
function resolved(node, colours) {
  const probe = node.appendChild(Object.assign(document.createElement("span"), { hidden: true }));
  const found = colours.map((colour) => {
    probe.style.color = colour.startsWith("#") ? themed(colour) : `var(--dwmtj-${colour})`;
    return getComputedStyle(probe).color;
  });
  probe.remove();
  return found;
}

// save_box/drawing.js
var SVG_FILE = "image/svg+xml";
var [GAP, TITLE] = [12, 26];
var STYLES = [
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
  "text-anchor"
];
function dressed(svg) {
  const copy = (
    /** @type {SVGSVGElement} */
    svg.cloneNode(true)
  );
  const [from, to] = [svg, copy].map((top) => [top, ...top.querySelectorAll("*")]);
  from.forEach((node, k) => {
    const style = getComputedStyle(node);
    to[k].setAttribute("style", STYLES.map((name) => `${name}: ${style.getPropertyValue(name)}`).join("; "));
  });
  return copy;
}
var titleOf = (chart) => (chart.closest("[aria-label]")?.getAttribute("aria-label") ?? "").split(/[.;:]/)[0];
function assembled(charts) {
  const boxes = charts.map((chart) => chart.getBoundingClientRect());
  const width = Math.max(...boxes.map((box) => box.width)) + 2 * GAP;
  const height = boxes.reduce((sum, box) => sum + box.height + TITLE + GAP, 0);
  const near = (
    /** @type {Element} */
    charts[0].parentElement
  );
  const [paper, ink] = resolved(near, ["paper", "ink"]);
  const whole = svgElement("svg", { width, height, viewBox: `0 0 ${width} ${height}` });
  whole.append(svgElement("rect", { width, height, fill: paper }));
  const words = { "font-family": "system-ui, sans-serif", "font-size": 13, "font-weight": 600 };
  let y = TITLE;
  charts.forEach((chart, k) => {
    const title = svgElement("text", { x: GAP, y: y - 8, fill: ink, ...words }, titleOf(chart));
    const isPainted = chart instanceof HTMLCanvasElement;
    const part = isPainted ? svgElement("image", { href: chart.toDataURL("image/png") }) : dressed(chart);
    const place = { x: GAP, y, width: boxes[k].width, height: boxes[k].height };
    for (const [name, value] of Object.entries(place)) part.setAttribute(name, String(value));
    y += boxes[k].height + GAP + TITLE;
    whole.append(title, part);
  });
  return new XMLSerializer().serializeToString(whole);
}
async function painted(text) {
  const image = new Image();
  image.src = `data:${SVG_FILE};charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: 2 * image.width, height: 2 * image.height });
  const context = contextOf(canvas);
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done, failed) => {
    canvas.toBlob((blob) => blob ? done(blob) : failed(new Error("The browser cannot make this picture.")));
  });
}

// save_box/index.js
function render({ model, el }) {
  const root = element(el, "div", "dwmtj-save-box");
  const buttons = [];
  const asked = /* @__PURE__ */ new Set();
  const { on, watch, change, stop } = listeners(model);
  function button(label, hint, action) {
    const className = `jupyter-button dwmtj-small dwmtj-export-${label.toLowerCase()}`;
    const made = element(root, "button", className, { type: "button", textContent: label, title: hint });
    made.dataset.label = label;
    on(made, "click", () => model.get("working") || action());
    buttons.push(made);
  }
  function keep(name, blob) {
    save(name, blob);
    Object.assign(root.dataset, { saved: name, bytes: blob.size });
  }
  async function saveCharts(ending) {
    const near = root.closest(".dwmtj-lab") ?? document;
    const all = near.querySelectorAll(`.dwmtj-${model.get("_picture")} :is(canvas, svg)`);
    const seen = [...all].filter((node) => node.getBoundingClientRect().width > 0);
    if (!seen.length) return;
    const text = assembled(
      /** @type {import("./drawing.js").Chart[]} */
      seen
    );
    const blob = ending === "png" ? await painted(text) : new Blob([text], { type: SVG_FILE });
    keep(`${model.get("picture_name")}.${ending}`, blob);
  }
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
var save_box_default = { render };
export {
  save_box_default as default
};

// The browser's half of SaveBox (save_box.py). To Python: {type: "save", label}; from it: {type: "file", name, kind} with
// one buffer.

const STYLES = [
  "fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "opacity", "visibility", "paint-order",
  "font-family", "font-size", "font-weight", "text-anchor",
];

function save(name, blob) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  // The browser has taken hold of the content when the click is over, but some only a moment after it.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** A drawing with its style written into it, as an image by itself knows no style sheet. */
function dressed(svg) {
  const copy = svg.cloneNode(true);
  const [from, to] = [svg, copy].map((top) => [top, ...top.querySelectorAll("*")]);
  from.forEach((node, k) => {
    const style = getComputedStyle(node);
    to[k].setAttribute("style", STYLES.map((name) => `${name}: ${style.getPropertyValue(name)}`).join("; "));
  });
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  return new XMLSerializer().serializeToString(copy);
}

async function canvasOf(svg) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(dressed(svg))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: 2 * image.width, height: 2 * image.height });
  const context = canvas.getContext("2d");
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}

function render({ model, el }) {
  const root = el.appendChild(document.createElement("div"));
  root.className = "dwmtj-save-box";
  root.dataset.lmSuppressShortcuts = "true";
  const buttons = [];

  function button(label, hint, action) {
    const made = document.createElement("button");
    Object.assign(made, { type: "button", textContent: label, title: hint, onclick: action });
    made.className = `jupyter-button dwmtj-small dwmtj-export-${label.toLowerCase()}`;
    buttons.push(root.appendChild(made));
  }

  async function savePicture() {
    const near = root.closest(".dwmtj-lab") ?? document;
    const charts = [...near.querySelectorAll(`.dwmtj-${model.get("_picture")} :is(canvas, svg)`)];
    const chart = charts.find((node) => node.getBoundingClientRect().width > 0);
    if (!chart) return;
    const canvas = chart.tagName === "CANVAS" ? chart : await canvasOf(chart);
    canvas.toBlob((blob) => {
      save(`${model.get("picture_name")}.png`, blob);
      Object.assign(root.dataset, { saved: `${model.get("picture_name")}.png`, bytes: blob.size });
    });
  }

  function onFile({ type, name, kind }, [content] = []) {
    if (type !== "file") return;
    save(name, new Blob([content], { type: kind }));
    Object.assign(root.dataset, { saved: name, bytes: content.byteLength });
  }

  function enable() {
    for (const one of buttons) one.disabled = !model.get("enabled");
  }

  for (const label of model.get("_labels")) {
    button(label, `Save as ${label}`, () => model.send({ type: "save", label }));
  }
  button("PNG", "Save what the chart shows as a picture", savePicture);
  model.on("msg:custom", onFile);
  model.on("change:enabled", enable);
  enable();
  return () => {
    model.off("msg:custom", onFile);
    model.off("change:enabled", enable);
  };
}

export default { render };

// What the editors (graph, pixels, waveform), the fields (tracks, spheres), the raster and the scope share. Python joins
// this file with the script of each into one module.

const clamp = (value, least, most) => Math.min(Math.max(value, least), most);

function element(parent, tag, className, properties = {}) {
  return parent.appendChild(Object.assign(document.createElement(tag), { className }, properties));
}

/** A copy of the numbers in a binary trait or a message's buffer, which may begin at any byte. */
function numbersOf(view, Type) {
  const start = view.byteOffset ?? 0;
  return new Type((view.buffer ?? view).slice(start, start + view.byteLength));
}

/** Give a canvas the pixels of its place in the page; returns whether it had others. */
function fitCanvas(canvas) {
  const ratio = window.devicePixelRatio || 1;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight].map((side) => Math.round(side * ratio));
  if (canvas.width === width && canvas.height === height) return false;
  Object.assign(canvas, { width, height });
  return true;
}

/** [red, green, blue] for 0 to 255, between three colours "#rrggbb". */
function colourTable([low, middle, high]) {
  const parts = (colour) => [1, 3, 5].map((k) => parseInt(colour.slice(k, k + 2), 16));
  const [from, half, to] = [low, middle, high].map(parts);
  return Array.from({ length: 256 }, (_, byte) => {
    const share = byte / 127.5 - 1;
    const end = share < 0 ? from : to;
    return half.map((value, k) => Math.round(value + Math.abs(share) * (end[k] - value)));
  });
}

/** A number with two decimals and a minus sign that is as wide as a digit. */
const decimals = (value) => (Math.abs(value) < 0.005 ? 0 : value).toFixed(2).replace("-", "−");

const setAttributes = (node, attributes) => {
  for (const [name, value] of Object.entries(attributes)) {
    if (node.getAttribute(name) !== value) node.setAttribute(name, value);
  }
};

const CALM = 500; // ms between pictures for those who asked their system for less motion

/** Calls `draw` with the next display frame; `later` is for what moves by itself, `soon` for what a hand has done. */
function painter(draw) {
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  let [request, timer, last] = [0, 0, -Infinity];
  function soon() {
    request ||= requestAnimationFrame(() => {
      request = 0;
      last = performance.now();
      draw();
    });
  }
  function later() {
    const pause = still.matches ? last + CALM - performance.now() : 0;
    if (pause <= 0) soon();
    else if (!timer) timer = setTimeout(() => ((timer = 0), soon()), pause);
  }
  function stop() {
    cancelAnimationFrame(request);
    clearTimeout(timer);
  }
  return { soon, later, stop };
}

/** Listeners of one view, and one call that ends them all. */
function listeners(model) {
  const abort = new AbortController();
  const { signal } = abort;
  const on = (target, type, handler, options = {}) => target.addEventListener(type, handler, { signal, ...options });
  const watch = (event, handler) => {
    model.on(event, handler);
    signal.addEventListener("abort", () => model.off(event, handler));
  };
  /** Call back when the size of an element in the page is first known or changes, or that of the screen's pixels. */
  const onSize = (node, handler) => {
    const sizes = new ResizeObserver(handler);
    sizes.observe(node);
    signal.addEventListener("abort", () => sizes.disconnect());
    const follow = () => {
      const query = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
      const changed = () => (follow(), handler());
      query.addEventListener("change", changed, { signal, once: true });
    };
    follow();
  };
  return { on, watch, onSize, stop: () => abort.abort() };
}

/** A name that no other view has. */
const viewName = () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;

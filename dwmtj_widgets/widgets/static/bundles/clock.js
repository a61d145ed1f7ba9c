// Made from js/ by `npm --prefix js run build`. Do not edit.

// lib/dom.js
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

// clock/index.js
var WINDOW = 2;
var PLACES = ".dwmtj-lab, .dwmtj-lesson-part, .dwmtj-explorer-whole";
var LATER = 100;
var PATIENCE = 4e3;
function render({ model, el }) {
  el.classList.add("dwmtj-clock");
  el.setAttribute("aria-hidden", "true");
  let underWay = 0;
  let asked = 0;
  let painted = 0;
  let request = 0;
  let looking = 0;
  let inSight = false;
  let visible = true;
  let left = false;
  const { on, watch, change, stop } = listeners(model);
  function tick(now) {
    request = 0;
    if (!model.get("playing") || !inSight) return;
    schedule();
    if (underWay > 0 && now - asked > PATIENCE) underWay = 0;
    if (underWay >= WINDOW || now - asked < 1e3 / model.get("rate") - 5) return;
    asked = now;
    underWay += 1;
    model.send({ type: "ask" });
  }
  function schedule() {
    if (!request && el.isConnected) request = requestAnimationFrame(tick);
  }
  function onPainted() {
    underWay = Math.max(0, underWay - 1);
    painted += 1;
    el.dataset.painted = String(painted);
  }
  function onPlaying() {
    underWay = 0;
    if (model.get("playing")) schedule();
  }
  function onVisibility() {
    if (left) return;
    const now = inSight && !document.hidden;
    if (now !== visible) model.send({ type: now ? "shown" : "hidden" });
    visible = now;
    onPlaying();
  }
  const sight = new IntersectionObserver((changes) => {
    inSight = changes[changes.length - 1].isIntersecting;
    onVisibility();
  });
  function observe() {
    const place = el.closest(PLACES);
    const watched = place ?? el.parentElement;
    if (watched) sight.observe(watched);
    if (!place) looking = setTimeout(observe, LATER);
    else if (el.parentElement && el.parentElement !== place) sight.unobserve(el.parentElement);
  }
  function markWork() {
    el.dataset.unfinished = String(model.get("playing") && model.get("asks_before_leaving"));
  }
  watch("msg:custom", ({ type }) => {
    if (type === "frame") requestAnimationFrame(onPainted);
  });
  change("playing", onPlaying, markWork);
  change("asks_before_leaving", markWork);
  on(document, "visibilitychange", onVisibility);
  on(window, "pagehide", () => {
    left = true;
  });
  on(window, "pageshow", () => {
    left = false;
  });
  markWork();
  setTimeout(() => {
    model.send({ type: "ready" });
    observe();
  });
  return () => {
    cancelAnimationFrame(request);
    clearTimeout(looking);
    sight.disconnect();
    stop();
  };
}
var clock_default = { render };
export {
  clock_default as default
};

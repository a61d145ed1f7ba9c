// Made from js/ by `npm --prefix js run build`. Do not edit.

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
  function onMessage(message) {
    if (message.type !== "frame") return;
    requestAnimationFrame(() => {
      underWay = Math.max(0, underWay - 1);
      painted += 1;
      el.dataset.painted = String(painted);
    });
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
    inSight = changes.at(-1).isIntersecting;
    onVisibility();
  });
  function observe() {
    const place = el.closest(PLACES);
    const watched = place ?? el.parentElement;
    if (watched) sight.observe(watched);
    if (!place) looking = setTimeout(observe, LATER);
    else if (el.parentElement !== place) sight.unobserve(el.parentElement);
  }
  function markWork() {
    el.dataset.unfinished = String(model.get("playing") && model.get("asks_before_leaving"));
  }
  const onPageLeft = () => left = true;
  const onPageBack = () => left = false;
  model.on("msg:custom", onMessage);
  model.on("change:playing", onPlaying);
  model.on("change:playing", markWork);
  model.on("change:asks_before_leaving", markWork);
  document.addEventListener("visibilitychange", onVisibility);
  addEventListener("pagehide", onPageLeft);
  addEventListener("pageshow", onPageBack);
  markWork();
  setTimeout(() => {
    model.send({ type: "ready" });
    observe();
  });
  return () => {
    cancelAnimationFrame(request);
    clearTimeout(looking);
    sight.disconnect();
    model.off("msg:custom", onMessage);
    model.off("change:playing", onPlaying);
    model.off("change:playing", markWork);
    model.off("change:asks_before_leaving", markWork);
    document.removeEventListener("visibilitychange", onVisibility);
    removeEventListener("pagehide", onPageLeft);
    removeEventListener("pageshow", onPageBack);
  };
}
var clock_default = { render };
export {
  clock_default as default
};

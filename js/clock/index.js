// The browser's half of AnimationClock (clock.py): it requests a frame when it has painted the last ones, so a slow
// browser, a hidden page or a closed one slows or stops the kernel, never the other way round. A lab out of sight
// (scrolled away, or behind another tab of JupyterLab) requests no frames either.

import { listeners } from "../lib/dom.js";

const WINDOW = 2; // frames under way: two hide the way to the kernel and back, more only add delay
const PLACES = ".dwmtj-lab, .dwmtj-lesson-part, .dwmtj-explorer-whole";
const LATER = 100; // ms until the next search for the lab around the clock
const PATIENCE = 4000; // ms after which a missing answer is given up

/** @param {View} view */
function render({ model, el }) {
  el.classList.add("dwmtj-clock");
  el.setAttribute("aria-hidden", "true");
  let underWay = 0;
  let asked = 0;
  let painted = 0;
  let request = 0;
  let looking = 0;
  let inSight = false; // until the browser has reported
  let visible = true; // the last state sent to Python
  let left = false; // a closing page is hidden too, but can no longer send it
  const { on, watch, change, stop } = listeners(model);

  /** @param {number} now */
  function tick(now) {
    request = 0;
    if (!model.get("playing") || !inSight) return;
    schedule();
    if (underWay > 0 && now - asked > PATIENCE) underWay = 0;
    // A third of a display frame to spare: 30 a second on a 60 Hz display is every second frame, not every third.
    if (underWay >= WINDOW || now - asked < 1000 / model.get("rate") - 5) return;
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

  /** Watch the lab around the clock; it gets its class a little later than its place. */
  function observe() {
    const place = el.closest(PLACES);
    const watched = place ?? el.parentElement;
    if (watched) sight.observe(watched);
    if (!place) looking = setTimeout(observe, LATER);
    else if (el.parentElement && el.parentElement !== place) sight.unobserve(el.parentElement);
  }

  /** Marks the page as one that asks before it is left (js/page). */
  function markWork() {
    el.dataset.unfinished = String(model.get("playing") && model.get("asks_before_leaving"));
  }

  watch("msg:custom", ({ type }) => {
    // The drawing of this frame came before this message; it is on the screen after the next animation frame.
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
  // The element gets its place in the page only after this function has returned.
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

export default { render };

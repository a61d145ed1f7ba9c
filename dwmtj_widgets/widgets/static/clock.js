// The browser's half of AnimationClock (clock.py): it asks for a frame when it has painted the last ones, so a slow
// browser, a hidden page or a closed one slows or stops the kernel, never the other way round.

const WINDOW = 2; // frames under way: two hide the way to the kernel and back, more only add delay
const PATIENCE = 4000; // ms after which an answer that never came is given up

function render({ model, el }) {
  el.classList.add("dwmtj-clock");
  el.setAttribute("aria-hidden", "true");
  let underWay = 0;
  let asked = 0;
  let painted = 0;
  let request = 0;

  function tick(now) {
    request = 0;
    if (!model.get("playing")) return;
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

  function onMessage(message) {
    if (message.type !== "frame") return;
    // What was drawn with this frame came before this message; it is on the screen after the next animation frame.
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
    model.send({ type: document.hidden ? "hidden" : "shown" });
    onPlaying();
  }

  model.on("msg:custom", onMessage);
  model.on("change:playing", onPlaying);
  document.addEventListener("visibilitychange", onVisibility);
  // The element gets its place in the page only after this function has returned.
  setTimeout(() => {
    model.send({ type: "ready" });
    onPlaying();
  });

  return () => {
    cancelAnimationFrame(request);
    model.off("msg:custom", onMessage);
    model.off("change:playing", onPlaying);
    document.removeEventListener("visibilitychange", onVisibility);
  };
}

export default { render };

// The browser's half of CanvasShield (canvas_shield.py). ipycanvas swallows every key, touch and turn of the wheel on its
// canvases: Tab could not leave them, and a finger or wheel on them would not scroll the page. These events are stopped
// on their way to shielded canvases, so that the browser handles them as everywhere else. Clicks still arrive.

const TAKEN = ["keydown", "touchstart", "touchmove", "touchend", "touchcancel", "wheel"];

/** @param {View} view */
function render({ el }) {
  el.setAttribute("aria-hidden", "true");

  /** @param {Event} event */
  function stop(event) {
    const { target } = event;
    if (target instanceof Element && target.closest(".dwmtj-shielded")) event.stopImmediatePropagation();
  }

  // A mere picture must not be a Tab stop either; every click here has an equivalent key.
  function leaveOut() {
    for (const canvas of document.querySelectorAll("canvas.dwmtj-shielded, .dwmtj-shielded canvas")) {
      canvas.setAttribute("tabindex", "-1");
    }
  }

  const watcher = new MutationObserver(leaveOut);
  watcher.observe(document.body, { childList: true, subtree: true });
  leaveOut();
  for (const type of TAKEN) window.addEventListener(type, stop, { capture: true, passive: true });
  return () => {
    watcher.disconnect();
    for (const type of TAKEN) window.removeEventListener(type, stop, { capture: true });
  };
}

export default { render };

// Made from js/ by `npm --prefix js run build`. Do not edit.

// canvas_shield/index.js
var TAKEN = ["keydown", "touchstart", "touchmove", "touchend", "touchcancel", "wheel"];
function render({ el }) {
  el.setAttribute("aria-hidden", "true");
  function stop(event) {
    const { target } = event;
    if (target instanceof Element && target.closest(".dwmtj-shielded")) event.stopImmediatePropagation();
  }
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
var canvas_shield_default = { render };
export {
  canvas_shield_default as default
};

// Gestures of mouse, finger and pen.

/**
 * @param {HTMLCanvasElement} canvas
 * @param {import("./painting.js").Painting} painting
 * @param {import("./pointing.js").Pointing} pointing
 * @param {(target: EventTarget, type: string, handler: (event: any) => void) => void} on
 */
export function followPointer(canvas, painting, pointing, on) {
  /** @param {PointerEvent} event */
  function locate({ clientX, clientY }) {
    const bounds = canvas.getBoundingClientRect();
    const { rows, columns } = painting.size;
    return {
      row: Math.floor(((clientY - bounds.top) / bounds.height) * rows),
      column: Math.floor(((clientX - bounds.left) / bounds.width) * columns),
    };
  }

  on(canvas, "pointerdown", (event) => {
    const at = locate(event);
    const cell = painting.index(at);
    if (!event.isPrimary || event.button !== 0 || cell < 0) return;
    painting.end();
    pointing.moveCursor(at);
    pointing.hovered = cell;
    if (event.shiftKey) pointing.select(cell);
    else if (!painting.model.get("disabled")) {
      canvas.setPointerCapture(event.pointerId);
      painting.begin(at, event.pointerId);
    }
    pointing.setKeyboard(false);
  });
  on(canvas, "pointermove", (event) => {
    if (painting.stroke?.pointer === event.pointerId) {
      const passed = event.getCoalescedEvents?.() ?? [];
      for (const point of passed.length ? passed : [event]) painting.paintTo(locate(point));
      pointing.moveCursor(locate(event));
    }
    if (event.isPrimary) pointing.hovered = painting.index(locate(event));
    painting.schedule();
  });
  on(canvas, "lostpointercapture", () => painting.end()); // follows pointerup and pointercancel
  on(canvas, "pointerleave", () => pointing.leave());
}

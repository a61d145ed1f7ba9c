// Gestures of mouse, finger and pen.

import { layOut } from "./drawing.js";

/**
 * @param {HTMLCanvasElement} canvas
 * @param {import("./strokes.js").Strokes} strokes
 * @param {(target: EventTarget, type: string, handler: (event: any) => void) => void} on
 * @param {() => void} begun called when a stroke begins
 */
export function followPointer(canvas, strokes, on, begun) {
  /**
   * @param {PointerEvent} event
   * @returns {import("./model.js").Point}
   */
  function locate({ clientX, clientY }) {
    const bounds = canvas.getBoundingClientRect();
    const place = layOut(canvas, strokes.samples.length);
    return [place.column(clientX - bounds.left), place.value(clientY - bounds.top)];
  }

  on(canvas, "pointerdown", (event) => {
    if (!event.isPrimary || event.button !== 0 || strokes.model.get("disabled")) return;
    strokes.end();
    canvas.setPointerCapture(event.pointerId);
    strokes.begin(locate(event), event.pointerId);
    begun();
  });
  on(canvas, "pointermove", (event) => {
    if (strokes.stroke?.pointer !== event.pointerId) return;
    const passed = event.getCoalescedEvents?.() ?? [];
    for (const point of passed.length ? passed : [event]) strokes.drawTo(locate(point));
    strokes.schedule();
  });
  on(canvas, "lostpointercapture", () => strokes.end()); // follows pointerup and pointercancel
}

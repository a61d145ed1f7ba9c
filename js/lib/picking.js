// Hovering and picking of a chart's places by pointer and by keys.

/**
 * Listen to a chart; returns a function that gives the hovered place.
 *
 * @template Place
 * @param {HTMLElement} root has the keyboard
 * @param {ReturnType<typeof import("./dom.js").listeners>["on"]} on
 * @param {object} chart
 * @param {(event: PointerEvent) => Place | null} chart.under the place under the pointer
 * @param {(key: string, from: Place | null) => Place | null} chart.next where a key leads, null if it is none of ours
 * @param {(place: Place | null) => void} chart.show
 * @param {() => void} chart.hide
 * @param {(place: Place) => void} chart.pick
 */
export function picking(root, on, { under, next, show, hide, pick }) {
  /** @type {Place | null} */
  let pointed = null;
  on(root, "pointermove", (event) => {
    pointed = under(event);
    root.style.cursor = pointed ? "pointer" : "";
    show(pointed);
  });
  on(root, "pointerleave", hide);
  on(root, "blur", hide);
  on(root, "click", (event) => {
    const at = under(event);
    if (!at) return;
    pointed = at;
    show(at);
    pick(at);
  });
  on(root, "keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Escape") return hide();
    const isPicked = event.key === "Enter" && pointed;
    const to = isPicked ? pointed : next(event.key, pointed);
    if (!to) return;
    event.preventDefault();
    if (isPicked) return pick(to);
    pointed = to;
    show(to);
  });
  return () => pointed;
}

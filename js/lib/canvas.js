// Size of a view's canvas, and timing of its painting.

/** Device pixels in a CSS pixel. */
export const pixelRatio = () => window.devicePixelRatio || 1;

/**
 * The context of a canvas; a canvas of a page always has one.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {CanvasRenderingContext2DSettings} [settings]
 */
export function contextOf(canvas, settings) {
  return /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", settings));
}

/**
 * A canvas outside the page, with its context.
 *
 * @param {number} width
 * @param {number} height
 */
export function sheet(width, height) {
  const canvas = new OffscreenCanvas(width, height);
  return { canvas, context: /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d")) };
}

/**
 * The size in pixels that a canvas should have for its place in the page.
 *
 * @param {HTMLCanvasElement} canvas
 */
export function wantedSize({ clientWidth, clientHeight }) {
  const ratio = pixelRatio();
  return { width: Math.round(clientWidth * ratio), height: Math.round(clientHeight * ratio) };
}

/**
 * Whether a canvas has the wrong size.
 *
 * @param {HTMLCanvasElement} canvas
 */
export function isResized(canvas) {
  const { width, height } = wantedSize(canvas);
  return canvas.width !== width || canvas.height !== height;
}

/**
 * Give a canvas the size of its place in the page; returns whether it changed.
 *
 * @param {HTMLCanvasElement} canvas
 */
export function fitCanvas(canvas) {
  if (!isResized(canvas)) return false;
  Object.assign(canvas, wantedSize(canvas)); // also clears it
  return true;
}

const CALM = 500; // ms between pictures with the system setting for reduced motion

/**
 * Calls `draw` with the next display frame; `later` is for animation, `soon` for a person's action.
 *
 * @param {() => void} draw
 */
export function painter(draw) {
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  let [request, timer, last] = [0, 0, Number.NEGATIVE_INFINITY];
  function soon() {
    request ||= requestAnimationFrame(() => {
      request = 0;
      last = performance.now();
      draw();
    });
  }
  function wake() {
    timer = 0;
    soon();
  }
  function later() {
    const pause = still.matches ? last + CALM - performance.now() : 0;
    if (pause <= 0) soon();
    else if (!timer) timer = setTimeout(wake, pause);
  }
  function stop() {
    cancelAnimationFrame(request);
    clearTimeout(timer);
  }
  return { soon, later, stop };
}

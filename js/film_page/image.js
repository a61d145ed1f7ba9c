// The somas as an image.

import { contextOf } from "../lib/canvas.js";

/**
 * The function that draws the somas among walls as an image.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {import("./film.js").About} about
 */
export function somaImage(canvas, { neurons, columns, whole }) {
  const context = contextOf(canvas);
  const style = getComputedStyle(canvas);
  const [on, off] = ["--dwmtj-on", "--dwmtj-off"].map((name) => style.getPropertyValue(name));
  const side = Math.floor(canvas.width / columns);
  const apart = whole ? neurons + 1 : 1; // places from soma to soma

  /** @param {Uint8Array} walls */
  return (walls) => {
    for (let k = 0; k < neurons; k++) {
      context.fillStyle = `color-mix(in srgb, ${on} ${(100 * walls[k * apart]) / 255}%, ${off})`;
      context.fillRect((k % columns) * side, Math.floor(k / columns) * side, side - 1, side - 1);
    }
  };
}

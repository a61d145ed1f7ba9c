// Numbers from Python, and numbers as text.

/**
 * @param {number} value
 * @param {number} least
 * @param {number} most
 */
export const clamp = (value, least, most) => Math.min(Math.max(value, least), most);

/**
 * A copy of the numbers in a binary trait or a message's buffer, which may start at any byte.
 *
 * @template {Float32Array | Uint8Array | Int8Array} Numbers
 * @param {Binary} view
 * @param {new (buffer: ArrayBuffer) => Numbers} Type
 * @returns {Numbers}
 */
export function numbersOf(view, Type) {
  const [buffer, start] = view instanceof ArrayBuffer ? [view, 0] : [view.buffer, view.byteOffset];
  return new Type(/** @type {ArrayBuffer} */ (buffer.slice(start, start + view.byteLength)));
}

/**
 * A number with at most `digits` digits and a proper minus sign.
 *
 * @param {number} value
 * @param {number} digits
 */
export const written = (value, digits = 4) => Number(value.toPrecision(digits)).toString().replaceAll("-", "−");

/**
 * A number with a fixed number of decimals and a proper minus sign.
 *
 * @param {number} value
 * @param {number} digits
 */
export const decimals = (value, digits = 2) =>
  (Math.abs(value) < 0.5 * 10 ** -digits ? 0 : value).toFixed(digits).replace("-", "−");

// Round numbers of a scale.

/**
 * The smallest round step that is not shorter than a length, apart from rounding.
 *
 * @param {number} length
 */
export function roundStep(length) {
  const power = 10 ** Math.floor(Math.log10(length));
  return power * ([1, 2, 5].find((digit) => digit * power >= length * 0.9999) ?? 10);
}

/**
 * Multiples of a step in a range.
 *
 * @param {Scale} scale
 * @param {number} step
 */
function multiples({ low, high }, step) {
  const found = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k += 1) found.push(k * step);
  return found;
}

/**
 * The numbers in a range that are one of `digits` times a power of ten.
 *
 * @param {Scale} scale
 * @param {number[]} digits
 */
function decades({ low, high }, digits) {
  const found = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power += 1) {
    for (const digit of digits) {
      const value = digit * 10 ** power;
      if (value >= low * 0.9999 && value <= high * 1.0001) found.push(value);
    }
  }
  return found;
}

/**
 * Round numbers in a range: at most about `most` on a linear scale, at least two if possible.
 *
 * @param {Scale} scale
 * @param {number} most
 * @returns {number[]}
 */
export function ticks(scale, most) {
  const fine = scale.log ? decades(scale, [1, 2, 5]) : [];
  const found = fine.length > 2 * most ? decades(scale, [1]) : fine;
  if (found.length > 1) return found;
  const even = multiples(scale, roundStep((scale.high - scale.low) / most));
  return even.length > 1 || most > 100 ? even : ticks(scale, 2 * most);
}

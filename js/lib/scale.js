// The round numbers of a scale.

/**
 * The least round step that is no shorter than a length, but for rounding.
 *
 * @param {number} length
 */
export function roundStep(length) {
  const power = 10 ** Math.floor(Math.log10(length));
  return power * ([1, 2, 5].find((digit) => digit * power >= length * 0.9999) ?? 10);
}

/**
 * Multiples of a step that lie in a range.
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
 * The numbers of every decade that begin with such a digit and lie in a range.
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
 * Round numbers in a range, at most about `most` where there is no logarithm, and two if numbers are fine enough.
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

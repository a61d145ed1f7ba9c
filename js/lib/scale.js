// The round numbers of a scale {low, high, log}, for HeatMap and CurvePlot.

export const number = (value) => Number(value.toPrecision(4)).toString().replaceAll("-", "−");

/** Multiples of a step that lie in a range. */
function multiples({ low, high }, step) {
  const found = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k += 1) found.push(k * step);
  return found;
}

/** The numbers of every decade that begin with such a digit and lie in a range. */
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

/** Round numbers in a range, at most about `most` where there is no logarithm, and two if numbers are fine enough. */
export function ticks(scale, most) {
  const fine = scale.log ? decades(scale, [1, 2, 5]) : [];
  const found = fine.length > 2 * most ? decades(scale, [1]) : fine;
  if (found.length > 1) return found;
  const rough = (scale.high - scale.low) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((digit) => digit * power >= rough * 0.9999);
  const even = multiples(scale, step);
  return even.length > 1 || most > 100 ? even : ticks(scale, 2 * most);
}

// The round numbers of a scale {low, high, log}, for HeatMap and CurvePlot. Python joins this file with the script of each
// into one module.

const number = (value) => Number(value.toPrecision(4)).toString();

/** Multiples of a step that lie in a range. */
function multiples({ low, high }, step) {
  const found = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k += 1) found.push(k * step);
  return found;
}

/** The numbers 1, 2 and 5 of every decade that lie in a range. */
function decades({ low, high }) {
  const found = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power += 1) {
    for (const digit of [1, 2, 5]) {
      const value = digit * 10 ** power;
      if (value >= low * 0.9999 && value <= high * 1.0001) found.push(value);
    }
  }
  return found;
}

/** Round numbers in a range, at most about `most` where there is no logarithm, and at least two. */
function ticks(scale, most) {
  const found = scale.log ? decades(scale) : [];
  if (found.length > 1) return found;
  const rough = (scale.high - scale.low) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((digit) => digit * power >= rough * 0.9999);
  const even = multiples(scale, step);
  return even.length > 1 ? even : ticks(scale, 2 * most);
}

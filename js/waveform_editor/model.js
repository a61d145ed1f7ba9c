// Strokes over the samples of one period. Column k of the plot is k to k + 1 wide, and sample k lies at k + 0.5.

/** @typedef {[number, number]} Point a column, as a number that need not be whole, and a value */

/**
 * Curves with strokes over them.
 *
 * @param {Float32Array} samples
 * @param {Map<number, number>[]} strokes values by column, the newest last
 */
export function covered(samples, strokes) {
  const curve = samples.slice();
  for (const stroke of strokes) {
    for (const [column, value] of stroke) curve[column] = value;
  }
  return curve;
}

/**
 * The columns set by a straight stroke between two points: all whose middle lies between them, and the column of the
 * second point.
 *
 * @param {Point} from
 * @param {Point} to
 * @param {number} count columns that there are
 * @returns {[number, number][]} columns and values
 */
export function columnsBetween([from, start], [to, value], count) {
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  /** @type {[number, number][]} */
  const found = [];
  for (let k = Math.max(Math.ceil(low - 0.5), 0); k + 0.5 <= Math.min(high, count); k += 1) {
    const share = high === low ? 1 : (k + 0.5 - from) / (to - from);
    found.push([k, start + share * (value - start)]);
  }
  const own = Math.floor(to);
  if (own >= 0 && own < count) found.push([own, value]);
  return found;
}

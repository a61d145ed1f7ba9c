// The film of a run: moments of all walls, with energy, power and curves, packed by labs/common/run/film_page.py.

/**
 * What the page says of a run.
 *
 * @typedef {object} About
 * @property {number} neurons N
 * @property {number} columns of the somas' image; 0 for none
 * @property {number} moments T
 * @property {boolean} whole whether the axons of a neuron move each for itself
 * @property {number} loading seconds
 * @property {string} outcome the sentence of its end
 * @property {{ title: string, lines: { name: string, colour: string }[] }[]} charts
 * @property {[number, string][]} marks interventions: seconds, words
 */

/**
 * @typedef {object} Film
 * @property {About} about
 * @property {Float64Array} times seconds, (T,)
 * @property {Float64Array} energies joules, (T,)
 * @property {Float64Array} powers watts, (T,)
 * @property {Float64Array[]} curves the lines of all charts one after the other, each (T,)
 * @property {Uint8Array} walls of each moment, as the field of tracks takes them (track_field/index.js)
 */

/**
 * Unpack base64 of deflated bytes.
 *
 * @param {string} text
 */
export async function unpacked(text) {
  const packed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).arrayBuffer();
}

/**
 * Lay the arrays of a film over its bytes: numbers of eight bytes first, then the walls.
 *
 * @param {About} about
 * @param {ArrayBuffer} bytes
 * @returns {Film}
 */
export function filmOf(about, bytes) {
  const { moments, charts } = about;
  let at = 0;
  function numbers() {
    const found = new Float64Array(bytes, at, moments);
    at += found.byteLength;
    return found;
  }
  const [times, energies, powers] = [numbers(), numbers(), numbers()];
  const curves = charts.flatMap(({ lines }) => lines.map(numbers));
  return { about, times, energies, powers, curves, walls: new Uint8Array(bytes, at) };
}

/**
 * The moment at or before a time, and the share of the way to the next one.
 *
 * @param {Float64Array} times
 * @param {number} time
 * @returns {[number, number]}
 */
export function placeAt(times, time) {
  let [low, high] = [0, times.length - 1];
  if (time >= times[high]) return [high, 0];
  if (time <= times[0]) return [0, 0];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (times[middle] <= time) low = middle;
    else high = middle;
  }
  return [low, (time - times[low]) / (times[high] - times[low])];
}

/**
 * Numbers between two moments of an array, written into `result`, whose length is that of one moment.
 *
 * @template {Float64Array | Uint8Array} Numbers
 * @param {Numbers} numbers
 * @param {[number, number]} place
 * @param {Numbers} result
 */
export function between(numbers, [moment, share], result) {
  const count = result.length;
  const start = moment * count;
  const next = share > 0 ? start + count : start;
  for (let k = 0; k < count; k++) {
    const value = numbers[start + k] + share * (numbers[next + k] - numbers[start + k]);
    result[k] = result instanceof Uint8Array ? Math.round(value) : value;
  }
  return result;
}

// Keys of the field of tracks.

import { clamp } from "../lib/numbers.js";

const STEPS = new Map([
  ["ArrowDown", 1],
  ["ArrowRight", 1],
  ["ArrowUp", -1],
  ["ArrowLeft", -1],
  ["PageDown", 10],
  ["PageUp", -10],
]);

/**
 * The target of a key; null if the key is not one of ours.
 *
 * @param {string} key
 * @param {number} chosen -1 for none
 * @param {number} neurons
 */
export function target(key, chosen, neurons) {
  if (key === "Home") return 0;
  if (key === "End") return neurons - 1;
  const step = STEPS.get(key);
  if (step === undefined) return null;
  return chosen < 0 ? 0 : clamp(chosen + step, 0, neurons - 1);
}

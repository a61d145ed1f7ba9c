// Keys of the editor.

import { fill, tr } from "../lib/i18n.js";
import { historyOf } from "../lib/keys.js";
import { decimals } from "../lib/numbers.js";

const STEP = { value: 0.05, large: 0.25 };

/**
 * Handle a key; false if it is not one of ours.
 *
 * @param {import("./strokes.js").Strokes} strokes
 * @param {KeyboardEvent} event
 */
export function press(strokes, event) {
  const { key, shiftKey, altKey, ctrlKey, metaKey } = event;
  if (altKey) return false;
  if (ctrlKey || metaKey) {
    const command = historyOf(event);
    if (!command) return false;
    strokes.command(command);
    return true;
  }
  const { cursor, samples } = strokes;
  const along = shiftKey ? Math.ceil(samples.length / 8) : 1;
  const up = shiftKey ? STEP.large : STEP.value;
  const moves = new Map([
    ["ArrowLeft", cursor - along],
    ["ArrowRight", cursor + along],
    ["Home", 0],
    ["End", samples.length - 1],
  ]);
  const steps = new Map([
    ["ArrowUp", up],
    ["ArrowDown", -up],
  ]);
  const [to, step] = [moves.get(key), steps.get(key)];
  if (to !== undefined) strokes.walk(to);
  else if (step !== undefined) strokes.nudge(step);
  else return false;
  const value = decimals(strokes.shown()[strokes.cursor]);
  const numbers = { number: strokes.cursor + 1, count: samples.length, value };
  strokes.say(fill(tr("Sample {number} of {count}: {value}"), numbers));
  return true;
}

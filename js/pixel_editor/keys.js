// Keys of the editor.

import { ARROWS, historyOf } from "../lib/keys.js";

/**
 * Handle a key; returns "history" or "cell" for its effect, or null if it is not one of ours.
 *
 * @param {import("./painting.js").Painting} painting
 * @param {import("./pointing.js").Pointing} pointing
 * @param {KeyboardEvent} event
 */
export function press(painting, pointing, event) {
  const { key, shiftKey, altKey, ctrlKey, metaKey } = event;
  if (altKey) return null;
  if (ctrlKey || metaKey) {
    const type = historyOf(event);
    if (!type) return null;
    painting.end();
    painting.model.send({ type });
    return "history";
  }
  const { cursor } = pointing;
  if (key in ARROWS) {
    const [down, right] = ARROWS[/** @type {keyof typeof ARROWS} */ (key)];
    // One stroke while Shift is held, in the colour of its first cell.
    if (shiftKey && !painting.stroke) painting.begin(cursor, null, Number(painting.bits()[painting.index(cursor)]));
    pointing.moveCursor({ row: cursor.row + down, column: cursor.column + right });
    if (shiftKey) painting.paintTo(pointing.cursor);
  } else if (key === "Enter" && shiftKey) pointing.select(painting.index(cursor));
  else if (key === " " || key === "Enter") {
    painting.end();
    painting.begin(cursor, null);
    painting.end();
  } else return null;
  pointing.hovered = painting.index(pointing.cursor);
  return "cell";
}

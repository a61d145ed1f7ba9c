// Keys of all editors.

/** Rows down and columns right of an arrow key. */
export const ARROWS = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

/**
 * The command of a key with Control or Command: "undo", "redo" or none of ours.
 *
 * @param {{ key: string, shiftKey: boolean }} event
 */
export function historyOf({ key, shiftKey }) {
  const letter = key.toLowerCase();
  if (letter !== "z" && letter !== "y") return null;
  return letter === "y" || shiftKey ? "redo" : "undo";
}

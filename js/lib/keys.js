// What keys mean in every editor.

/** Rows down and columns right that an arrow key goes. */
export const ARROWS = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

/**
 * What a key with Control or Command asks for: "undo", "redo" or nothing of ours.
 *
 * @param {{ key: string, shiftKey: boolean }} event
 */
export function historyOf({ key, shiftKey }) {
  const letter = key.toLowerCase();
  if (letter !== "z" && letter !== "y") return null;
  return letter === "y" || shiftKey ? "redo" : "undo";
}

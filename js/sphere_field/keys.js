// Keys of the field.

/**
 * The target of a key, -1 for none; null if the key is not one of ours.
 *
 * @param {string} key
 * @param {number} selected
 * @param {number} count
 * @param {number} columns
 */
export function target(key, selected, count, columns) {
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  if (key === "Escape") return selected < 0 ? null : -1;
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[key];
  if (step === undefined) return null;
  const next = selected + step;
  if (selected < 0) return 0;
  return next >= 0 && next < count ? next : selected;
}

// Saving of a file on the visitor's computer.

/**
 * @param {string} name
 * @param {Blob} blob
 */
export function save(name, blob) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  // Most browsers have read the content when the click is over, but some only a moment later.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

// How a file is saved on the visitor's computer.

/**
 * @param {string} name
 * @param {Blob} blob
 */
export function save(name, blob) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  // The browser has taken hold of the content when the click is over, but some only a moment after it.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

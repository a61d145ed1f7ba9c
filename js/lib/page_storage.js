// Texts that outlive a reload of a page, in its own storage: for its address, and until its tab is closed.

/** Whether this is a page of its own, as in the gallery, so that its address leads to what it shows. */
export const isOwnPage = () => document.body.dataset.voila === "voila";

/** @param {string} name */
const keyOf = (name) => `dwmtj-${name} ${location.pathname}`;

/**
 * Keeps a text under a name, or nothing if the text is empty.
 *
 * @param {string} name
 * @param {string} text
 */
export function keepInPage(name, text) {
  try {
    if (text) sessionStorage.setItem(keyOf(name), text);
    else sessionStorage.removeItem(keyOf(name));
  } catch (error) {
    console.warn("This cannot be kept over a reload:", name, error); // storage is forbidden or full
  }
}

/**
 * What is kept under a name; an empty text: nothing is.
 *
 * @param {string} name
 */
export function keptInPage(name) {
  try {
    return sessionStorage.getItem(keyOf(name)) ?? "";
  } catch {
    return ""; // storage is forbidden: nothing was kept
  }
}

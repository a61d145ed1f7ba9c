// Texts that survive a reload of a page, in its session storage: for its address, until its tab is closed.

/** Whether the lab is a whole page, as in the gallery, so that its address can carry a setting. */
export const isOwnPage = () => document.body.dataset.voila === "voila";

/** @param {string} name */
const keyOf = (name) => `dwmtj-${name} ${location.pathname}`;

/**
 * Stores a text under a name, or removes it if the text is empty.
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
 * The text stored under a name; empty if there is none.
 *
 * @param {string} name
 */
export function keptInPage(name) {
  try {
    return sessionStorage.getItem(keyOf(name)) ?? "";
  } catch {
    return ""; // storage is forbidden: there is no text
  }
}

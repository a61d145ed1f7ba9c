// Texts in the language of the page. Python writes the constant TEXTS, the part of the catalogue that a bundle needs,
// above the bundle (style.py); without it, as in the tests, texts are English.

const texts = typeof TEXTS === "undefined" ? {} : TEXTS;

/**
 * A text in the language of the page.
 *
 * @param {string} text
 */
export const tr = (text) => texts[text] ?? text;

/**
 * A text with its places, such as {node}, filled in.
 *
 * @param {string} text
 * @param {Record<string, string | number | null>} values
 */
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));

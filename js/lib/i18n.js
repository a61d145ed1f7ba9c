// Texts in the language of the page. Python writes the constant TEXTS, the part of the catalogue that a bundle needs,
// above the bundle (style.py); without it, as in the tests, all is English.

const texts = typeof TEXTS === "undefined" ? {} : TEXTS;

/** A text in the language of the page. */
export const tr = (text) => texts[text] ?? text;

/** A text with its places, as {node}, filled in. */
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);

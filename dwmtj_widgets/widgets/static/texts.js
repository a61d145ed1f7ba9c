// Texts in the language of the page. Python puts this file, and TEXTS with the part of the catalogue that is needed, in
// front of every other script.

/** A text in the language of the page. */
const tr = (text) => TEXTS[text] ?? text;

/** A text with its places, as {node}, filled in. */
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);

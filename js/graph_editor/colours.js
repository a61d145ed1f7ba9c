// Colours of the editor.

/** The states of a node have the same colours in every theme, with a dark and a white ink on them. */
export const STATES = { on: "#f4b13d", off: "#244a78", dark: "#1b2733", white: "#ffffff" };

/** @type {Record<string, string>} Of the theme. */
export const COLOURS = {};

export const COLOUR_NAMES = {
  paper: "paper",
  plain: "past",
  ink: "ink",
  faint: "edge",
  pale: "edge-pale",
  negative: "#8a3fa0",
  focus: "focus",
  accent: "accent",
  danger: "wrong",
};

/** @typedef {{ colour: string, width: number, dashes?: number[], alpha?: number }} Style of a line */

/**
 * @param {Context} context
 * @param {Style} style
 */
export function setPen(context, { colour, width, dashes = [], alpha = 1 }) {
  Object.assign(context, { strokeStyle: colour, lineWidth: width, globalAlpha: alpha, lineCap: "butt" });
  context.setLineDash(dashes);
}

/**
 * @param {Context} context
 * @param {Place} from
 * @param {Place} to
 * @param {Style} style
 */
export function drawLine(context, from, to, style) {
  setPen(context, style);
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.stroke();
}

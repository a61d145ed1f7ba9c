// Drawing of one sphere with its arrow, at the origin.

import { clamp } from "../lib/numbers.js";
import { FLATNESS, project } from "./model.js";

const AWAY = -0.05; // below this depth an arrow points away; not 0, because arrows in the plane of the picture would flicker

/** @type {Record<string, string>} Of the theme. */
export const SHADES = {};
export const SHADE_NAMES = {
  ink: "ink",
  faint: "faint",
  grey: "#9aa7b5",
  line: "zero",
  cut: "rule",
  accent: "accent",
  paper: "paper",
  ball: "ball",
  focus: "focus",
};

/**
 * An arrow from the centre of a sphere of radius `r`.
 *
 * @param {Context} context
 * @param {number[]} vector
 * @param {number} r
 * @param {string} colour whatever CSS understands
 */
export function drawArrow(context, vector, r, colour) {
  const [right, up, depth] = project(vector);
  const isAway = depth < AWAY;
  const [tip, length] = [[0.94 * r * right, -0.94 * r * up], 0.94 * r * Math.hypot(right, up)];
  const head = Math.min(0.36 * r * (1 + 0.15 * depth), Math.max(length, 0.2 * r));
  const [thick, edge] = [clamp(0.13 * r, 1.6, 7), clamp(0.045 * r, 0.7, 1.5)];
  const neck = Math.max(length - (isAway ? 1 : 0.85) * head, 0);
  context.save();
  context.globalAlpha *= isAway ? clamp(0.8 + 0.5 * depth, 0.4, 0.8) : 1;
  context.rotate(Math.atan2(tip[1], tip[0]));
  Object.assign(context, { strokeStyle: SHADES.ink, fillStyle: colour, lineJoin: "round", lineCap: "butt" });
  context.lineWidth = edge;
  drawShaft(context, neck, (isAway ? 0.55 : 1) * (thick / 2));
  context.beginPath();
  if (length < 0.3 * r) {
    // Directly towards the viewer, or away: a tip seen from the front, or from behind.
    context.arc(length, 0, 0.17 * r, 0, 2 * Math.PI);
  } else {
    context.moveTo(length, 0);
    context.lineTo(length - head, -0.55 * head);
    context.lineTo(length - head, 0.55 * head);
    context.closePath();
  }
  context.fillStyle = isAway ? SHADES.paper : colour;
  context.fill();
  if (isAway) Object.assign(context, { lineWidth: 1.6 * edge });
  context.stroke();
  context.restore();
}

/**
 * @param {Context} context
 * @param {number} neck where the head begins
 * @param {number} half of the thickness
 */
function drawShaft(context, neck, half) {
  context.beginPath();
  context.arc(0, 0, half + 0.3, Math.PI / 2, (3 * Math.PI) / 2);
  context.lineTo(neck, -half);
  context.lineTo(neck, half);
  context.closePath();
  context.fill();
  context.stroke();
}

/**
 * The sphere behind an arrow: its outline, and the circle where y is 0.
 *
 * @param {Context} context
 * @param {number} r
 * @param {boolean} isCut
 */
export function drawSphere(context, r, isCut) {
  context.fillStyle = isCut ? SHADES.cut : SHADES.ball;
  context.strokeStyle = SHADES.line;
  context.lineWidth = clamp(0.03 * r, 0.7, 1.2);
  context.beginPath();
  context.arc(0, 0, r, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
  if (r < 9) return;
  context.beginPath();
  context.ellipse(0, 0, r, FLATNESS * r, 0, 0, Math.PI);
  context.stroke();
  if (r < 16) return;
  context.globalAlpha = 0.6;
  context.setLineDash([2, 3]);
  context.beginPath();
  context.ellipse(0, 0, r, FLATNESS * r, 0, Math.PI, 2 * Math.PI);
  context.stroke();
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/**
 * The cross on a vector that is cut.
 *
 * @param {Context} context
 * @param {number} r
 */
export function drawCross(context, r) {
  const reach = 0.66 * r;
  const lines = [
    { strokeStyle: SHADES.paper, lineWidth: clamp(0.18 * r, 1.2, 7) },
    { strokeStyle: SHADES.faint, lineWidth: clamp(0.08 * r, 1.2, 7) },
  ];
  for (const look of lines) {
    Object.assign(context, look, { lineCap: "round" });
    context.beginPath();
    context.moveTo(-reach, -reach);
    context.lineTo(reach, reach);
    context.moveTo(reach, -reach);
    context.lineTo(-reach, reach);
    context.stroke();
  }
}

/**
 * A ring around a sphere.
 *
 * @param {Context} context
 * @param {number} r
 * @param {string} colour
 */
export function drawRing(context, r, colour) {
  Object.assign(context, { strokeStyle: colour, lineWidth: clamp(0.09 * r, 1.5, 3) });
  context.beginPath();
  context.arc(0, 0, r + 0.5, 0, 2 * Math.PI);
  context.stroke();
}

// Drawing of nodes: a square for ON, a disc for OFF, and in between a disc that fills as the wall moves.

import { sheet } from "../lib/canvas.js";
import { clamp } from "../lib/numbers.js";
import { COLOURS, drawLine, STATES, setPen } from "./colours.js";
import { ON, OPEN, sideOf } from "./model.js";

const LEVELS = 86; // distinct wall positions, every third of 0 to 255

/**
 * Draw a node at the origin.
 *
 * @param {Context} context
 * @param {number} r radius
 * @param {number | null} wall from 0 to 1; null for a graph that no run has touched
 */
function drawNode(context, r, wall) {
  const side = wall === null ? OPEN : sideOf(255 * wall);
  const outline = () => {
    context.beginPath();
    if (side === ON) context.roundRect(-0.92 * r, -0.92 * r, 1.84 * r, 1.84 * r, 0.3 * r);
    else context.arc(0, 0, r, 0, 2 * Math.PI);
  };
  setPen(context, { colour: COLOURS.paper, width: 4.5 }); // keeps edges off the node
  outline();
  context.stroke();
  context.fillStyle = wall === null ? COLOURS.plain : side === ON ? STATES.on : STATES.off;
  context.fill();
  if (wall !== null && side === OPEN) {
    fillTo(context, r, wall);
    outline();
  }
  setPen(context, { colour: COLOURS.ink, width: 1.2 });
  context.stroke();
}

/**
 * Fill a disc up to the wall's position.
 *
 * @param {Context} context
 * @param {number} r
 * @param {number} wall
 */
function fillTo(context, r, wall) {
  const angle = Math.acos(2 * wall - 1);
  const [at, half] = [r * Math.cos(angle), r * Math.sin(angle)];
  context.beginPath();
  context.arc(0, 0, r, angle, 2 * Math.PI - angle);
  context.fillStyle = STATES.on;
  context.fill();
  drawLine(context, [at, -half], [at, half], { colour: STATES.white, width: clamp(r / 5, 1.2, 3) });
}

/** Nodes that are drawn once and then copied: a plain one, and one for every position of the wall. */
export class NodeSheet {
  /**
   * @param {number} radius
   * @param {number} ratio
   */
  constructor(radius, ratio) {
    this.box = 2 * Math.ceil((radius + 3) * ratio); // device pixels
    this.ratio = ratio;
    const { canvas, context } = sheet(this.box, this.box * (LEVELS + 1));
    this.canvas = canvas;
    for (let level = 0; level <= LEVELS; level += 1) {
      context.setTransform(ratio, 0, 0, ratio, this.box / 2, this.box * (level + 0.5));
      drawNode(context, radius, level === 0 ? null : (level - 1) / (LEVELS - 1));
    }
  }

  /**
   * Copy a node, to whole device pixels.
   *
   * @param {Context} context
   * @param {Place} place
   * @param {number | null} wall from 0 to 255
   */
  stamp(context, place, wall) {
    const { box, ratio, canvas } = this;
    const [x, y] = place.map((value) => Math.round(value * ratio - box / 2) / ratio);
    const side = box / ratio;
    context.drawImage(canvas, 0, levelOf(wall) * box, box, box, x, y, side, side);
  }
}

/**
 * The number of the node on the sheet for a wall.
 *
 * @param {number | null} wall
 */
function levelOf(wall) {
  if (wall === null) return 0;
  const level = Math.round(wall / 3);
  // Rounding must not change a node's state: 12 is OFF, and 243 ON.
  return 1 + (sideOf(wall) === OPEN ? clamp(level, 5, 80) : level);
}

/**
 * Write the number of a node on it.
 *
 * @param {Context} context
 * @param {Place} place
 * @param {string} text
 * @param {number | null} side null for a graph that no run has touched
 */
export function drawLabel(context, [x, y], text, side) {
  if (side === OPEN) {
    setPen(context, { colour: STATES.dark, width: 2.5 });
    context.strokeText(text, x, y + 0.5);
  }
  context.fillStyle = side === null ? COLOURS.ink : side === ON ? STATES.dark : STATES.white;
  context.fillText(text, x, y + 0.5);
}

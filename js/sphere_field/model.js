// Projection of vectors, and layout of spheres.

// In the view x points right, y up, and z to the left and mostly towards the viewer.
const [TURN, RISE] = [Math.PI / 6, Math.PI / 15];
const [S, C, P, Q] = [Math.sin(TURN), Math.cos(TURN), Math.sin(RISE), Math.cos(RISE)];

/** Height of the circle where y is 0, for a sphere of radius 1. */
export const FLATNESS = P;

/**
 * Right, up and depth towards the viewer, for a vector of length 1. The depth is that of x and z alone: the viewer is a
 * little above, so every arrow that points down would otherwise point away.
 *
 * @param {number[]} vector
 */
export const project = ([x, y, z]) => [C * x - S * z, -S * P * x + Q * y - C * P * z, S * x + C * z];

/**
 * Columns and rows for which `count` equal squares in a box are largest.
 *
 * @param {number} count
 * @param {number} width
 * @param {number} height
 */
export function gridFor(count, width, height) {
  let best = { side: 0, columns: 1, rows: 1 };
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const side = Math.min(width / columns, height / rows);
    if (side > best.side) best = { side, columns, rows };
  }
  return best;
}

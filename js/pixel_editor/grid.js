// Positions in a grid of cells.

/** @typedef {{ row: number, column: number }} Cell */
/** @typedef {{ rows: number, columns: number }} Size */

/**
 * The number of a cell, row after row; -1 outside the grid.
 *
 * @param {Size} size
 * @param {Cell} cell
 */
export function numberOf({ rows, columns }, { row, column }) {
  return row >= 0 && row < rows && column >= 0 && column < columns ? row * columns + column : -1;
}

/**
 * The cell of a number.
 *
 * @param {Size} size
 * @param {number} number
 * @returns {Cell}
 */
export const cellOf = ({ columns }, number) => ({ row: Math.floor(number / columns), column: number % columns });

/**
 * The cells of a straight line, both ends included; neighbours touch at least at a corner.
 *
 * @param {Cell} from
 * @param {Cell} to
 * @returns {Cell[]}
 */
export function cellsOnLine(from, to) {
  const [down, right] = [to.row - from.row, to.column - from.column];
  const steps = Math.max(Math.abs(down), Math.abs(right), 1);
  return Array.from({ length: steps + 1 }, (_, k) => ({
    row: from.row + Math.round((down * k) / steps),
    column: from.column + Math.round((right * k) / steps),
  }));
}

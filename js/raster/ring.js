// Moments as the columns of a ring, so that a push paints only its own columns.

import { sheet } from "../lib/canvas.js";

export class Ring {
  /**
   * @param {number} rows
   * @param {number} columns
   */
  constructor(rows, columns) {
    this.rows = rows;
    this.columns = columns;
    this.filled = 0;
    this.next = 0;
    this.image = sheet(columns, rows);
  }

  /**
   * Write moments, `rows` bytes each, over the oldest.
   *
   * @param {Uint8Array} bytes
   * @param {number[][]} table colours of the bytes
   */
  write(bytes, table) {
    const { rows, columns } = this;
    const count = bytes.length / rows;
    for (let done = 0; done < count; ) {
      const part = Math.min(count - done, columns - this.next);
      this.paint(bytes.subarray(done * rows, (done + part) * rows), table);
      this.next = (this.next + part) % columns;
      this.filled = Math.min(this.filled + part, columns);
      done += part;
    }
  }

  /**
   * Paint moments, starting at the next column.
   *
   * @param {Uint8Array} bytes
   * @param {number[][]} table
   */
  paint(bytes, table) {
    const { rows } = this;
    const width = bytes.length / rows;
    const pixels = this.image.context.createImageData(width, rows);
    for (let moment = 0; moment < width; moment += 1) {
      for (let row = 0; row < rows; row += 1) {
        const [red, green, blue] = table[bytes[moment * rows + row]];
        pixels.data.set([red, green, blue, 255], 4 * (row * width + moment));
      }
    }
    this.image.context.putImageData(pixels, this.next, 0);
  }

  /**
   * Draw the ring, newest at the right, on a canvas of the same width.
   *
   * @param {CanvasRenderingContext2D} context
   * @param {number} height
   */
  drawOn(context, height) {
    const { columns, rows, filled, next, image } = this;
    const start = (next - filled + columns) % columns;
    const first = Math.min(filled, columns - start);
    const left = columns - filled;
    context.imageSmoothingEnabled = false;
    if (first) context.drawImage(image.canvas, start, 0, first, rows, left, 0, first, height);
    const second = filled - first;
    if (second > 0) context.drawImage(image.canvas, 0, 0, second, rows, left + first, 0, second, height);
  }
}

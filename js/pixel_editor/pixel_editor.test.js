import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeModel } from "../fake_model.js";
import { cellOf, cellsOnLine, numberOf } from "./grid.js";
import { Painting } from "./painting.js";

const SIZE = { rows: 3, columns: 4 };

function painting() {
  const model = new FakeModel({ ...SIZE, bits: "000000000000", _acknowledged: "" });
  return { model, pen: new Painting(model, "me", () => {}) };
}

test("cells are numbered row after row", () => {
  assert.equal(numberOf(SIZE, { row: 2, column: 1 }), 9);
  assert.deepEqual(cellOf(SIZE, 9), { row: 2, column: 1 });
  for (const [row, column] of [
    [-1, 0],
    [0, 4],
    [3, 0],
  ]) {
    assert.equal(numberOf(SIZE, { row, column }), -1);
  }
});

test("a fast stroke leaves no gap", () => {
  const cells = cellsOnLine({ row: 0, column: 0 }, { row: 2, column: 5 });
  assert.deepEqual(cells[0], { row: 0, column: 0 });
  assert.deepEqual(cells.at(-1), { row: 2, column: 5 });
  for (let k = 1; k < cells.length; k += 1) {
    const steps = [cells[k].row - cells[k - 1].row, cells[k].column - cells[k - 1].column];
    assert.ok(Math.max(...steps.map(Math.abs)) === 1);
  }
});

test("painted cells lie over older bits until Python has answered", () => {
  const { model, pen } = painting();
  pen.begin({ row: 0, column: 0 }, 1);
  pen.paintTo({ row: 0, column: 2 });
  pen.end();
  assert.equal(pen.bits().join(""), "111000000000");
  assert.deepEqual(model.sent.at(-1).cells, [0, 1, 2]);
  model.acknowledge();
  pen.hear();
  assert.equal(pen.bits().join(""), "000000000000");
});

test("one piece is under way at a time, but the end never waits", () => {
  const { model, pen } = painting();
  pen.begin({ row: 0, column: 0 }, 1);
  pen.sendGathered();
  pen.paintTo({ row: 0, column: 1 });
  pen.sendGathered();
  assert.equal(model.sent.length, 1);
  model.traits.bits = "100000000000";
  pen.end();
  assert.deepEqual(model.sent.at(-1).cells, [1]);
});

test("a cell that the program changed under the pen is sent again", () => {
  const { model, pen } = painting();
  pen.begin({ row: 1, column: 1 }, 1);
  pen.sendGathered();
  pen.end();
  assert.deepEqual(
    model.sent.map(({ cells }) => cells),
    [[5], [5]],
  );
});

test("a stroke paints the opposite of the cell where it begins", () => {
  const { model, pen } = painting();
  model.traits.bits = "111100000000";
  pen.begin({ row: 0, column: 3 }, 1);
  pen.paintTo({ row: 1, column: 3 });
  assert.equal(pen.bits().join(""), "111000000000");
});

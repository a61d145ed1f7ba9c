import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeModel } from "../fake_model.js";
import { columnsBetween } from "./model.js";
import { Strokes } from "./strokes.js";

function editor() {
  const samples = new DataView(new Float32Array(8).buffer);
  const model = new FakeModel({ _samples: samples, _acknowledged: "", can_undo: false, can_redo: false });
  const said = [];
  return {
    model,
    said,
    strokes: new Strokes(
      model,
      "me",
      (text) => said.push(text),
      () => {},
    ),
  };
}

test("a stroke sets every column that it passes, along a straight line", () => {
  assert.deepEqual(columnsBetween([0.5, 0], [4.5, 1], 8), [
    [0, 0],
    [1, 0.25],
    [2, 0.5],
    [3, 0.75],
    [4, 1],
    [4, 1],
  ]);
  const back = new Map(columnsBetween([4.5, 1], [0.5, 0], 8));
  assert.deepEqual(back.get(2), 0.5);
});

test("what lies outside the period is not drawn", () => {
  const columns = columnsBetween([-3, 0], [20, 1], 8).map(([column]) => column);
  assert.deepEqual(columns, [0, 1, 2, 3, 4, 5, 6, 7]);
});

test("a stroke lies over the samples until Python has answered", () => {
  const { model, strokes } = editor();
  strokes.begin([2.5, 1], 1);
  strokes.drawTo([3.5, 1]);
  strokes.end();
  assert.deepEqual([...strokes.shown()], [0, 0, 1, 1, 0, 0, 0, 0]);
  const { columns, buffers } = model.sent.at(-1);
  assert.deepEqual(
    [columns, [...new Float32Array(buffers[0])]],
    [
      [2, 3],
      [1, 1],
    ],
  );
  model.acknowledge();
  strokes.hear();
  assert.deepEqual([...strokes.shown()], [0, 0, 0, 0, 0, 0, 0, 0]);
});

test("keys change a sample by steps, and go round the period", () => {
  const { strokes } = editor();
  strokes.walk(-1);
  assert.equal(strokes.cursor, 7);
  for (let k = 0; k < 30; k += 1) strokes.nudge(0.05);
  assert.equal(strokes.shown()[7], 1);
});

test("an undo without anything to undo says so, and is asked for all the same", () => {
  const { model, said, strokes } = editor();
  strokes.command("undo");
  assert.deepEqual(said, ["Nothing to undo."]);
  assert.deepEqual(model.sent, [{ type: "undo" }]);
  strokes.command("clear");
  strokes.renew();
  assert.equal(said.at(-1), "All samples are 0.");
});

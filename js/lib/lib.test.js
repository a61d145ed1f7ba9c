import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeModel } from "../fake_model.js";
import { conversation } from "./answers.js";
import { channels, colourTable } from "./colour.js";
import { isAccepted } from "./files.js";
import { fill, tr } from "./i18n.js";
import { historyOf } from "./keys.js";
import { decimals, numbersOf, written } from "./numbers.js";
import { ticks } from "./scale.js";

test("ticks of a linear scale lie in it, at round numbers", () => {
  assert.deepEqual(ticks({ low: 2, high: 10 }, 5), [2, 4, 6, 8, 10]);
  assert.deepEqual(ticks({ low: -1, high: 1 }, 4), [-1, -0.5, 0, 0.5, 1]);
  assert.deepEqual(ticks({ low: 3, high: 7 }, 2), [4, 6]);
});

test("a narrow range gets finer ticks until there are two", () => {
  const found = ticks({ low: 0.51, high: 0.59 }, 1);
  assert.ok(found.length >= 2);
  assert.ok(found.every((value) => value >= 0.51 && value <= 0.59));
});

test("ticks of a logarithmic scale are those of decades", () => {
  assert.deepEqual(ticks({ low: 1, high: 100, log: true }, 5), [1, 2, 5, 10, 20, 50, 100]);
  assert.deepEqual(ticks({ low: 1, high: 1000, log: true }, 3), [1, 10, 100, 1000]);
  assert.deepEqual(ticks({ low: 2, high: 4, log: true }, 2), [2, 3, 4]);
});

test("numbers have a minus sign as wide as a digit", () => {
  assert.equal(written(-1.5), "−1.5");
  assert.equal(decimals(-0.5), "−0.50");
  assert.equal(decimals(-0.004), "0.00");
});

test("binary traits are copied, from any byte on", () => {
  const { buffer } = Uint8Array.from([9, 0, 0, 128, 63, 9]);
  const view = new DataView(buffer, 1, 4);
  const numbers = numbersOf(view, Float32Array);
  assert.deepEqual([...numbers], [1]);
  new Uint8Array(buffer).fill(0);
  assert.deepEqual([...numbers], [1]);
  assert.deepEqual([...numbersOf(Uint8Array.from([1, 2]).buffer, Uint8Array)], [1, 2]);
});

test("colours of values go from one end over the middle to the other", () => {
  const table = colourTable(["#000000", "#808080", "#ff0000"]);
  assert.deepEqual([table[0], table[255]], [channels("#000000"), channels("#ff0000")]);
  assert.deepEqual(table[64], [64, 64, 64]);
});

test("texts are filled in", () => {
  assert.equal(tr("Undone."), "Undone.");
  assert.equal(fill("{a} of {b}, {c}", { a: 1, b: "x", c: null }), "1 of x, {c}");
});

test("Control Z undoes; Shift with it, or Y, does again", () => {
  assert.equal(historyOf({ key: "z", shiftKey: false }), "undo");
  assert.equal(historyOf({ key: "Z", shiftKey: true }), "redo");
  assert.equal(historyOf({ key: "y", shiftKey: false }), "redo");
  assert.equal(historyOf({ key: "c", shiftKey: false }), null);
});

test("files are accepted by ending or kind", () => {
  const file = { name: "Graph.JSON", type: "application/json" };
  assert.ok(isAccepted(file, ".txt,.json"));
  assert.ok(isAccepted(file, "application/json"));
  assert.ok(isAccepted(file, "*"));
  assert.ok(!isAccepted(file, "image/*,.txt"));
  assert.ok(isAccepted({ name: "a", type: "image/png" }, "image/*"));
});

test("answers to other views are none of ours", () => {
  const model = new FakeModel({ _acknowledged: "" });
  const [one, other] = [conversation(model, "one"), conversation(model, "other")];
  assert.equal(one.ask("edit", {}), 1);
  assert.equal(one.ask("edit", {}), 2);
  other.ask("edit", {});
  model.acknowledge();
  assert.equal(one.hear(), 0);
  assert.equal(other.hear(), 1);
  model.traits._acknowledged = "one:2";
  assert.equal(one.hear(), 2);
});

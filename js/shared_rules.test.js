// Rules that Python and the page both know, by one table of vectors; the other half is tests/contract/test_shared_rules.py.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { edited, FEWEST, MOST, sideOf } from "./graph_editor/model.js";
import { HEAVIEST } from "./graph_editor/weight.js";
import { byteOf } from "./lib/colour.js";
import { written } from "./lib/numbers.js";
import { roundStep, ticks } from "./lib/scale.js";

const vectors = JSON.parse(await readFile(new URL("../tests/support/vectors.json", import.meta.url), "utf8"));

const sorted = (edges) => edges.map(([a, b, weight]) => [Math.min(a, b), Math.max(a, b), weight]);

for (const { name, edit, new_weight: weight, nodes, edges } of vectors.graph.cases) {
  test(`edit of a graph: ${name}`, () => {
    const after = edited(vectors.graph.before, edit, weight);
    assert.deepEqual({ nodes: after.nodes, edges: sorted(after.edges) }, { nodes, edges });
  });
}

test("limits of a graph", () => {
  const { fewest, most, heaviest } = vectors.graph;
  assert.deepEqual([FEWEST, MOST, HEAVIEST], [fewest, most, heaviest]);
});

test("sides of walls", () => {
  for (const [wall, byte, side] of vectors.walls.cases) assert.equal(sideOf(byte), side, `wall at ${wall}`);
});

test("bytes of values", () => {
  for (const [value, byte] of vectors.diverging.cases) assert.equal(byteOf(value), byte);
});

test("round steps", () => {
  for (const [length, step] of vectors.steps.cases) {
    assert.ok(Math.abs(roundStep(length) / step - 1) < 1e-12, `${length}`);
    const [first, second] = ticks({ low: 0, high: 6 * length }, 6);
    assert.ok(Math.abs((second - first) / step - 1) < 1e-12, `${length}`);
  }
});

test("numbers as people read them", () => {
  for (const [value, digits, text] of vectors.numbers.cases) assert.equal(written(value, digits), text);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { target } from "./keys.js";
import { gridFor, project } from "./model.js";

const isNear = (a, b) => Math.abs(a - b) < 1e-12;

test("x points right, y up, and the depth is that of x and z", () => {
  const [x, y] = [project([1, 0, 0]), project([0, 1, 0])];
  assert.ok(x[0] > 0.8 && y[0] === 0 && y[1] > 0.9 && y[2] === 0);
  const [right, up, depth] = project([0, 0, 1]);
  assert.ok(right < 0 && up < 0 && isNear(depth ** 2 + right ** 2, 1));
});

test("spheres are as large as can be", () => {
  assert.deepEqual(gridFor(6, 300, 200), { side: 100, columns: 3, rows: 2 });
  assert.deepEqual(gridFor(1, 300, 200), { side: 200, columns: 1, rows: 1 });
});

test("keys walk over the spheres and stop at the ends", () => {
  assert.equal(target("ArrowRight", -1, 6, 3), 0);
  assert.equal(target("ArrowDown", 1, 6, 3), 4);
  assert.equal(target("ArrowDown", 4, 6, 3), 4);
  assert.equal(target("End", 0, 6, 3), 5);
  assert.equal(target("Escape", 2, 6, 3), -1);
  assert.equal(target("Escape", -1, 6, 3), null);
  assert.equal(target("x", 0, 6, 3), null);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { target } from "./keys.js";

test("keys walk over the neurons and stop at the ends", () => {
  assert.equal(target("ArrowDown", -1, 20), 0);
  assert.equal(target("ArrowUp", 0, 20), 0);
  assert.equal(target("PageDown", 15, 20), 19);
  assert.equal(target("Home", 9, 20), 0);
  assert.equal(target("End", 9, 20), 19);
  assert.equal(target("Enter", 9, 20), null);
});

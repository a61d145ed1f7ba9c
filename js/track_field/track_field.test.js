import assert from "node:assert/strict";
import { test } from "node:test";
import { target } from "./keys.js";
import { Newest } from "./newest.js";

test("keys walk over the neurons and stop at the ends", () => {
  assert.equal(target("ArrowDown", -1, 20), 0);
  assert.equal(target("ArrowUp", 0, 20), 0);
  assert.equal(target("PageDown", 15, 20), 19);
  assert.equal(target("Home", 9, 20), 0);
  assert.equal(target("End", 9, 20), 19);
  assert.equal(target("Enter", 9, 20), null);
});

test("walls that overtake the news of more neurons are shown when it comes", () => {
  const newest = new Newest();
  assert.equal(newest.fit(0), false);
  newest.keep(new Uint8Array(2 * 5), false);
  assert.equal(newest.fit(4), false);
  assert.equal(newest.fit(5), true);
  newest.keep(new Uint8Array(6 * 6), true);
  assert.equal(newest.fit(18), false);
  assert.equal(newest.fit(6), true);
});

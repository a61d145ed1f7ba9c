import assert from "node:assert/strict";
import { test } from "node:test";
import { isApplications } from "./notebook_keys.js";
import { isPlain, isTaken, reasonOfChange, refusalOfSigns, refusalOfText, typable } from "./typing_rules.js";

test("numbers are written with a point", () => {
  for (const text of ["1", "-1.5", "+.5", "2.", "1e-9", "1E+3"]) assert.ok(isPlain(text), text);
  for (const text of ["", "1,5", "1.2.3", "1 000", "0x10", "1e", "NaN", "."]) assert.ok(!isPlain(text), text);
  assert.ok(isPlain(typable("−2.5")));
});

test("a refusal says why", () => {
  assert.equal(refusalOfText("12.5"), "");
  assert.equal(refusalOfText("12,5"), "Write decimals with a point, as in 1.5.");
  assert.equal(refusalOfText("twelve"), "That is no number.");
});

test("signs are refused as they are typed", () => {
  assert.equal(refusalOfSigns("1", false), "");
  assert.equal(refusalOfSigns("e", false), "");
  assert.equal(refusalOfSigns(",", false), "Write decimals with a point, as in 1.5.");
  for (const sign of [",", ".", "e"]) {
    assert.equal(refusalOfSigns(sign, true), "Only whole numbers are accepted here.");
  }
});

test("another number than was typed has a reason", () => {
  assert.equal(reasonOfChange(7, "10", null), "7 is out of range: it is 10 now.");
  assert.equal(reasonOfChange(7, "5", [0, 10]), "It goes in steps: the nearest to 7 is 5.");
  assert.equal(reasonOfChange(70, "10", [0, 10]), "70 is out of range: it is 10 now.");
  assert.ok(isTaken(-2.5, "−2.5", false));
  assert.ok(!isTaken(2.5, "2.51", false));
  assert.ok(isTaken(2.5, "2.51", true));
});

test("keys of a cell are kept from the notebook, keys of the whole application are not", () => {
  const plain = { ctrlKey: false, metaKey: false, altKey: false };
  assert.ok(isApplications({ ...plain, key: "s", ctrlKey: true }));
  for (const key of ["a", "z", "Z", "Enter", "ArrowUp", " "]) {
    assert.ok(!isApplications({ ...plain, key, ctrlKey: true }), key);
  }
  assert.ok(!isApplications({ ...plain, key: "s" }));
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { mixed } from "./colours.js";
import { walked } from "./keys.js";
import { cellText, everyHow, shareOf } from "./model.js";
import { grid } from "./picture.js";

const MAP = {
  x: { symbol: "W", unit: "mV", values: ["50", "100"] },
  y: { symbol: "N", unit: "", values: ["10", "20", "40"] },
  colours: { unit: "ns", low: 1, high: 100, log: true },
  values: [1, 2, null, 4, 5, 6],
  low: [0.5],
  high: [1.5],
  notes: ["", "few trials"],
};

test("colours are mixed between those of the ramp", () => {
  const ramp = ["#000000", "#646464", "#c8c8c8"];
  assert.equal(mixed(ramp, 0.25), "rgb(50 50 50)");
  assert.equal(mixed(ramp, -1), "rgb(0 0 0)");
  assert.equal(mixed(ramp, 2), "rgb(200 200 200)");
  assert.equal(shareOf(MAP.colours, 10), 0.5);
});

test("names that do not fit are left out evenly", () => {
  assert.equal(everyHow(10, 10), 1);
  assert.equal(everyHow(10, 4), 5);
});

test("every cell is under its own place", () => {
  const places = grid(MAP, { left: 10, right: 110, top: 5, bottom: 95 });
  for (let column = 0; column < 2; column += 1) {
    for (let row = 0; row < 3; row += 1) {
      assert.deepEqual(places.under(...places.at(column, row)), { column, row });
    }
  }
  assert.equal(places.under(5, 50), null);
});

test("a cell is said with its interval and its note", () => {
  assert.equal(cellText(MAP, { column: 0, row: 0 }), "W = 50 mV, N = 10: 1 ns, 95 %: 0.5 to 1.5");
  assert.equal(cellText(MAP, { column: 0, row: 1 }), "W = 50 mV, N = 20: 2 ns, few trials");
  assert.equal(cellText(MAP, { column: 0, row: 2 }), "W = 50 mV, N = 40: not measured yet");
});

test("keys begin at the selected cell, or the first, and stay on the map", () => {
  const [none, some] = [
    { column: -1, row: -1 },
    { column: 1, row: 2 },
  ];
  assert.deepEqual(walked("ArrowUp", MAP, null, none), { column: 0, row: 0 });
  assert.deepEqual(walked("ArrowUp", MAP, null, some), some);
  assert.deepEqual(walked("ArrowUp", MAP, { column: 0, row: 0 }, some), { column: 0, row: 1 });
  assert.deepEqual(walked("ArrowRight", MAP, some, some), some);
  assert.equal(walked("Enter", MAP, some, some), null);
});

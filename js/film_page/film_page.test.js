import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateSync } from "node:zlib";
import { ticks } from "./charts.js";
import { between, filmOf, placeAt, unpacked } from "./film.js";
import { rowsOf } from "./walls.js";

test("a moment is found with the share of the way to the next", () => {
  const times = Float64Array.of(0, 1, 3);
  assert.deepEqual(placeAt(times, -1), [0, 0]);
  assert.deepEqual(placeAt(times, 1), [1, 0]);
  assert.deepEqual(placeAt(times, 2.5), [1, 0.75]);
  assert.deepEqual(placeAt(times, 9), [2, 0]);
});

test("walls between moments lie between, and to a 255th of the track", () => {
  const walls = Uint8Array.of(0, 255, 100, 155);
  const found = new Uint8Array(2);
  for (let share = 0; share < 1; share += 0.05) {
    between(walls, 2, [0, share], found);
    assert.ok(Math.abs(found[0] - share * 100) <= 0.5);
    assert.ok(Math.abs(found[1] - (255 - share * 100)) <= 0.5);
  }
  assert.deepEqual(between(walls, 2, [1, 0], found), Uint8Array.of(100, 155));
});

test("arrays lie over the bytes in the order in which they were packed", async () => {
  const about = {
    neurons: 2,
    columns: 0,
    moments: 2,
    full: false,
    loading: 0,
    outcome: "",
    marks: [],
    charts: [{ title: "", lines: ["a", "b"] }],
  };
  const numbers = Float64Array.from({ length: 10 }, (_none, k) => k / 4);
  const packed = deflateSync(Buffer.concat([Buffer.from(numbers.buffer), Buffer.from([1, 2, 3, 4, 5, 6, 7, 8])]));
  const film = filmOf(about, await unpacked(packed.toString("base64")));
  assert.deepEqual([...film.times, ...film.energies, ...film.powers], [0, 0.25, 0.5, 0.75, 1, 1.25]);
  assert.deepEqual(
    film.curves.map((curve) => [...curve]),
    [
      [1.5, 1.75],
      [2, 2.25],
    ],
  );
  assert.deepEqual(
    [[...film.somas], [...film.axons]],
    [
      [1, 2, 3, 4],
      [5, 6, 7, 8],
    ],
  );
});

test("a track is ON up to its wall, and has one between its ends alone", () => {
  const rows = rowsOf(10, { on: "#ffffff", off: "#000000", wall: "#ff0000" });
  const [on, off, wall] = [0xffffffff, 0xff000000, 0xff0000ff];
  assert.ok(rows[255].every((pixel) => pixel === on));
  assert.ok(rows[0].every((pixel) => pixel === off));
  assert.equal(rows[128].filter((pixel) => pixel === wall).length, 2);
  assert.equal(rows[128][0], on);
  assert.equal(rows[128][9], off);
});

test("ticks are round", () => {
  assert.deepEqual(ticks(0, 73.2, 6), [0, 20, 40, 60]);
  assert.deepEqual(ticks(-1, 1, 3), [-1, 0, 1]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateSync } from "node:zlib";
import { between, filmOf, placeAt, unpacked } from "./film.js";

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
    between(walls, [0, share], found);
    assert.ok(Math.abs(found[0] - share * 100) <= 0.5);
    assert.ok(Math.abs(found[1] - (255 - share * 100)) <= 0.5);
  }
  assert.deepEqual(between(walls, [1, 0], found), Uint8Array.of(100, 155));
});

test("arrays lie over the bytes in the order in which they were packed", async () => {
  const about = {
    neurons: 2,
    columns: 0,
    moments: 2,
    whole: false,
    loading: 0,
    outcome: "",
    marks: [],
    charts: [{ title: "", lines: [{ name: "a" }, { name: "b" }] }],
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
  assert.deepEqual([...film.walls], [1, 2, 3, 4, 5, 6, 7, 8]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { walked } from "./keys.js";
import { asides, boxFor, nameHeights, nearest, path, placed, visible } from "./layout.js";
import { pointText } from "./model.js";

const curve = (more) => ({
  name: "a",
  label: "a",
  x: [1, 2],
  y: [1, 2],
  low: [],
  high: [],
  notes: [],
  live: true,
  ...more,
});

test("scales put numbers between two pixels", () => {
  const linear = placed({ low: 0, high: 10 }, 100, 200);
  assert.deepEqual([0, 5, 10].map(linear), [100, 150, 200]);
  const log = placed({ low: 1, high: 100, log: true }, 200, 100);
  assert.deepEqual([1, 10, 100].map(log), [200, 150, 100]);
});

test("a line is broken at gaps", () => {
  assert.equal(path([[0, 0], [1, 2], null, null, [3, 4], [5, 6]]), "M0.0 0.0L1.0 2.0M3.0 4.0L5.0 6.0");
});

test("names at the ends do not overlap, and stay in the box", () => {
  const box = { left: 0, right: 100, top: 0, bottom: 60 };
  const curves = ["a", "b", "c"].map((label, k) => curve({ label, y: [0, 58 + k] }));
  const heights = nameHeights(curves, box, (value) => value).map(({ height }) => height);
  assert.deepEqual(heights, [30, 43, 56]);
  const [apart] = nameHeights([curve({ y: [3, 20] })], box, (value) => value);
  assert.equal(apart.height, 20);
});

test("a name stands at the right end, whichever way the points go", () => {
  const box = { left: 0, right: 100, top: 0, bottom: 60 };
  const [end] = nameHeights([curve({ x: [2, 1], y: [20, 40] })], box, (value) => value);
  assert.equal(end.height, 20);
});

test("intervals at the same place stand side by side", () => {
  const curves = [curve({ low: [0, 0] }), curve({}), curve({ low: [0, 0] })];
  const asked = { curves, dodge: true };
  assert.deepEqual(
    asides(asked, (value) => 100 * value),
    [-1.25, 0, 1.25],
  );
  assert.deepEqual(
    asides({ ...asked, dodge: false }, (value) => value),
    [0, 0, 0],
  );
});

test("the box leaves room for names and numbers", () => {
  const axis = { low: 0, high: 1, label: "t" };
  const bare = { ...axis, label: "" };
  const full = boxFor({ x: axis, y: axis, curves: [curve({})], marks: [{ label: "m" }] }, 400, 300);
  const empty = boxFor({ x: bare, y: bare, curves: [], marks: [] }, 400, 300);
  assert.ok(full.left > empty.left && full.right < empty.right && full.top > empty.top && full.bottom < empty.bottom);
});

test("the point under the pointer is the nearest within reach", () => {
  const points = [
    [[0, 0], null],
    [
      [10, 0],
      [50, 50],
    ],
  ];
  assert.deepEqual(nearest(points, [7, 0], 26), { curve: 1, point: 0 });
  assert.equal(nearest(points, [100, 100], 26), null);
});

test("keys walk along a curve, and to the nearest point of another", () => {
  const points = [
    [
      [0, 0],
      [10, 0],
      [20, 0],
    ],
    [
      [1, 9],
      [12, 9],
    ],
    [null, null],
  ];
  assert.deepEqual(walked("ArrowLeft", points, null), { curve: 0, point: 0, place: [0, 0] });
  const at = (key, curve, point) => {
    const found = walked(key, points, { curve, point });
    return [found.curve, found.point];
  };
  assert.deepEqual(at("ArrowRight", 0, 1), [0, 2]);
  assert.deepEqual(at("ArrowRight", 0, 2), [0, 2]);
  assert.deepEqual(at("ArrowDown", 0, 2), [1, 1]);
  assert.deepEqual(at("ArrowDown", 1, 0), [0, 0]);
  assert.equal(walked("a", points, null), null);
  assert.equal(walked("ArrowUp", [[null]], null), null);
});

test("regions outside the box are not drawn", () => {
  const box = { left: 10, right: 90, top: 0, bottom: 60 };
  assert.deepEqual(
    visible({ low: 0, high: 50 }, box, (value) => value),
    { from: 10, to: 50 },
  );
  assert.equal(
    visible({ low: 95, high: 99 }, box, (value) => value),
    null,
  );
});

test("a point is said with its interval and its note", () => {
  const chart = {
    x: { symbol: "N", unit: "" },
    y: { unit: "ns" },
    curves: [curve({ low: [0.5, null], high: [1.5, null], notes: ["30 trials"] })],
  };
  assert.equal(pointText(chart, { curve: 0, point: 0 }), "a, N = 1: 1 ns (0.5 to 1.5), 30 trials");
  assert.equal(pointText(chart, { curve: 0, point: 1 }), "a, N = 2: 2 ns");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeModel } from "../fake_model.js";
import { sortedEdges } from "./edges.js";
import { Editing } from "./editing.js";
import { newsLine } from "./frame.js";
import { sideName, type } from "./keys.js";
import { edgeAt, layOut, nodeAt, unitPlace } from "./layout.js";
import { emptiest, neighbour, OFF, ON, OPEN } from "./model.js";

const TRIANGLE = { _positions: [0, 0, 1, 0, 0.5, 1], _edges: [0, 1, 1, 2], _weights: [1, -2] };

function editor(traits = {}) {
  const model = new FakeModel({
    ...Object.fromEntries(
      Object.entries(TRIANGLE).map(([name, numbers]) => {
        const Type = name === "_edges" ? Uint8Array : Float32Array;
        return [name, new DataView(Type.from(numbers).buffer)];
      }),
    ),
    selected: -1,
    new_weight: 1,
    _generation: 0,
    _acknowledged: "",
    ...traits,
  });
  const said = [];
  const news = { say: (text) => said.push(text), sayForAWhile: (text) => said.push(text), settle: () => {} };
  const editing = new Editing(model, "me", news, { owner: {}, weight: {} }, () => {});
  editing.rebuild();
  return { model, editing, said };
}

const press = (editing, key, more = {}, walls = new Uint8Array()) =>
  type(editing, { key, shiftKey: false, altKey: false, ctrlKey: false, metaKey: false, ...more }, walls);

test("arrow keys go to the node ahead", () => {
  const places = [
    [0.5, 0.5],
    [0.9, 0.5],
    [0.5, 0.1],
    [0.6, 0.95],
  ];
  assert.equal(neighbour(places, 0, [1, 0]), 1);
  assert.equal(neighbour(places, 0, [0, -1]), 2);
  assert.equal(neighbour(places, 0, [0, 1]), 3);
  assert.equal(neighbour(places, 0, [-1, 0]), 0);
});

test("a node without a place goes where there is most room", () => {
  const [x, y] = emptiest([
    [0, 0],
    [1, 0],
    [0, 1],
  ]);
  assert.ok(x > 0.6 && y > 0.6);
});

test("what is at a place of the canvas is what lies there", () => {
  const graph = {
    nodes: [
      [0, 0],
      [1, 0],
      [0, 1],
    ],
    edges: [[0, 1, 1]],
  };
  const layout = layOut(graph, 300, 300);
  graph.nodes.forEach((node, k) => {
    assert.deepEqual(unitPlace(layout, layout.places[k]), node);
    assert.equal(nodeAt(layout, layout.places[k], 4), k);
  });
  const middle = [150, layout.places[0][1]];
  assert.equal(nodeAt(layout, middle, 4), -1);
  assert.equal(edgeAt(layout, graph, middle, 5), 0);
  assert.equal(edgeAt(layout, graph, [150, middle[1] + 6], 5), -1);
});

test("the cut is the weight between decided nodes of both sides", () => {
  const edges = [
    [0, 1, 2],
    [1, 2, -3],
    [0, 2, 5],
    [0, 3, 7],
  ];
  const { looks, cut } = sortedEdges(edges, [ON, OFF, ON, OPEN]);
  assert.equal(cut, -1);
  assert.deepEqual(
    looks.map((look) => look.length),
    [1, 1, 1, 0, 0, 1],
  );
});

test("the side of a node is called by its name", () => {
  assert.deepEqual([255, 128, 0].map(sideName), ["on", "undecided", "off"]);
});

test("walking says node, edges and side", () => {
  const { editing, said } = editor();
  assert.ok(press(editing, "End", {}, Uint8Array.from([0, 255, 0])));
  assert.deepEqual(said, ["Node 3, 1 edge, off."]);
});

test("an edit lies over older news until Python has answered", () => {
  const { model, editing } = editor();
  editing.add([0.5, 0.5], 0);
  assert.equal(editing.graph.nodes.length, 4);
  assert.deepEqual(editing.graph.edges[2], [0, 3, 1]);
  editing.renew();
  editing.rebuild();
  assert.equal(editing.graph.nodes.length, 4, "older news took the edit back");
  model.acknowledge();
  editing.hear();
  editing.rebuild();
  assert.equal(editing.graph.nodes.length, 3, "an answered edit still lies over Python's graph");
});

test("another generation makes edits void", () => {
  const { editing } = editor();
  editing.connect(0, 2);
  editing.startAgain();
  editing.rebuild();
  assert.equal(editing.graph.edges.length, 2);
});

test("Enter at one node and at another joins them; again it parts them", () => {
  const { model, editing } = editor();
  for (const node of [0, 2]) {
    editing.select(node);
    assert.ok(press(editing, "Enter"));
  }
  const { op, node, other, on } = model.sent.at(-1);
  assert.deepEqual({ op, node, other, on }, { op: "connect", node: 0, other: 2, on: true });
  editing.connect(2, 0);
  assert.equal(model.sent.at(-1).on, false);
});

test("a disabled editor is read, not written", () => {
  const { model, editing } = editor({ disabled: true });
  assert.ok(press(editing, "Home"));
  const before = model.sent.length;
  for (const key of ["Enter", "n", "Delete", "w"]) assert.ok(!press(editing, key));
  assert.ok(!press(editing, "z", { ctrlKey: true }));
  assert.equal(model.sent.length, before);
});

test("the selection follows a node that moves up", () => {
  const { editing } = editor();
  editing.select(2);
  editing.remove(0);
  assert.equal(editing.selected, 1);
  editing.remove(0);
  assert.equal(editing.graph.nodes.length, 2, "a graph keeps two nodes");
});

test("what is true until the next action only is taken back by it", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const line = {};
  const news = newsLine(line, () => "hint");
  news.sayForAWhile("Undone.");
  news.settle();
  assert.equal(line.textContent, "hint");
  news.say("Node 1 added.");
  news.settle();
  assert.equal(line.textContent, "Node 1 added.", "other news stays");
  news.sayForAWhile("Undone.");
  context.mock.timers.tick(5000);
  assert.equal(line.textContent, "hint");
});

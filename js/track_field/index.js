// The browser's half of TrackField (track_field.py): one small track for every device of a network.
// Messages from Python: {type: "walls", whole} with a buffer of uint8 wall positions, 0 = OFF end, 255 = ON end:
// 2N bytes (somas, then one for all axons of a neuron) or, if `whole`, N * N bytes (row i: axons of neuron i, its
// soma on the diagonal). Messages to Python: {type: "ready"}, {type: "select" | "hover", neuron}.

import { painter } from "../lib/canvas.js";
import { element, listeners } from "../lib/dom.js";
import { fill, tr } from "../lib/i18n.js";
import { clamp, numbersOf } from "../lib/numbers.js";

const LEVELS = 32; // wall positions told apart; a track is a few pixels long

/** Draw one track with its wall at `share` of the way into the box. */
function drawTrack(context, left, top, width, height, share, colours) {
  const wall = share * width;
  context.fillStyle = colours.off;
  context.fillRect(left, top, width, height);
  context.fillStyle = colours.on;
  context.fillRect(left, top, wall, height);
  if (share > 0.001 && share < 0.999) {
    const thick = Math.max(1, width / 5);
    context.fillStyle = colours.wall;
    context.fillRect(left + Math.min(Math.max(wall - thick / 2, 0), width - thick), top, thick, height);
  }
}

class Field {
  constructor(canvas) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d", { alpha: false });
    this.neurons = 0;
  }

  /**
   * Lay out `neurons` rows and columns in a square as wide as `room` CSS pixels, or a little less: cells of whole pixels
   * look alike. Where that would waste the room, as small cells do, some are one pixel larger than others; the smallest
   * then have no gaps between them, which would make a pattern of it.
   */
  shape(neurons, room) {
    const ratio = window.devicePixelRatio || 1;
    this.neurons = neurons;
    const cell = Math.max((room * ratio) / neurons, 2);
    const whole = Math.floor(cell + 1e-6);
    const isEven = whole === cell || (whole >= 5 && whole >= 0.97 * cell);
    this.gap = whole >= (isEven ? 4 : 5) ? Math.max(1, Math.round(whole / 6)) : 0;
    this.edges = Array.from({ length: neurons + 1 }, (_, k) => Math.round(k * (isEven ? whole : cell)));
    const side = this.edges[neurons];
    Object.assign(this.canvas, { width: side, height: side });
    this.canvas.style.width = `${side / ratio}px`; // very many neurons are larger than the room, and shrink
    this.levels = new Int16Array(neurons * neurons).fill(-1);
    this.prepare();
  }

  /** Draw once what is needed again and again: a row of tracks, and a soma, for every level of the wall. */
  prepare() {
    const style = getComputedStyle(this.canvas);
    const colour = (name) => style.getPropertyValue(name).trim();
    const { edges, gap, neurons } = this;
    const most = Math.ceil(edges[neurons] / neurons); // pixels of the largest cell
    const axon = { on: colour("--dwmtj-on"), off: colour("--dwmtj-off"), wall: colour("--dwmtj-wall") };
    const soma = { on: colour("--dwmtj-soma-on"), off: colour("--dwmtj-soma-off"), wall: colour("--dwmtj-soma-wall") };
    this.most = most;
    this.rows = new OffscreenCanvas(edges[neurons], most * LEVELS);
    this.somas = new OffscreenCanvas(most, most * LEVELS);
    const rows = this.rows.getContext("2d");
    const somas = this.somas.getContext("2d");
    for (const sheet of [rows, this.context]) {
      sheet.fillStyle = colour("--dwmtj-gap");
      sheet.fillRect(0, 0, sheet.canvas.width, sheet.canvas.height);
    }
    for (let level = 0; level < LEVELS; level += 1) {
      const share = level / (LEVELS - 1);
      for (let j = 0; j < neurons; j += 1) {
        drawTrack(rows, edges[j], level * most, edges[j + 1] - edges[j] - gap, most - gap, share, axon);
      }
      somas.fillStyle = soma.off;
      somas.fillRect(0, level * most, most, most);
      drawTrack(somas, 0, level * most, most, most, share, soma);
    }
    this.levels.fill(-1);
  }

  /** Show walls; only what changed is painted. */
  show(walls, whole) {
    const { neurons, edges, gap, most, context } = this;
    const level = (value) => Math.round((value * (LEVELS - 1)) / 255);
    for (let i = 0; i < neurons; i += 1) {
      const diagonal = i * neurons + i;
      if (whole) {
        for (let j = 0; j < neurons; j += 1) if (j !== i) this.showOne(i, j, level(walls[i * neurons + j]));
      } else {
        const row = level(walls[neurons + i]);
        const first = i * neurons + (i === 0 ? 1 : 0); // any axon stands for all of them
        if (neurons > 1 && this.levels[first] !== row) {
          this.levels.fill(row, i * neurons, (i + 1) * neurons);
          this.levels[diagonal] = -1;
          const [width, height] = [edges[neurons], edges[i + 1] - edges[i] - gap];
          context.drawImage(this.rows, 0, row * most, width, height, 0, edges[i], width, height);
        }
      }
      const own = level(whole ? walls[diagonal] : walls[i]);
      if (this.levels[diagonal] !== own) {
        this.levels[diagonal] = own;
        const side = edges[i + 1] - edges[i];
        context.drawImage(this.somas, 0, own * most, side, side, edges[i], edges[i], side, side);
      }
    }
  }

  showOne(i, j, level) {
    const { neurons, edges, gap, most } = this;
    if (this.levels[i * neurons + j] === level) return;
    this.levels[i * neurons + j] = level;
    const [left, width] = [edges[j], edges[j + 1] - edges[j]];
    const [top, height] = [edges[i], edges[i + 1] - edges[i] - gap];
    this.context.drawImage(this.rows, left, level * most, width, height, left, top, width, height);
  }
}

function render({ model, el }) {
  const root = element(el, "div", "dwmtj-track-field");
  const box = element(root, "div", "dwmtj-track-box");
  const canvas = element(box, "canvas", "dwmtj-track-canvas", { tabIndex: 0 });
  canvas.setAttribute("role", "slider");
  const hoverMark = element(box, "div", "dwmtj-track-mark is-hover", { hidden: true });
  const selectMark = element(box, "div", "dwmtj-track-mark is-selected", { hidden: true });
  const field = new Field(canvas);
  let cutMarks = [];
  let last = null;
  // Where the keys are: ahead of the model while the kernel's answers are on their way.
  let chosen = model.get("selected");
  let awaited = null; // the answer to the last choice; those to earlier ones would turn the clock back

  function place(mark, neuron) {
    mark.hidden = neuron < 0 || neuron >= field.neurons;
    mark.style.top = `${(100 * neuron) / field.neurons}%`;
    mark.style.height = `${100 / field.neurons}%`;
  }

  function onCut() {
    cutMarks.forEach((mark) => mark.remove());
    cutMarks = model.get("cut").map((neuron) => {
      const mark = element(box, "div", "dwmtj-track-mark is-cut");
      place(mark, neuron);
      return mark;
    });
    describe();
  }

  function describe() {
    const isCut = model.get("cut").includes(chosen);
    const name = isCut ? tr("neuron {neuron}, its axons are cut") : tr("neuron {neuron}");
    canvas.setAttribute(
      "aria-valuetext",
      chosen < 0 ? tr("no neuron selected") : fill(name, { neuron: chosen + model.get("first") }),
    );
  }

  function onSelected() {
    const neuron = model.get("selected");
    if (awaited !== null && neuron !== awaited) return;
    awaited = null;
    chosen = neuron;
    place(selectMark, neuron);
    canvas.setAttribute("aria-valuemin", "0");
    canvas.setAttribute("aria-valuemax", String(field.neurons - 1));
    canvas.setAttribute("aria-valuenow", String(Math.max(neuron, 0)));
    describe();
    canvas.setAttribute("aria-label", model.get("label"));
  }

  function onShape() {
    root.style.setProperty("--dwmtj-cells", `${model.get("neurons") * model.get("cell_size")}px`);
    if (!root.clientWidth) return; // not in the page, or hidden
    field.shape(model.get("neurons"), root.clientWidth);
    showLast();
    onSelected();
    onCut();
  }

  /** Show the newest walls if there is one for each device: they may overtake the news of another number of them. */
  function showLast() {
    const wanted = last?.whole ? field.neurons ** 2 : 2 * field.neurons;
    if (last?.walls.length !== wanted) return;
    field.show(last.walls, last.whole);
    canvas.dataset.frames = String(Number(canvas.dataset.frames ?? 0) + 1);
  }

  function onMessage(message, buffers) {
    if (message.type !== "walls") return;
    last = { walls: numbersOf(buffers[0], Uint8Array), whole: message.whole };
    showLast();
  }

  function neuronAt(event) {
    const { top, height } = canvas.getBoundingClientRect();
    const row = Math.floor(((event.clientY - top) / height) * field.neurons);
    return clamp(row, 0, field.neurons - 1);
  }

  let hovered = -1;
  // At most one message a frame, with the latest row.
  const { soon: tellHovered, stop: stopTelling } = painter(() => model.send({ type: "hover", neuron: hovered }));
  function hover(neuron) {
    if (neuron === hovered) return;
    hovered = neuron;
    place(hoverMark, neuron);
    tellHovered();
  }

  function select(neuron) {
    chosen = neuron;
    awaited = neuron === model.get("selected") ? null : neuron;
    place(selectMark, neuron);
    model.send({ type: "select", neuron });
  }

  const { on, watch, onSize, stop: stopListening } = listeners(model);
  on(canvas, "pointermove", (event) => hover(neuronAt(event)));
  on(canvas, "pointerleave", () => hover(-1));
  on(canvas, "click", (event) => select(neuronAt(event)));
  on(canvas, "keydown", (event) => {
    const steps = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, PageDown: 10, PageUp: -10 };
    const ends = { Home: 0, End: field.neurons - 1 };
    const from = chosen;
    let to = null;
    if (event.key in steps) to = from < 0 ? 0 : from + steps[event.key];
    if (event.key in ends) to = ends[event.key];
    if (to === null || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    select(clamp(to, 0, field.neurons - 1));
  });

  watch("msg:custom", onMessage);
  watch("change:neurons", onShape);
  watch("change:cell_size", onShape);
  watch("change:selected", onSelected);
  watch("change:cut", onCut);
  // Colours are known once the element has its place in the page.
  setTimeout(() => {
    onShape();
    onSize(root, onShape);
    model.send({ type: "ready" });
  });

  return () => {
    stopTelling();
    stopListening();
  };
}

export default { render };

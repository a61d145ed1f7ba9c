// Made from js/ by `npm --prefix js run build`. Do not edit.

// lib/dom.js
var SVG = "http://www.w3.org/2000/svg";
function element(parent, tag, className, properties = {}) {
  return parent.appendChild(Object.assign(document.createElement(tag), { className }, properties));
}
function svgElement(tag, attributes = {}, text = "") {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  if (text) made.textContent = text;
  return made;
}

// lib/i18n.js
var texts = typeof TEXTS === "undefined" ? {} : TEXTS;
var tr = (text) => texts[text] ?? text;
var fill = (text, values) => text.replace(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));

// lib/numbers.js
var written = (value, digits = 4) => Number(value.toPrecision(digits)).toString().replaceAll("-", "−");
var decimals = (value, digits = 2) => (Math.abs(value) < 0.5 * 10 ** -digits ? 0 : value).toFixed(digits).replace("-", "−");

// lib/canvas.js
var pixelRatio = () => window.devicePixelRatio || 1;
function contextOf(canvas, settings) {
  return (
    /** @type {CanvasRenderingContext2D} */
    canvas.getContext("2d", settings)
  );
}
function sheet(width, height) {
  const canvas = new OffscreenCanvas(width, height);
  return { canvas, context: (
    /** @type {OffscreenCanvasRenderingContext2D} */
    canvas.getContext("2d")
  ) };
}

// lib/tracks.js
var LEVELS = 32;
var levelOf = (wall) => Math.round(wall * (LEVELS - 1) / 255);
function drawTrack(context, [left, top, width, height], share, colours) {
  const wall = share * width;
  context.fillStyle = colours.off;
  context.fillRect(left, top, width, height);
  context.fillStyle = colours.on;
  context.fillRect(left, top, wall, height);
  if (share > 1e-3 && share < 0.999) {
    const thick = Math.max(1, width / 5);
    context.fillStyle = colours.wall;
    context.fillRect(left + Math.min(Math.max(wall - thick / 2, 0), width - thick), top, thick, height);
  }
}
var Field = class {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.context = contextOf(canvas, { alpha: false });
    this.neurons = 0;
    this.gap = 0;
    this.most = 0;
    this.edges = [];
    this.levels = new Int16Array(0);
    this.rows = sheet(1, 1);
    this.somas = sheet(1, 1);
  }
  /**
   * Lay out `neurons` rows and columns in a square as wide as `room` CSS pixels, or a little less, because cells of whole
   * pixels look the same. If that would waste room, as with small cells, some are one pixel larger than others; the
   * smallest then have no gaps, which would form a pattern.
   *
   * @param {number} neurons
   * @param {number} room
   */
  shape(neurons, room) {
    const ratio = pixelRatio();
    this.neurons = neurons;
    const cell = Math.max(room * ratio / neurons, 2);
    const whole = Math.floor(cell + 1e-6);
    const isEven = whole === cell || whole >= 5 && whole >= 0.97 * cell;
    this.gap = whole >= (isEven ? 4 : 5) ? Math.max(1, Math.round(whole / 6)) : 0;
    this.edges = Array.from({ length: neurons + 1 }, (_, k) => Math.round(k * (isEven ? whole : cell)));
    const side = this.edges[neurons];
    Object.assign(this.canvas, { width: side, height: side });
    this.canvas.style.width = `${side / ratio}px`;
    this.levels = new Int16Array(neurons * neurons).fill(-1);
    this.prepare();
  }
  /** Prepare a row of tracks and a soma for every level of the wall. */
  prepare() {
    const style = getComputedStyle(this.canvas);
    const colour = (name) => style.getPropertyValue(name).trim();
    const { edges, gap, neurons } = this;
    const most = Math.ceil(edges[neurons] / neurons);
    const axon = { on: colour("--dwmtj-on"), off: colour("--dwmtj-off"), wall: colour("--dwmtj-wall") };
    const soma = { on: colour("--dwmtj-soma-on"), off: colour("--dwmtj-soma-off"), wall: colour("--dwmtj-soma-wall") };
    this.most = most;
    this.rows = sheet(edges[neurons], most * LEVELS);
    this.somas = sheet(most, most * LEVELS);
    const [rows, somas] = [this.rows.context, this.somas.context];
    for (const context of [rows, this.context]) {
      context.fillStyle = colour("--dwmtj-gap");
      context.fillRect(0, 0, context.canvas.width, context.canvas.height);
    }
    for (let level = 0; level < LEVELS; level += 1) {
      const share = level / (LEVELS - 1);
      for (let j = 0; j < neurons; j += 1) {
        const box = (
          /** @type {Box} */
          [edges[j], level * most, edges[j + 1] - edges[j] - gap, most - gap]
        );
        drawTrack(rows, box, share, axon);
      }
      somas.fillStyle = soma.off;
      somas.fillRect(0, level * most, most, most);
      drawTrack(somas, [0, level * most, most, most], share, soma);
    }
    this.levels.fill(-1);
  }
  /**
   * Show walls; only changes are painted.
   *
   * @param {Uint8Array} walls
   * @param {boolean} whole whether there is one for each device, not one for all axons of a neuron
   */
  show(walls, whole) {
    const { neurons } = this;
    for (let i = 0; i < neurons; i += 1) {
      if (whole) {
        for (let j = 0; j < neurons; j += 1) if (j !== i) this.showAxon(i, j, levelOf(walls[i * neurons + j]));
      } else this.showAxons(i, levelOf(walls[neurons + i]));
      this.showSoma(i, levelOf(whole ? walls[i * neurons + i] : walls[i]));
    }
  }
  /**
   * Show all axons of a neuron.
   *
   * @param {number} i
   * @param {number} level
   */
  showAxons(i, level) {
    const { neurons, edges, gap, most } = this;
    const first = i * neurons + (i === 0 ? 1 : 0);
    if (neurons < 2 || this.levels[first] === level) return;
    this.levels.fill(level, i * neurons, (i + 1) * neurons);
    this.levels[i * neurons + i] = -1;
    const [width, height] = [edges[neurons], edges[i + 1] - edges[i] - gap];
    this.context.drawImage(this.rows.canvas, 0, level * most, width, height, 0, edges[i], width, height);
  }
  /**
   * @param {number} i
   * @param {number} j
   * @param {number} level
   */
  showAxon(i, j, level) {
    const { neurons, edges, gap, most } = this;
    if (this.levels[i * neurons + j] === level) return;
    this.levels[i * neurons + j] = level;
    const [left, width] = [edges[j], edges[j + 1] - edges[j]];
    const [top, height] = [edges[i], edges[i + 1] - edges[i] - gap];
    this.context.drawImage(this.rows.canvas, left, level * most, width, height, left, top, width, height);
  }
  /**
   * @param {number} i
   * @param {number} level
   */
  showSoma(i, level) {
    const { neurons, edges, most } = this;
    if (this.levels[i * neurons + i] === level) return;
    this.levels[i * neurons + i] = level;
    const side = edges[i + 1] - edges[i];
    this.context.drawImage(this.somas.canvas, 0, level * most, side, side, edges[i], edges[i], side, side);
  }
};

// lib/scale.js
function roundStep(length) {
  const power = 10 ** Math.floor(Math.log10(length));
  return power * ([1, 2, 5].find((digit) => digit * power >= length * 0.9999) ?? 10);
}
function multiples({ low, high }, step) {
  const found = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k += 1) found.push(k * step);
  return found;
}
function decades({ low, high }, digits) {
  const found = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power += 1) {
    for (const digit of digits) {
      const value = digit * 10 ** power;
      if (value >= low * 0.9999 && value <= high * 1.0001) found.push(value);
    }
  }
  return found;
}
function ticks(scale, most) {
  const fine = scale.log ? decades(scale, [1, 2, 5]) : [];
  const found = fine.length > 2 * most ? decades(scale, [1]) : fine;
  if (found.length > 1) return found;
  const even = multiples(scale, roundStep((scale.high - scale.low) / most));
  return even.length > 1 || most > 100 ? even : ticks(scale, 2 * most);
}

// lib/theme.js
var themed = (colour) => colour.startsWith("#") ? `var(--dwmtj-${colour.slice(1)}, ${colour})` : colour;

// film_page/charts.js
var [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [420, 118, 46, 12, 8, 20];
function timeChart(parent, { title, lines }, times, curves, marks) {
  const figure = element(parent, "figure", "chart");
  const caption = element(figure, "figcaption", "", { textContent: title });
  if (lines.length > 1) {
    for (const { name, colour } of lines) {
      element(caption, "span", "key", { textContent: name }).style.color = themed(colour);
    }
  }
  let [least, most] = [0, Number.NEGATIVE_INFINITY];
  for (const value of curves.flatMap((curve) => Array.from(curve).filter(Number.isFinite))) {
    [least, most] = [Math.min(least, value), Math.max(most, value)];
  }
  const high = most > least ? most : least + 1;
  const end = times[times.length - 1] || 1e-9;
  const x = (time) => LEFT + time / end * (WIDTH - LEFT - RIGHT);
  const y = (value) => HEIGHT - BOTTOM - (value - least) / (high - least) * (HEIGHT - TOP - BOTTOM);
  const svg = svgElement("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": title });
  figure.append(svg);
  for (const value of ticks({ low: least, high }, 3)) {
    svg.append(svgElement("line", { class: "grid", x1: LEFT, x2: WIDTH - RIGHT, y1: y(value), y2: y(value) }));
    svg.append(svgElement("text", { class: "tick end", x: LEFT - 5, y: y(value) + 4 }, written(value)));
  }
  svg.append(svgElement("text", { class: "tick end", x: WIDTH, y: HEIGHT - 5 }, "ns"));
  for (const time of ticks({ low: 0, high: end * 1e9 }, 6).filter((value) => x(value * 1e-9) < WIDTH - 44)) {
    svg.append(svgElement("text", { class: "tick middle", x: x(time * 1e-9), y: HEIGHT - 5 }, written(time)));
  }
  for (const time of marks)
    svg.append(svgElement("line", { class: "mark", x1: x(time), x2: x(time), y1: TOP, y2: HEIGHT - BOTTOM }));
  curves.forEach((curve, k) => {
    const points = Array.from(
      curve,
      (value, at) => Number.isFinite(value) ? `${x(times[at]).toFixed(1)},${y(value).toFixed(1)}` : ""
    );
    const path = points.filter(Boolean).join(" ");
    svg.append(
      svgElement("polyline", {
        class: "curve",
        points: path,
        style: `stroke:${themed(lines[k].colour)}`
      })
    );
  });
  const now = svgElement("line", { class: "now", y1: TOP, y2: HEIGHT - BOTTOM });
  svg.append(now);
  return (time) => {
    now.setAttribute("x1", String(x(time)));
    now.setAttribute("x2", String(x(time)));
  };
}

// film_page/film.js
async function unpacked(text) {
  const packed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).arrayBuffer();
}
function filmOf(about, bytes) {
  const { moments, charts } = about;
  let at = 0;
  function numbers() {
    const found = new Float64Array(bytes, at, moments);
    at += found.byteLength;
    return found;
  }
  const [times, energies, powers] = [numbers(), numbers(), numbers()];
  const curves = charts.flatMap(({ lines }) => lines.map(numbers));
  return { about, times, energies, powers, curves, walls: new Uint8Array(bytes, at) };
}
function placeAt(times, time) {
  let [low, high] = [0, times.length - 1];
  if (time >= times[high]) return [high, 0];
  if (time <= times[0]) return [0, 0];
  while (high - low > 1) {
    const middle = low + high >> 1;
    if (times[middle] <= time) low = middle;
    else high = middle;
  }
  return [low, (time - times[low]) / (times[high] - times[low])];
}
function between(numbers, [moment, share], result) {
  const count = result.length;
  const start = moment * count;
  const next = share > 0 ? start + count : start;
  for (let k = 0; k < count; k++) {
    const value = numbers[start + k] + share * (numbers[next + k] - numbers[start + k]);
    result[k] = result instanceof Uint8Array ? Math.round(value) : value;
  }
  return result;
}

// film_page/image.js
function somaImage(canvas, { neurons, columns, whole }) {
  const context = contextOf(canvas);
  const style = getComputedStyle(canvas);
  const [on, off] = ["--dwmtj-on", "--dwmtj-off"].map((name) => style.getPropertyValue(name));
  const side = Math.floor(canvas.width / columns);
  const apart = whole ? neurons + 1 : 1;
  return (walls) => {
    for (let k = 0; k < neurons; k++) {
      context.fillStyle = `color-mix(in srgb, ${on} ${100 * walls[k * apart] / 255}%, ${off})`;
      context.fillRect(k % columns * side, Math.floor(k / columns) * side, side - 1, side - 1);
    }
  };
}

// film_page/index.js
var SPEEDS = [1, 2, 5, 10, 20, 50];
var USUAL = 10;
var named = (id) => (
  /** @type {HTMLElement} */
  document.getElementById(id)
);
function show(film2) {
  const { about, times } = film2;
  const end = times[times.length - 1];
  const walls = new Uint8Array(film2.walls.length / about.moments);
  const one = new Float64Array(1);
  const canvas = (
    /** @type {HTMLCanvasElement} */
    named("tracks")
  );
  const field = new Field(canvas);
  const drawImage = about.columns ? somaImage(
    /** @type {HTMLCanvasElement} */
    named("image"),
    about
  ) : () => void 0;
  const marks = about.marks.map(([time2]) => time2);
  let first = 0;
  const charts = about.charts.map((chart) => {
    const curves = film2.curves.slice(first, first + chart.lines.length);
    first += chart.lines.length;
    return timeChart(named("charts"), chart, times, curves, marks);
  });
  const bar = (
    /** @type {HTMLInputElement} */
    named("bar")
  );
  const press = (
    /** @type {HTMLButtonElement} */
    named("play")
  );
  const speed = (
    /** @type {HTMLSelectElement} */
    named("speed")
  );
  for (const value of SPEEDS) {
    element(speed, "option", "", {
      value: String(value),
      textContent: fill(tr("{number} ns per second"), { number: value })
    });
  }
  speed.value = String(USUAL);
  let [time, playing, before, request] = [0, false, 0, 0];
  function words() {
    if (time < about.loading) return tr("loading");
    return time < end ? tr("running") : about.outcome;
  }
  function draw() {
    const at = placeAt(times, time);
    field.show(between(film2.walls, at, walls), about.whole);
    drawImage(walls);
    for (const move of charts) move(time);
    named("time").textContent = `${decimals(time * 1e9, 2)} ns`;
    named("energy").textContent = `${decimals(between(film2.energies, at, one)[0] * 1e9, 3)} nJ`;
    named("power").textContent = `${decimals(between(film2.powers, at, one)[0] * 1e3, 2)} mW`;
    named("state").textContent = words();
    bar.value = String(time / (end || 1));
    bar.setAttribute("aria-valuetext", `${decimals(time * 1e9, 2)} ns`);
  }
  function frame(now) {
    time = Math.min(time + (now - before) / 1e3 * Number(speed.value) * 1e-9, end);
    before = now;
    draw();
    if (time >= end) set(false);
    if (playing) request = requestAnimationFrame(frame);
  }
  function set(wanted) {
    playing = wanted;
    press.textContent = playing ? tr("Pause") : tr("Play");
    cancelAnimationFrame(request);
    if (!playing) return;
    if (time >= end) time = 0;
    before = performance.now();
    request = requestAnimationFrame(frame);
  }
  function go(wanted) {
    set(false);
    time = Math.min(Math.max(wanted, 0), end);
    draw();
  }
  press.addEventListener("click", () => set(!playing));
  bar.addEventListener("input", () => go(Number(bar.value) * end));
  for (const button of document.querySelectorAll("[data-time]")) {
    button.addEventListener("click", () => go(Number(
      /** @type {HTMLElement} */
      button.dataset.time
    )));
  }
  function shape() {
    field.shape(
      about.neurons,
      /** @type {HTMLElement} */
      canvas.parentElement.clientWidth
    );
    draw();
  }
  addEventListener("resize", shape);
  shape();
  if (!matchMedia("(prefers-reduced-motion: reduce)").matches) set(true);
}
var film = document.getElementById("film");
if (film) {
  const { about, bytes } = JSON.parse(film.textContent ?? "");
  unpacked(bytes).then((content) => show(filmOf(about, content)));
}

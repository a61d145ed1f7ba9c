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

// film_page/charts.js
var [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [420, 118, 46, 12, 8, 20];
var COLOURS = ["0b5fa5", "c05a00", "1f8a4c", "8a3fa0", "555555", "b01e4b", "00828a", "7a6a00"];
function stepOf(span, wanted) {
  const power = 10 ** Math.floor(Math.log10(span / wanted));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => span / step <= wanted) ?? span;
}
function ticks(low, high, wanted) {
  const step = stepOf(high - low, wanted);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_none, k) => Number(((first + k) * step).toPrecision(12)));
}
function timeChart(parent, { title, lines }, times, curves, marks) {
  const figure = element(parent, "figure", "chart");
  const caption = element(figure, "figcaption", "", { textContent: title });
  if (lines.length > 1) {
    lines.forEach((name, k) => {
      const key = element(caption, "span", "key", { textContent: name });
      key.style.color = `var(--dwmtj-${COLOURS[k % COLOURS.length]})`;
    });
  }
  const values = curves.flatMap((curve) => Array.from(curve).filter(Number.isFinite));
  const [least, most] = [Math.min(0, ...values), Math.max(...values)];
  const high = most > least ? most : least + 1;
  const end = times[times.length - 1] || 1e-9;
  const x = (time) => LEFT + time / end * (WIDTH - LEFT - RIGHT);
  const y = (value) => HEIGHT - BOTTOM - (value - least) / (high - least) * (HEIGHT - TOP - BOTTOM);
  const svg = svgElement("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": title });
  figure.append(svg);
  for (const value of ticks(least, high, 3)) {
    svg.append(svgElement("line", { class: "grid", x1: LEFT, x2: WIDTH - RIGHT, y1: y(value), y2: y(value) }));
    svg.append(
      svgElement("text", { class: "tick end", x: LEFT - 5, y: y(value) + 4 }, String(value).replace("-", "−"))
    );
  }
  svg.append(svgElement("text", { class: "tick end", x: WIDTH, y: HEIGHT - 5 }, "ns"));
  for (const time of ticks(0, end * 1e9, 6).filter((value) => x(value * 1e-9) < WIDTH - 44)) {
    svg.append(svgElement("text", { class: "tick middle", x: x(time * 1e-9), y: HEIGHT - 5 }, String(time)));
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
        style: `stroke:var(--dwmtj-${COLOURS[k % COLOURS.length]})`
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
  const { moments, neurons, full, charts } = about;
  let at = 0;
  function numbers() {
    const found = new Float64Array(bytes, at, moments);
    at += found.byteLength;
    return found;
  }
  function walls(count) {
    const found = new Uint8Array(bytes, at, moments * count);
    at += found.byteLength;
    return found;
  }
  const [times, energies, powers] = [numbers(), numbers(), numbers()];
  const curves = charts.flatMap(({ lines }) => lines.map(numbers));
  return { about, times, energies, powers, curves, somas: walls(neurons), axons: walls(full ? neurons ** 2 : neurons) };
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
function between(numbers, count, [moment, share], result) {
  const start = moment * count;
  const next = share > 0 ? start + count : start;
  for (let k = 0; k < count; k++) {
    const value = numbers[start + k] + share * (numbers[next + k] - numbers[start + k]);
    result[k] = result instanceof Uint8Array ? Math.round(value) : value;
  }
  return result;
}

// lib/canvas.js
var pixelRatio = () => window.devicePixelRatio || 1;
function contextOf(canvas, settings) {
  return (
    /** @type {CanvasRenderingContext2D} */
    canvas.getContext("2d", settings)
  );
}
function wantedSize({ clientWidth, clientHeight }) {
  const ratio = pixelRatio();
  return { width: Math.round(clientWidth * ratio), height: Math.round(clientHeight * ratio) };
}
function isResized(canvas) {
  const { width, height } = wantedSize(canvas);
  return canvas.width !== width || canvas.height !== height;
}

// film_page/walls.js
var [ON, OFF, WALL, GAP] = ["#f4b13d", "#244a78", "#ffffff", "#0d1b2e"];
var SOMA = { on: "#fff2c9", off: "#7fb2f0", wall: "#d6336c" };
var pixelOf = (colour) => {
  const [red, green, blue] = [1, 3, 5].map((k) => Number.parseInt(colour.slice(k, k + 2), 16));
  return (255 << 24 | blue << 16 | green << 8 | red) >>> 0;
};
function rowsOf(width, { on, off, wall }) {
  const thick = Math.max(1, Math.round(width / 5));
  return Array.from({ length: 256 }, (_none, level) => {
    const at = Math.round(level / 255 * width);
    const row = new Uint32Array(width).fill(pixelOf(off)).fill(pixelOf(on), 0, at);
    if (level > 0 && level < 255 && width > 2) {
      const left = Math.min(Math.max(Math.round(at - thick / 2), 0), width - thick);
      row.fill(pixelOf(wall), left, left + thick);
    }
    return row;
  });
}
function trackField(canvas, neurons) {
  const context = contextOf(canvas, { alpha: false });
  const shown = new Int16Array(neurons * neurons).fill(-1);
  let picture;
  let [cell, box] = [0, 0];
  let rows = [];
  function fit() {
    if (picture && !isResized(canvas)) return;
    cell = Math.max(1, Math.floor(wantedSize(canvas).width / neurons));
    box = cell >= 4 ? cell - Math.max(1, Math.round(cell / 6)) : cell;
    canvas.width = canvas.height = cell * neurons;
    picture = context.createImageData(canvas.width, canvas.height);
    new Uint32Array(picture.data.buffer).fill(pixelOf(GAP));
    rows = [rowsOf(box, { on: ON, off: OFF, wall: WALL }), rowsOf(cell, SOMA)];
    shown.fill(-1);
  }
  function draw(somas, axons) {
    fit();
    const pixels = new Uint32Array(picture.data.buffer);
    const width = picture.width;
    const alone = axons.length > neurons;
    for (let row = 0; row < neurons; row++) {
      for (let column = 0; column < neurons; column++) {
        const own = row === column;
        const index = row * neurons + column;
        const level = own ? somas[row] : axons[alone ? index : row];
        if (shown[index] === level) continue;
        shown[index] = level;
        const line = rows[own ? 1 : 0][level];
        const start = row * cell * width + column * cell;
        for (let y = 0; y < line.length; y++) pixels.set(line, start + y * width);
      }
    }
    context.putImageData(picture, 0, 0);
  }
  return draw;
}
function somaImage(canvas, columns) {
  const context = contextOf(canvas);
  const [on, off] = [ON, OFF].map((colour) => [1, 3, 5].map((k) => Number.parseInt(colour.slice(k, k + 2), 16)));
  return (somas) => {
    const side = Math.floor(canvas.width / columns);
    somas.forEach((level, k) => {
      const mixed = off.map((value, part) => Math.round(value + (on[part] - value) * level / 255));
      context.fillStyle = `rgb(${mixed.join(" ")})`;
      context.fillRect(k % columns * side, Math.floor(k / columns) * side, side - 1, side - 1);
    });
  };
}

// film_page/index.js
var SPEEDS = [1, 2, 5, 10, 20, 50];
var USUAL = 10;
var named = (id) => (
  /** @type {HTMLElement} */
  document.getElementById(id)
);
var fixed = (value, digits) => value.toFixed(digits).replace("-", "−");
function show(film2) {
  const { about, times } = film2;
  const end = times[times.length - 1];
  const [somas, axons] = [new Uint8Array(about.neurons), new Uint8Array(film2.axons.length / about.moments)];
  const one = new Float64Array(1);
  const drawTracks = trackField(
    /** @type {HTMLCanvasElement} */
    named("tracks"),
    about.neurons
  );
  const drawImage = about.columns ? somaImage(
    /** @type {HTMLCanvasElement} */
    named("image"),
    about.columns
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
  function words(time2) {
    if (time2 < about.loading) return tr("loading");
    return time2 < end ? tr("running") : about.outcome;
  }
  function draw() {
    const place = placeAt(times, time);
    drawTracks(between(film2.somas, somas.length, place, somas), between(film2.axons, axons.length, place, axons));
    drawImage(somas);
    for (const move of charts) move(time);
    named("time").textContent = `${fixed(time * 1e9, 2)} ns`;
    named("energy").textContent = `${fixed(between(film2.energies, 1, place, one)[0] * 1e9, 3)} nJ`;
    named("power").textContent = `${fixed(between(film2.powers, 1, place, one)[0] * 1e3, 2)} mW`;
    named("state").textContent = words(time);
    bar.value = String(time / (end || 1));
    bar.setAttribute("aria-valuetext", `${fixed(time * 1e9, 2)} ns`);
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
  addEventListener("resize", draw);
  draw();
  if (!matchMedia("(prefers-reduced-motion: reduce)").matches) set(true);
}
var film = document.getElementById("film");
if (film) {
  const { about, bytes } = JSON.parse(film.textContent ?? "");
  unpacked(bytes).then((content) => show(filmOf(about, content)));
}

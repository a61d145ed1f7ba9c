// A run as a page of its own: it plays without a server. labs/common/run/film_page.py writes the page around it.

import { element } from "../lib/dom.js";
import { fill, tr } from "../lib/i18n.js";
import { decimals } from "../lib/numbers.js";
import { Field } from "../lib/tracks.js";
import { timeChart } from "./charts.js";
import { between, filmOf, placeAt, unpacked } from "./film.js";
import { somaImage } from "./image.js";

const SPEEDS = [1, 2, 5, 10, 20, 50]; // nanoseconds of the device in a second
const USUAL = 10;

/** @param {string} id */
const named = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @param {import("./film.js").Film} film */
function show(film) {
  const { about, times } = film;
  const end = times[times.length - 1];
  const walls = new Uint8Array(film.walls.length / about.moments);
  const one = new Float64Array(1);
  const canvas = /** @type {HTMLCanvasElement} */ (named("tracks"));
  const field = new Field(canvas);
  const drawImage = about.columns
    ? somaImage(/** @type {HTMLCanvasElement} */ (named("image")), about)
    : () => undefined;
  const marks = about.marks.map(([time]) => time);
  let first = 0;
  const charts = about.charts.map((chart) => {
    const curves = film.curves.slice(first, first + chart.lines.length);
    first += chart.lines.length;
    return timeChart(named("charts"), chart, times, curves, marks);
  });
  const bar = /** @type {HTMLInputElement} */ (named("bar"));
  const press = /** @type {HTMLButtonElement} */ (named("play"));
  const speed = /** @type {HTMLSelectElement} */ (named("speed"));
  for (const value of SPEEDS) {
    element(speed, "option", "", {
      value: String(value),
      textContent: fill(tr("{number} ns per second"), { number: value }),
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
    field.show(between(film.walls, at, walls), about.whole);
    drawImage(walls);
    for (const move of charts) move(time);
    named("time").textContent = `${decimals(time * 1e9, 2)} ns`;
    named("energy").textContent = `${decimals(between(film.energies, at, one)[0] * 1e9, 3)} nJ`;
    named("power").textContent = `${decimals(between(film.powers, at, one)[0] * 1e3, 2)} mW`;
    named("state").textContent = words();
    bar.value = String(time / (end || 1));
    bar.setAttribute("aria-valuetext", `${decimals(time * 1e9, 2)} ns`);
  }

  /** @param {number} now milliseconds */
  function frame(now) {
    time = Math.min(time + ((now - before) / 1000) * Number(speed.value) * 1e-9, end);
    before = now;
    draw();
    if (time >= end) set(false);
    if (playing) request = requestAnimationFrame(frame);
  }

  /** @param {boolean} wanted */
  function set(wanted) {
    playing = wanted;
    press.textContent = playing ? tr("Pause") : tr("Play");
    cancelAnimationFrame(request);
    if (!playing) return;
    if (time >= end) time = 0;
    before = performance.now();
    request = requestAnimationFrame(frame);
  }

  /** @param {number} wanted seconds */
  function go(wanted) {
    set(false);
    time = Math.min(Math.max(wanted, 0), end);
    draw();
  }

  press.addEventListener("click", () => set(!playing));
  bar.addEventListener("input", () => go(Number(bar.value) * end));
  for (const button of document.querySelectorAll("[data-time]")) {
    button.addEventListener("click", () => go(Number(/** @type {HTMLElement} */ (button).dataset.time)));
  }
  function shape() {
    field.shape(about.neurons, /** @type {HTMLElement} */ (canvas.parentElement).clientWidth);
    draw();
  }
  addEventListener("resize", shape);
  shape();
  if (!matchMedia("(prefers-reduced-motion: reduce)").matches) set(true);
}

const film = document.getElementById("film");
if (film) {
  const { about, bytes } = JSON.parse(film.textContent ?? "");
  unpacked(bytes).then((content) => show(filmOf(about, content)));
}

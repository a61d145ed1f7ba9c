// The page's half of engine_modules.py: films parts by js/engine, and tells the best CPU times in ms.

import { readFileSync } from "node:fs";
import { film, partOf } from "../js/engine/film.js";
import { compiled, Engine } from "../js/engine/memory.js";

const FOLDER = new URL("../dwmtj_widgets/engine/modules/", import.meta.url);
const description = JSON.parse(readFileSync(new URL("engine.json", FOLDER), "utf8"));

const cpu = () => process.cpuUsage().user / 1e3;

async function measured({ timings, films, ...told }) {
  const begin = performance.now();
  const module = await compiled(readFileSync(new URL(`${told.module}.wasm`, FOLDER)));
  const compile = performance.now() - begin;
  const engine = new Engine(module, description, told.module);
  const part = partOf(engine, told);
  let { count } = film(engine, part);
  let best = Number.POSITIVE_INFINITY;
  for (let k = 0; k < timings; k += 1) {
    const start = cpu();
    for (let done = 0; done < films; done += 1) count = film(engine, part).count;
    best = Math.min(best, (cpu() - start) / films);
  }
  return { compile, film: best, frames: count };
}

const answers = [];
for (const told of JSON.parse(readFileSync(0, "utf8"))) answers.push(await measured(told));
process.stdout.write(JSON.stringify(answers));

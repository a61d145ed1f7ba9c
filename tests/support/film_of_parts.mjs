// Film parts as a page does (js/engine): parts as JSON on the standard input, their frames as JSON on the output.

import { readFileSync } from "node:fs";
import { chunks, partOf } from "../../js/engine/film.js";
import { compiled, Engine } from "../../js/engine/memory.js";

const ROOM = 40;
const FOLDER = new URL("../../dwmtj_widgets/engine/modules/", import.meta.url);
const description = JSON.parse(readFileSync(new URL("engine.json", FOLDER), "utf8"));
const modules = {};
for (const name of Object.keys(description.modules)) {
  modules[name] = await compiled(readFileSync(new URL(`${name}.wasm`, FOLDER)));
}

const encoded = (arrays) => Buffer.concat(arrays.map((each) => Buffer.from(each.buffer))).toString("base64");

function filmed(told) {
  const engine = new Engine(modules[told.module], description, told.module);
  const made = [...chunks(engine, partOf(engine, told), ROOM)];
  const answer = { statuses: made.map(({ status }) => status) };
  for (const name of ["time", "walls", "energies", "powers"]) answer[name] = encoded(made.map((chunk) => chunk[name]));
  return answer;
}

const parts = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(parts.map(filmed)));

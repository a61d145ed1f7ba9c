// Bundles js/NAME/index.js, for every folder that has one, into one readable module that Python gives to the page.
// `node build.js` writes the bundles; `node build.js --check` compares them with those that are there.

import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const BUNDLES = join(HERE, "..", "dwmtj_widgets", "widgets", "static", "bundles");
const NOTE = "// Made from js/ by `npm --prefix js run build`. Do not edit.";

/** The folders that have an index.js. */
async function widgets() {
  const folders = await readdir(HERE, { withFileTypes: true });
  const names = folders.filter((entry) => entry.isDirectory() && entry.name !== "node_modules").map(({ name }) => name);
  const files = await Promise.all(names.map((name) => readdir(join(HERE, name))));
  return names.filter((_, k) => files[k].includes("index.js")).sort();
}

/** The text of every bundle, by its path. */
async function bundled() {
  const names = await widgets();
  const { outputFiles } = await build({
    absWorkingDir: HERE,
    entryPoints: names.map((name) => ({ in: `./${name}/index.js`, out: name })),
    outdir: BUNDLES,
    bundle: true,
    format: "esm",
    target: "es2022",
    charset: "utf8",
    banner: { js: NOTE },
    logLevel: "warning",
    write: false,
  });
  return new Map(outputFiles.map(({ path, text }) => [path, text]));
}

/** The paths of the bundles that are there. */
async function present() {
  const files = await readdir(BUNDLES).catch((error) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  return files.map((name) => join(BUNDLES, name));
}

async function write(bundles) {
  await mkdir(BUNDLES, { recursive: true });
  for (const path of await present()) if (!bundles.has(path)) await rm(path);
  for (const [path, text] of bundles) await writeFile(path, text);
}

/** The bundles that are not what the modules say now. */
async function stale(bundles) {
  const there = await present();
  const isStale = async (path) => !there.includes(path) || (await readFile(path, "utf8")) !== bundles.get(path);
  const paths = [...new Set([...there, ...bundles.keys()])];
  const answers = await Promise.all(paths.map(isStale));
  return paths.filter((_, k) => answers[k]).map((path) => relative(process.cwd(), path));
}

const bundles = await bundled();
if (process.argv.includes("--check")) {
  const found = await stale(bundles);
  for (const path of found) console.error(`${path} is not what js/ says; run: npm --prefix js run build`);
  process.exitCode = found.length ? 1 : 0;
} else {
  await write(bundles);
}

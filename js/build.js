// Bundles js/NAME/index.js, for every folder that has one, into one readable module, which Python sends to the page.
// `node build.js` writes the bundles; `node build.js --check` compares them with the existing ones.

import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const PACKAGE = join(HERE, "..", "dwmtj_widgets");
const BUNDLES = join(PACKAGE, "widgets", "static", "bundles");
const PAGE = "page"; // the script of our server's pages, which is no widget
const PAGE_SCRIPT = join(PACKAGE, "server", "share", "jupyter", "voila", "templates", "dwmtj", "static", "dwmtj.js");
const COMMON = {
  absWorkingDir: HERE,
  bundle: true,
  target: "es2022",
  charset: "utf8",
  banner: { js: "// Made from js/ by `npm --prefix js run build`. Do not edit." },
  logLevel: "warning",
  write: false,
};

/** The folders of widgets: those that have an index.js. */
async function widgets() {
  const folders = await readdir(HERE, { withFileTypes: true });
  const names = folders.filter((entry) => entry.isDirectory() && entry.name !== "node_modules").map(({ name }) => name);
  const files = await Promise.all(names.map((name) => readdir(join(HERE, name))));
  return names.filter((name, k) => files[k].includes("index.js") && name !== PAGE).sort();
}

/** The text of every bundle, by its path. */
async function bundled() {
  const entryPoints = (await widgets()).map((name) => ({ in: `./${name}/index.js`, out: name }));
  const done = await Promise.all([
    build({ ...COMMON, entryPoints, outdir: BUNDLES, format: "esm" }),
    // A page has no modules before its kernel; index.html.j2 has the texts.
    build({
      ...COMMON,
      entryPoints: [`./${PAGE}/index.js`],
      outfile: PAGE_SCRIPT,
      format: "iife",
      define: { TEXTS: "DWMTJ_TEXTS" },
    }),
  ]);
  return new Map(done.flatMap(({ outputFiles }) => outputFiles).map(({ path, text }) => [path, text]));
}

/** The paths of the existing bundles. */
async function present() {
  await mkdir(BUNDLES, { recursive: true });
  return [...(await readdir(BUNDLES)).map((name) => join(BUNDLES, name)), PAGE_SCRIPT];
}

async function write(bundles) {
  for (const path of await present()) if (!bundles.has(path)) await rm(path);
  for (const [path, text] of bundles) await writeFile(path, text);
}

/** The text of a file, or null if there is none. */
const readIfThere = (path) =>
  readFile(path, "utf8").catch((error) => (error.code === "ENOENT" ? null : Promise.reject(error)));

/** The bundles that are not up to date. */
async function stale(bundles) {
  const paths = [...new Set([...(await present()), ...bundles.keys()])];
  const texts = await Promise.all(paths.map(readIfThere));
  return paths
    .filter((path, k) => texts[k] !== (bundles.get(path) ?? null))
    .map((path) => relative(process.cwd(), path));
}

const bundles = await bundled();
if (process.argv.includes("--check")) {
  const found = await stale(bundles);
  for (const path of found) console.error(`${path} is not what js/ says; run: npm --prefix js run build`);
  process.exitCode = found.length ? 1 : 0;
} else {
  await write(bundles);
}

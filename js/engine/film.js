// Key frames of a part of a run: {module, sizes, blocks, scalars, until}, as sent by source.py. The page
// interpolates linearly between them.

/** @typedef {import("./memory.js").Engine} Engine */

/** @type {("time" | "walls" | "energies" | "powers")[]} what a key frame has */
const NAMES = ["time", "walls", "energies", "powers"];

/**
 * A part from JSON (source.py, `as_json`).
 *
 * @param {Engine} engine has its module
 * @param {Omit<Part<string>, "until"> & { until: number | null }} part
 * @returns {Part<NumberArray>}
 */
export function partOf(engine, { blocks, until, ...rest }) {
  const arrays = Object.entries(blocks).map(([name, text]) => [name, engine.decoded(name, text)]);
  return { ...rest, blocks: Object.fromEntries(arrays), until: until ?? Number.POSITIVE_INFINITY };
}

/** Frames in one chunk. */
const ROOM = 256;

/**
 * Yield a part's key frames in chunks of at most `room`: {status, count, time, walls, energies, powers}, with copied
 * arrays. The status (engine.statuses) is RUNNING if more follow, REACHED if `until` is reached.
 *
 * @param {Engine} engine
 * @param {Part<NumberArray>} part
 * @param {number} room
 * @returns {Generator<Chunk>}
 */
export function* chunks(engine, { sizes, blocks, scalars, until }, room = ROOM) {
  engine.reserve({ ...sizes, F: room });
  for (const [name, values] of Object.entries(blocks)) engine.blocks[name].set(values);
  engine.call("place", scalars);
  for (;;) {
    const status = engine.call("film", { ...scalars, until });
    const count = Number(engine.blocks.frames_count[0]);
    const chunk = /** @type {Chunk} */ ({ status, count });
    for (const name of NAMES) {
      const block = engine.blocks[`frames_${name}`];
      chunk[name] = block.slice(0, (block.length / room) * count);
    }
    if (count || status === engine.statuses.BROKEN) yield chunk;
    if (status !== engine.statuses.RUNNING) return;
  }
}

/**
 * All key frames of a part in one chunk.
 *
 * @param {Engine} engine
 * @param {Part<NumberArray>} part
 * @param {number} room
 */
export function film(engine, part, room = ROOM) {
  const made = [...chunks(engine, part, room)];
  const { status } = made[made.length - 1];
  const whole = /** @type {Chunk} */ ({ status, count: made.reduce((sum, { count }) => sum + count, 0) });
  for (const name of NAMES) {
    /** @type {any[]} of one type */
    const pieces = made.map((chunk) => chunk[name]);
    const all = new pieces[0].constructor(pieces.reduce((sum, { length }) => sum + length, 0));
    let done = 0;
    for (const piece of pieces) {
      all.set(piece, done);
      done += piece.length;
    }
    whole[name] = all;
  }
  return whole;
}

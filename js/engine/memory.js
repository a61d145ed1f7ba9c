// A module of the engine: the numba kernels as WebAssembly, and its memory. Python describes the layout of the memory and
// the parameters of entries (dwmtj_widgets/engine/modules/engine.json); there are no offsets, shapes or physics here.

const ARRAYS = {
  float64: Float64Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
  int8: Int8Array,
  uint8: Uint8Array,
  bool: Uint8Array,
};
const PAGE = 65536;

/** @param {number} number @param {number} step */
const rounded = (number, step) => Math.ceil(number / step) * step;

/**
 * A length of a shape: a number, a size ("N"), or one more than a size ("N+1").
 *
 * @param {number | string} each
 * @param {Sizes} sizes
 */
function lengthOf(each, sizes) {
  if (typeof each === "number") return each;
  const [name, more] = each.split("+");
  return sizes[name] + Number(more ?? 0);
}

/** The bytes of base64. @param {string} text */
function bytesOf(text) {
  const letters = atob(text);
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
}

/** Compile a module once; it serves any number of engines. @param {BufferSource} bytes */
export const compiled = (bytes) => WebAssembly.compile(bytes);

/** Kernels and their blocks. */
export class Engine {
  /**
   * @param {WebAssembly.Module} module
   * @param {EngineDescription} description engine.json
   * @param {string} name the module's in it
   */
  constructor(module, description, name) {
    this.layout = description.modules[name];
    this.alignment = description.alignment;
    this.statuses = description.statuses;
    /** @type {any} */
    this.exports = new WebAssembly.Instance(module, {}).exports;
    /** @type {Sizes} */
    this.sizes = {};
    /** @type {Record<string, any>} arrays of the types that the description tells */
    this.blocks = {};
  }

  /**
   * Lay out the blocks for these sizes, all zero. Arrays returned earlier become invalid.
   *
   * @param {Sizes} sizes
   */
  reserve(sizes) {
    const { exports, layout } = this;
    this.sizes = sizes;
    /** @type {Record<string, { start: number, length: number, make: any }>} */
    const places = {};
    let end = exports.__heap_base.value;
    for (const [name, { type, shape }] of Object.entries(layout.blocks)) {
      const length = shape.map((each) => lengthOf(each, sizes)).reduce((product, each) => product * each, 1);
      places[name] = { start: rounded(end, this.alignment), length, make: ARRAYS[type] };
      end = places[name].start + length * places[name].make.BYTES_PER_ELEMENT;
    }
    const missing = end - exports.memory.buffer.byteLength;
    if (missing > 0) exports.memory.grow(Math.ceil(missing / PAGE));
    for (const [name, { start, length, make }] of Object.entries(places)) {
      this.blocks[name] = new make(exports.memory.buffer, start, length).fill(make.name.startsWith("Big") ? 0n : 0);
    }
  }

  /**
   * An array for a block, from its bytes as base64.
   *
   * @param {string} name
   * @param {string} text
   */
  decoded(name, text) {
    return new ARRAYS[this.layout.blocks[name].type](bytesOf(text).buffer);
  }

  /**
   * Call an entry with its scalars by name; returns its status.
   *
   * @param {string} entry
   * @param {Record<string, number>} scalars
   * @returns {number}
   */
  call(entry, scalars = {}) {
    const values = this.layout.entries[entry].map(([name, kind]) => {
      if (kind === "block") return this.blocks[name].byteOffset;
      const value = kind === "size" ? this.sizes[name] : scalars[name];
      if (value === undefined) throw new Error(`${entry} lacks ${name}`);
      return Number(value);
    });
    return this.exports[entry](...values);
  }
}

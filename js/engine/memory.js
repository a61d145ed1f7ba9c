// A module of the engine: the numba kernels as WebAssembly, and its memory. What lies where, and what an entry takes, is
// told by Python (dwmtj_widgets/engine/modules/engine.json); no offset, no shape and no physics is written here.

const ARRAYS = {
  float64: Float64Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
  int8: Int8Array,
  uint8: Uint8Array,
  bool: Uint8Array,
};
const PAGE = 65536;

const rounded = (number, step) => Math.ceil(number / step) * step;

/** A length of a shape: a number, a size ("N"), or one more than a size ("N+1"). */
function lengthOf(each, sizes) {
  if (typeof each === "number") return each;
  const [name, more] = each.split("+");
  return sizes[name] + Number(more ?? 0);
}

/** The bytes of base64. */
function bytesOf(text) {
  const letters = atob(text);
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
}

/** Compile a module once; it serves any number of engines. */
export const compiled = (bytes) => WebAssembly.compile(bytes);

/** Kernels on blocks of their own. `description` is engine.json, `name` the module's in it. */
export class Engine {
  constructor(module, description, name) {
    this.told = description.modules[name];
    this.alignment = description.alignment;
    this.statuses = description.statuses;
    this.exports = new WebAssembly.Instance(module, {}).exports;
    this.blocks = {};
  }

  /** Lay out the blocks for these sizes, all zero. Arrays that were handed out before are of no use any more. */
  reserve(sizes) {
    const { exports, told } = this;
    this.sizes = sizes;
    const places = {};
    let end = exports.__heap_base.value;
    for (const [name, { type, shape }] of Object.entries(told.blocks)) {
      const length = shape.reduce((product, each) => product * lengthOf(each, sizes), 1);
      places[name] = { start: rounded(end, this.alignment), length, make: ARRAYS[type] };
      end = places[name].start + length * places[name].make.BYTES_PER_ELEMENT;
    }
    const missing = end - exports.memory.buffer.byteLength;
    if (missing > 0) exports.memory.grow(Math.ceil(missing / PAGE));
    for (const [name, { start, length, make }] of Object.entries(places)) {
      this.blocks[name] = new make(exports.memory.buffer, start, length).fill(make.name.startsWith("Big") ? 0n : 0);
    }
  }

  /** An array for a block, from its bytes as base64. */
  decoded(name, text) {
    return new ARRAYS[this.told.blocks[name].type](bytesOf(text).buffer);
  }

  /** Call an entry with its scalars by name; returns its status. */
  call(entry, scalars = {}) {
    const values = this.told.entries[entry].map(([name, kind]) => {
      if (kind === "block") return this.blocks[name].byteOffset;
      const value = kind === "size" ? this.sizes[name] : scalars[name];
      if (value === undefined) throw new Error(`${entry} was not told ${name}`);
      return Number(value);
    });
    return this.exports[entry](...values);
  }
}

// What Python tells of the engine (dwmtj_widgets/engine/modules/engine.json, source.py); for the type check alone.

type NumberArray = Float64Array | BigInt64Array | BigUint64Array | Int8Array | Uint8Array;

/** Names of the sizes and how large they are. */
type Sizes = Record<string, number>;

interface Block {
  type: "float64" | "int64" | "uint64" | "int8" | "uint8" | "bool";
  shape: (number | string)[];
}

interface ModuleDescription {
  blocks: Record<string, Block>;
  entries: Record<string, [name: string, kind: string][]>;
}

interface EngineDescription {
  modules: Record<string, ModuleDescription>;
  alignment: number;
  statuses: Record<string, number>;
}

/** A part of a run; `Values` is how its blocks are written. */
interface Part<Values> {
  sizes: Sizes;
  blocks: Record<string, Values>;
  scalars: Record<string, number>;
  until: number;
}

/** Key frames, as the kernels make them. */
interface Chunk {
  status: number;
  count: number;
  time: NumberArray;
  walls: NumberArray;
  energies: NumberArray;
  powers: NumberArray;
}

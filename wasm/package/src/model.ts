import { checkedMatrix, checkedNumberOfEach, checkedNumbers, type Matrix, type MatrixLike, type Numbers, type Tensor } from './arrays.js'
import { camelKeys } from './options.js'
import { Held } from './held.js'
import { modelBytes } from './model_file.js'
import type { Core, ModelHandle } from './wasm/cellmnn.js'

/** What a model is and where it comes from. */
export interface ModelInfo {
  /** D, the dimensions of a cell. */
  readonly dims: number
  /** How the network gives A. */
  readonly operator: 'dense' | 'eigen'
  /** Whether dx/dt = A x + b, or A x alone. */
  readonly affine: boolean
  /** Units of a hidden layer. */
  readonly width: number
  /** Hidden layers. */
  readonly depth: number
  /** Eigenvalues held at zero. */
  readonly zeroEigenvalues: number
  /** Smooth bound of |A|, per unit of the model's time; 0 is none. */
  readonly operatorBound: number
  /** The range of the training times. A prediction outside of it is an extrapolation. */
  readonly firstTime: number
  readonly lastTime: number
  /** Names of the genes, or none. */
  readonly genes: readonly string[]
  /** What the file says about its origin: version, seed, options, data. */
  readonly provenance: Readonly<Record<string, unknown>>
}

/**
 * A trained Cell-MNN. Every cell x, measured at time t, has a local linear equation dx/dt = A x + b with A and b
 * of its own; its path is the solution.
 *
 * All cells and times are in the user's own units. `cells` are (N, D) coordinates, `t` the time at which they
 * were measured: one number for all, or one for each. Column vectors: the row of A is the target, the column the
 * source.
 */
export class Model extends Held<ModelHandle> {
  readonly info: ModelInfo
  readonly #core: Core
  readonly #metadata: Record<string, string>

  /** @internal */
  constructor(core: Core, handle: ModelHandle, metadata: Record<string, string>) {
    super(handle, 'model')
    this.#core = core
    this.#metadata = metadata
    const { config, time, genes } = core._modelParts(handle)
    this.info = Object.freeze({
      ...(camelKeys(config) as Pick<ModelInfo, 'dims' | 'operator' | 'affine' | 'width' | 'depth' | 'zeroEigenvalues' | 'operatorBound'>),
      firstTime: time.first,
      lastTime: time.last,
      genes: genes?.names ?? [],
      provenance: JSON.parse(metadata.provenance ?? '{}') as Record<string, unknown>,
    })
  }

  /**
   * Where the cells are at each of `times` (T), past or future: (T, N, D). Throws `numerical` where a prediction
   * is absurdly far from the training cells.
   */
  predict(cells: MatrixLike, t: Numbers, times: Numbers): Tensor {
    const x = checkedMatrix(cells, 'cells')
    return this.#core._predict(this.handle, x, checkedNumberOfEach(t, x.shape[0], 't'), checkedNumbers(times, 'times'))
  }

  /** dx/dt of each cell at its own time, per unit of time: (N, D). */
  velocity(cells: MatrixLike, t: Numbers): Matrix {
    const x = checkedMatrix(cells, 'cells')
    return this.#core._velocity(this.handle, x, checkedNumberOfEach(t, x.shape[0], 't'))
  }

  /** A of each cell, in whitened coordinates and per unit of time: (N, D, D). */
  operatorAt(cells: MatrixLike, t: Numbers): Tensor {
    const x = checkedMatrix(cells, 'cells')
    return this.#core._operators(this.handle, x, checkedNumberOfEach(t, x.shape[0], 't'))
  }

  /** The eigenvalues of A of each cell, by descending real part: (N, D, 2), real and imaginary part. */
  eigenvalues(cells: MatrixLike, t: Numbers): Tensor {
    const x = checkedMatrix(cells, 'cells')
    return this.#core._eigenvalues(this.handle, x, checkedNumberOfEach(t, x.shape[0], 't'))
  }

  /** The bytes of the model's file, which the program `cellmnn` and every other reader of safetensors take. */
  toBytes(): Uint8Array {
    return modelBytes({ parts: this.#core._modelParts(this.handle), metadata: this.#metadata }, this.#core)
  }

  /** @internal */
  get coreHandle(): ModelHandle {
    return this.handle
  }
}

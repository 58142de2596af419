import {
  checkedMatrix,
  checkedNumber,
  checkedNumberOfEach,
  checkedNumbers,
  type Matrix,
  type MatrixLike,
  type Numbers,
  type Tensor,
} from './arrays.js'
import { usage } from './errors.js'
import { camelKeys, checkNames } from './options.js'
import { Held } from './held.js'
import { modelBytes } from './model_file.js'
import type { Core, ModelHandle } from './wasm/cellmnn.js'

const MOST_INTERACTIONS = 1_000_000

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
  /** All of the training times, ascending. At each of them a moving cell gets a new operator. */
  readonly trainingTimes: readonly number[]
  /** Names of the genes, or none. */
  readonly genes: readonly string[]
  /** What the file says about its origin: version, seed, options, data. */
  readonly provenance: Readonly<Record<string, unknown>>
}

/** The mean effect of one gene on another, over some cells. */
export interface Interaction {
  regulator: string
  target: string
  /**
   * The rate of the target's expression minus what it would be were the regulator absent, to first order and per
   * unit of time: above 0 it activates.
   */
  effect: number
}

/** Options of {@link Model.interactions}. */
export interface InteractionOptions {
  /** How many, the strongest first; 100 if not given. */
  top?: number
  /** Only the effects of these genes. */
  regulators?: readonly string[]
  /** A rate of decay, per unit of time, that all genes share and that is no interaction; 0 if not given. */
  degradation?: number
}

/** Options of {@link Model.perturb}: new expression = factor x old + plus. */
export interface PerturbOptions {
  gene: string
  /** 0 if not given, which with no `plus` is a knock-out; 2 doubles. */
  factor?: number
  /** 0 if not given. */
  plus?: number
  /** When to look, as in {@link Model.predict}. */
  times: Numbers
}

/** What a change of a gene does. */
export interface Perturbation {
  /** (T, N, D): predictions of the cells as they are. */
  unchanged: Tensor
  /** (T, N, D): predictions of the changed cells. */
  changed: Tensor
  /** At each time, how far apart the two are. */
  shifts: {
    time: number
    /** (D): the mean displacement. */
    mean: Float64Array
    /** Its length: how far the population moves. */
    ofMean: number
    /** The root mean square displacement of a cell. */
    ofCells: number
    /** (G): the mean change of each gene's expression. */
    genes: Float64Array
  }[]
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
      ...(camelKeys(config) as Pick<
        ModelInfo,
        'dims' | 'operator' | 'affine' | 'width' | 'depth' | 'zeroEigenvalues' | 'operatorBound'
      >),
      firstTime: time.first,
      lastTime: time.last,
      trainingTimes: time.training,
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

  /**
   * Which gene acts on which: the strongest mean effects over the cells. The model needs genes with loadings and
   * means. That an effect is strong does not prove that it is causal.
   */
  interactions(cells: MatrixLike, t: Numbers, options: InteractionOptions = {}): Interaction[] {
    checkNames(options, ['top', 'regulators', 'degradation'], 'options of interactions()')
    const { top = 100, regulators, degradation = 0 } = options
    if (!Number.isInteger(top) || top < 1 || top > MOST_INTERACTIONS)
      throw usage(`top is ${String(top)}: expected a whole number from 1 to ${MOST_INTERACTIONS}`)
    if (
      regulators !== undefined &&
      !(Array.isArray(regulators) && regulators.every((name) => typeof name === 'string'))
    ) {
      throw usage('regulators is not a list of names')
    }
    const x = checkedMatrix(cells, 'cells')
    const own = checkedNumberOfEach(t, x.shape[0], 't')
    return this.#core._interactions(
      this.handle,
      x,
      own,
      regulators && [...regulators],
      top,
      checkedNumber(degradation, 'degradation'),
    )
  }

  /**
   * What the model predicts for the same cells with one gene changed: knocked out, set to a level, or multiplied.
   * The change is made once, at the cells' own times. Only the part that the loadings carry is seen.
   */
  perturb(cells: MatrixLike, t: Numbers, options: PerturbOptions): Perturbation {
    checkNames(options, ['gene', 'factor', 'plus', 'times'], 'options of perturb()')
    const { gene, factor = 0, plus = 0, times } = options ?? {}
    if (typeof gene !== 'string') throw usage('perturb() needs the name of a gene: { gene, times }')
    const x = checkedMatrix(cells, 'cells')
    return this.#core._perturb(
      this.handle,
      x,
      checkedNumberOfEach(t, x.shape[0], 't'),
      gene,
      checkedNumber(factor, 'factor'),
      checkedNumber(plus, 'plus'),
      checkedNumbers(times, 'times'),
    )
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

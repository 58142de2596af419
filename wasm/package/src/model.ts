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
import { badInput, usage } from './errors.js'
import { camelKeys, checkNames } from './options.js'
import { Held } from './held.js'
import { knownData, namesOf, unitName, WAYS_OUT, type ReadTimeCourse, type TimesOfUnit } from './known_data.js'
import { modelBytes } from './model_file.js'
import {
  CHANGE,
  checkedChange,
  type GeneChange,
  type Perturbation,
  type PerturbationReport,
  type PerturbationReportOptions,
  type PerturbOptions,
} from './perturbation.js'
import { checkedPopulationOptions, type Population, type PopulationOptions } from './population.js'
import { checkedTimeCourse, type TimeCourseLike } from './time_course.js'
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
  /** Whether it has a second network, of the mirrored time course, so that {@link Model.population} has an answer. */
  readonly twoSided: boolean
  /** Whether cells grow and shrink on their way, so that {@link Model.weights} has an answer. */
  readonly mass: boolean
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
  /**
   * A rate of decay, per unit of time, that all genes share and that is no interaction. If not given it is 4 in the
   * mean gap between training times, as in `cellmnn network`; 0 is the operator as it is.
   */
  degradation?: number
}

/** Options of {@link Model.predict}. */
export interface PredictOptions {
  /** What becomes of cells that go absurdly far from the training cells: an error ('refuse', if not given), or NaN. */
  farAway?: 'refuse' | 'nan'
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
    const { config, time, genes, reversed } = core._modelParts(handle)
    this.info = Object.freeze({
      ...(camelKeys(config) as Pick<
        ModelInfo,
        'dims' | 'operator' | 'affine' | 'width' | 'depth' | 'zeroEigenvalues' | 'operatorBound'
      >),
      firstTime: time.first,
      lastTime: time.last,
      trainingTimes: time.training,
      twoSided: reversed !== undefined,
      mass: config.mass === true,
      genes: genes?.names ?? [],
      provenance: JSON.parse(metadata.provenance ?? '{}') as Record<string, unknown>,
    })
  }

  /**
   * Where the cells are at each of `times` (T), past or future: (T, N, D). Throws `numerical` where a prediction
   * is absurdly far from the training cells, unless `farAway` is 'nan'.
   */
  predict(cells: MatrixLike, t: Numbers, times: Numbers, options: PredictOptions = {}): Tensor {
    checkNames(options, ['farAway'], 'options of predict()')
    const { farAway = 'refuse' } = options
    if (farAway !== 'refuse' && farAway !== 'nan')
      throw usage(`farAway is '${String(farAway)}': expected 'refuse' or 'nan'`)
    const x = checkedMatrix(cells, 'cells')
    const own = checkedNumberOfEach(t, x.shape[0], 't')
    return this.#core._predict(this.handle, x, own, checkedNumbers(times, 'times'), farAway === 'nan')
  }

  /**
   * How much each of the cells counts at each of `times` (T): (T, N). At each time the weights of the cells that have
   * their own time in common sum to 1, so ask for all cells of a snapshot at once. The model must have mass.
   */
  weights(cells: MatrixLike, t: Numbers, times: Numbers): Matrix {
    if (!this.info.mass)
      throw badInput('the model has no mass, so that all cells count the same: train it with cellmnn train --mass yes')
    const x = checkedMatrix(cells, 'cells')
    return this.#core._weights(this.handle, x, checkedNumberOfEach(t, x.shape[0], 't'), checkedNumbers(times, 'times'))
  }

  /**
   * How the data differ from those of the model's training, in genes, loadings, unit, labels, times or coordinates,
   * with a way out; undefined if they do not. What a file does not say is no difference.
   */
  dataDifference(data: ReadTimeCourse): string | undefined {
    const known = knownData(this.#metadata)
    const found = this.#core._dataDifference(this.handle, known, checkedTimeCourse(data), namesOf(data))
    return found && `${found.clause}: ${WAYS_OUT[found.part]!}`
  }

  /**
   * Times of a `unit` in the unit of the model's training: 36 'h' are 1.5 'd'. Undefined if both are the same, or one
   * is no known unit of time.
   */
  timesInItsUnit(times: Numbers, unit: string): TimesOfUnit | undefined {
    const { timeUnit } = knownData(this.#metadata)
    const converted = this.#core._convertedTimes(this.handle, checkedNumbers(times, 'times'), unitName(unit), timeUnit)
    return converted && { unit: timeUnit, times: converted }
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
   * All cells at a time, as points with weights: between two snapshots from both of them, by both networks; at
   * training times and outside of them by the forward network alone. The model must have two sides. Only snapshots
   * at training times are used, and those next to the time are needed.
   */
  population(data: TimeCourseLike, time: number, options: PopulationOptions = {}): Population {
    const { pool, spread, bend, bridge, seed } = checkedPopulationOptions(options)
    const at = checkedNumber(time, 'time')
    return this.#core._population(this.handle, checkedTimeCourse(data), at, pool, spread, bend, bridge, seed)
  }

  /**
   * Which gene acts on which: the strongest mean effects over the cells. The model needs genes with loadings and
   * means. That an effect is strong does not prove that it is causal.
   */
  interactions(cells: MatrixLike, t: Numbers, options: InteractionOptions = {}): Interaction[] {
    checkNames(options, ['top', 'regulators', 'degradation'], 'options of interactions()')
    const { top = 100, regulators, degradation } = options
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
      degradation === undefined ? undefined : checkedNumber(degradation, 'degradation'),
    )
  }

  /** The cells with one gene changed, at their own times: only the part of the change that the loadings carry. */
  changedCells(cells: MatrixLike, change: GeneChange): Matrix {
    checkNames(change, CHANGE, 'options of changedCells()')
    const { gene, factor, plus } = checkedChange(change, 'changedCells()')
    return this.#core._changedCells(this.handle, checkedMatrix(cells, 'cells'), gene, factor, plus)
  }

  /** Controls of a change: the genes most like this one in loadings and mean expression in the cells. */
  similarGenes(cells: MatrixLike, gene: string, count = 50): string[] {
    if (typeof gene !== 'string') throw usage('similarGenes() needs the name of a gene')
    if (!Number.isInteger(count) || count < 0) throw usage(`count is ${String(count)}: expected a whole number from 0`)
    return this.#core._similarGenes(this.handle, checkedMatrix(cells, 'cells'), gene, count)
  }

  /**
   * What the model predicts for the same cells with one gene changed: knocked out, set to a level, or multiplied.
   * The change is made once, at the cells' own times. Only the part that the loadings carry is seen.
   */
  perturb(cells: MatrixLike, t: Numbers, options: PerturbOptions): Perturbation {
    checkNames(options, [...CHANGE, 'times'], 'options of perturb()')
    const change = checkedChange(options, 'perturb()')
    const x = checkedMatrix(cells, 'cells')
    const own = checkedNumberOfEach(t, x.shape[0], 't')
    const times = checkedNumbers(options.times, 'times')
    return { unchanged: this.predict(x, own, times), changed: this.predict(this.changedCells(x, change), own, times) }
  }

  /** The same change beside that of similar genes, at one time: what `cellmnn perturb` prints. */
  perturbationReport(cells: MatrixLike, t: Numbers, options: PerturbationReportOptions): PerturbationReport {
    checkNames(options, [...CHANGE, 'time', 'controls', 'w1'], 'options of perturbationReport()')
    const { gene, factor, plus } = checkedChange(options, 'perturbationReport()')
    const { time, controls = 50, w1 = true } = options
    if (!Number.isInteger(controls) || controls < 0)
      throw usage(`controls is ${String(controls)}: expected a whole number from 0`)
    const x = checkedMatrix(cells, 'cells')
    const own = checkedNumberOfEach(t, x.shape[0], 't')
    const at = checkedNumber(time, 'time')
    return this.#core._perturbationReport(this.handle, x, own, gene, factor, plus, at, controls, w1)
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

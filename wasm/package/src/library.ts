import { checkedMatrix, checkedBytes, checkedNumber, type Matrix, type MatrixLike, type Tensor } from './arrays.js'
import { usage } from './errors.js'
import { namesOf, type ReadTimeCourse } from './known_data.js'
import { Model } from './model.js'
import { parseModel } from './model_file.js'
import { camelKeys, checkNames, withDefaults, type SimulateOptions, type TrainOptions } from './options.js'
import { simulatedSmall, type SmallSimulation, type SmallSystemOptions } from './small_systems.js'
import { checkedTimeCourse, type TimeCourse, type TimeCourseLike } from './time_course.js'
import { Trainer } from './trainer.js'
import type { Core, CoreScore } from './wasm/cellmnn.js'

/** How near a prediction came to the cells measured at a time; lower is better. */
export interface Score {
  method: string
  time: number
  /** The exact Wasserstein distance, in coordinates whitened by all cells. */
  w1: number
  /** The lowest and the highest of several halvings of the noise floor; of all others both are `w1`. */
  w1Range: readonly [low: number, high: number]
  /** The squared maximum mean discrepancy, Laplace kernel. */
  mmd: number
}

/** Principal components of a matrix (N, G). */
export interface PrincipalComponents {
  /** (N, D) centred coordinates. */
  scores: Matrix
  /** (G, D) orthonormal columns; the entry of largest size is positive in each. */
  loadings: Matrix
  /** (G) */
  mean: Float32Array
  /** (D) of the scores, descending, with divisor N. */
  variance: Float64Array
}

/** A simulated differentiation with a known gene network. */
export interface Simulation {
  data: TimeCourse
  /** The true edges: `source` regulates `target` (places in `data.genes.names`); sign 1 activates, -1 represses. */
  network: { source: number; target: number; sign: number; strength: number }[]
  /** Per snapshot, per cell: 0 undecided, 1 or 2. */
  fates: number[][]
  pathTimes: number[]
  /** (paths, times, genes): the true expression along each path. */
  paths: Tensor
}

/**
 * The library: what {@link loadCellMnn} returns.
 *
 * Arrays that are given are copied, arrays that are returned belong to the caller. Everything runs on the thread
 * that calls; `cellmnn/worker` offers the same as promises, in workers.
 */
export class CellMnn {
  readonly #core: Core

  /** @internal */
  constructor(core: Core) {
    this.#core = core
  }

  /** A model from the bytes of its file. Throws `bad-input` for a file that is damaged or of another format. */
  loadModel(bytes: ArrayBuffer | ArrayBufferView): Model {
    const { parts, metadata } = parseModel(checkedBytes(bytes, 'the model'), this.#core)
    const { genes } = parts
    const handle = this.#core._loadModel({
      ...parts,
      genes: genes && {
        names: genes.names,
        loadings: { data: genes.loadings.data, shape: [...genes.loadings.shape] },
        mean: genes.mean,
      },
    })
    return new Model(this.#core, handle, metadata)
  }

  /** A training on these data, at its start. */
  createTrainer(data: ReadTimeCourse, options?: TrainOptions): Trainer {
    const checked = checkedTimeCourse(data)
    const dims = checked.snapshots[0]?.cells.shape[1]
    return new Trainer(this.#core, checked, namesOf(data), this.#trainOptions(options, dims))
  }

  /** All options of a training with the values they take. */
  trainOptions(options?: TrainOptions): Required<Omit<TrainOptions, 'preset'>> {
    return camelKeys(offered(this.#trainOptions(options))) as Required<Omit<TrainOptions, 'preset'>>
  }

  #trainOptions(options?: TrainOptions, dims?: number) {
    checkNames(
      options,
      ['preset', ...Object.keys(camelKeys(offered(this.#core._trainOptions('default'))))],
      'options of a training',
    )
    const { preset = 'default', ...given } = options ?? {}
    if (preset !== 'default' && preset !== 'paper')
      throw usage(`preset is '${String(preset)}': expected 'default' or 'paper'`)
    const defaults = this.#core._trainOptions(preset)
    return {
      ...defaults,
      ...withDefaults(offered(defaults), given, 'options of a training'),
      dims: dims ?? defaults.dims,
    }
  }

  /**
   * The score of a model's prediction of the snapshot at `time`, moved there from the snapshot before it. It is a
   * test only if the model was trained without that snapshot.
   */
  scoreModel(model: Model, data: TimeCourseLike, time: number): Score {
    return scoreOf(this.#core._scoreModel(heldModel(model), checkedTimeCourse(data), checkedNumber(time, 'time')))
  }

  /**
   * The score of a model with two sides: of all cells at `time` as {@link Model.population} says. Undefined where the
   * time is one of the model's training, or not between two of these. Throws `bad-input` for a model with one side.
   */
  scorePopulation(model: Model, data: TimeCourseLike, time: number): Score | undefined {
    const score = this.#core._scorePopulation(heldModel(model), checkedTimeCourse(data), checkedNumber(time, 'time'))
    return score && scoreOf(score)
  }

  /** What {@link scoreMethod} takes as methods. */
  get methods(): string[] {
    return this.#core._methodNames()
  }

  /**
   * The score of a simple method, which predicts the snapshot at `time` from its neighbours: what a model has to
   * beat. `previous`, `next` and `mixture` take the neighbours as they are, `ot-interpolate` moves them along the
   * exact transport plan, and `noise-floor` is one half of the measured cells against the other, as a mean over
   * several halvings: what chance alone makes of equal distributions. Halves have fewer cells, which are further
   * apart, so a good model may score lower.
   */
  scoreMethod(method: string, data: TimeCourseLike, time: number): Score {
    if (typeof method !== 'string')
      throw usage(`the method is a ${typeof method}: expected one of ${this.methods.join(', ')}`)
    return scoreOf(this.#core._scoreMethod(checkedTimeCourse(data), checkedNumber(time, 'time'), method))
  }

  /**
   * The exact Wasserstein distance between two sets of points (n, D) and (m, D), in the unit of the coordinates.
   * Order 1 is the least mean distance, order 2 the root of the least mean squared distance.
   */
  wasserstein(a: MatrixLike, b: MatrixLike, options: { order?: 1 | 2 } = {}): number {
    checkNames(options, ['order'], 'options of wasserstein()')
    const { order = 1 } = options
    if (order !== 1 && order !== 2) throw usage(`order is ${String(order)}: expected 1 or 2`)
    return this.#core._wasserstein(checkedMatrix(a, 'a'), checkedMatrix(b, 'b'), order)
  }

  /** The squared maximum mean discrepancy between two sets of points, with the Laplace kernel of the training. */
  mmd(a: MatrixLike, b: MatrixLike, options: { sigma?: number } = {}): number {
    checkNames(options, ['sigma'], 'options of mmd()')
    const { sigma = 1 } = options
    if (!(checkedNumber(sigma, 'sigma') > 0)) throw usage(`sigma is ${sigma}: expected a number above 0`)
    return this.#core._mmd(checkedMatrix(a, 'a'), checkedMatrix(b, 'b'), sigma)
  }

  /** The first `dims` principal components of a small matrix (N, G), up to a few thousand columns. */
  principalComponents(matrix: MatrixLike, dims: number): PrincipalComponents {
    if (!Number.isInteger(dims) || dims < 1) throw usage(`dims is ${String(dims)}: expected a whole number from 1`)
    return this.#core._principalComponents(checkedMatrix(matrix, 'the matrix'), dims)
  }

  /** A simulated differentiation with a known gene network: data to try things with. */
  simulate(options?: SimulateOptions): Simulation {
    return this.#core._simulate(withDefaults(this.#core._simulateOptions(), options, 'options of simulate()'))
  }

  /** Cells of a small system of genes whose truth is known: for lessons. It takes milliseconds. */
  simulateSmall(options: SmallSystemOptions): SmallSimulation {
    return simulatedSmall(this.#core, options)
  }

  /** Models and trainers that have not been disposed of. */
  get liveHandles(): number {
    return this.#core._liveHandles()
  }

  /** What the module was compiled for: `wasm-simd128`. */
  get instructionSet(): string {
    return this.#core._instructionSet()
  }
}

function heldModel(model: Model) {
  if (!(model instanceof Model)) throw usage('the model to score is not a Model')
  return model.coreHandle
}

const scoreOf = ({ low, high, ...score }: CoreScore): Score => ({ ...score, w1Range: [low, high] })

/** Without what is no choice here: the data have dimensions of their own, and there is one data set. */
const offered = ({ dims: _dims, set_embedding: _embedding, ...options }: Record<string, unknown>) => options

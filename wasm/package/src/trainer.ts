import { checkedNumber } from './arrays.js'
import { usage } from './errors.js'
import { Held } from './held.js'
import { dataProvenance, type CheckedNames, type DataProvenance } from './known_data.js'
import { Model } from './model.js'
import { metadataOf } from './model_file.js'
import { checkNames, type CoreOptions } from './options.js'
import type { CheckedTimeCourse } from './time_course.js'
import type { Core, TrainerHandle } from './wasm/cellmnn.js'

/** How far a training is. */
export interface Progress {
  /** Steps done. */
  step: number
  /** The loss of the last step, and its parts: total = mmd + lambdaKinetic x kinetic (+ det, for `eigen`). */
  loss: { total: number; mmd: number; kinetic: number; det: number }
  /** Whether all steps are done. */
  done: boolean
}

/** How much {@link Trainer.run} does at once; without either, all that is left. */
export interface RunOptions {
  /** Stop after this time, in milliseconds; at least one step is done. 30 keeps a page alive. */
  budgetMs?: number
  /** Stop after this many steps. */
  steps?: number
}

/**
 * Trains a model, a bit at a time. The same data, options and seed give the same model, however the steps are
 * divided between calls of {@link run}.
 */
export class Trainer extends Held<TrainerHandle> {
  readonly #core: Core
  readonly #data: DataProvenance
  readonly #options: CoreOptions
  #progress: Progress | undefined

  /** @internal */
  constructor(core: Core, data: CheckedTimeCourse, names: CheckedNames, options: CoreOptions) {
    super(core._createTrainer(data, options), 'trainer')
    this.#core = core
    this.#data = dataProvenance(data, names)
    this.#options = options
  }

  /** Steps done. */
  get step(): number {
    return this.#progress?.step ?? 0
  }

  /** Whether all steps are done. */
  get done(): boolean {
    return this.#progress?.done ?? false
  }

  /** Trains on. Throws `numerical` if the loss is no longer finite, and `usage` if all steps were done. */
  run(options: RunOptions = {}): Progress {
    checkNames(options, ['budgetMs', 'steps'], 'options of run()')
    const { budgetMs = Infinity, steps = Infinity } = options
    if (budgetMs !== Infinity && checkedNumber(budgetMs, 'budgetMs') < 0)
      throw usage(`budgetMs is ${budgetMs}: expected 0 or more`)
    if (steps !== Infinity && !(checkedNumber(steps, 'steps') >= 1))
      throw usage(`steps is ${steps}: expected 1 or more`)
    this.#progress = this.#core._run(this.handle, budgetMs, steps)
    return this.#progress
  }

  /** The model as it is now; training can go on. */
  model(): Model {
    const handle = this.#core._trainedModel(this.handle)
    return new Model(
      this.#core,
      handle,
      metadataOf(this.#core._modelParts(handle), {
        seed: this.#options.seed,
        options: this.#options,
        data: this.#data,
        step: this.step,
        ...(this.#progress && { metrics: this.#progress.loss }),
      }),
    )
  }
}

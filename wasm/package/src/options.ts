import { checkedNumbers, type Numbers } from './arrays.js'
import { camelCase, usage } from './errors.js'

/**
 * Options of a training. They are those of the program `cellmnn train`, with the same defaults; names are in
 * camel case. {@link CellMnn.trainOptions} returns all of them with their defaults.
 */
export interface TrainOptions {
  /** `default`, or `paper`: the settings of the paper as defaults of all other options. */
  preset?: 'default' | 'paper'
  /** How the network gives A: its entries (`dense`), or its eigenvalues and eigenvectors (`eigen`). */
  operator?: 'dense' | 'eigen'
  /** Eigenvalues held at zero, for the operator `eigen`. */
  zeroEigenvalues?: number
  /** Smooth bound of |A|, per unit of the model's time; 0 is none. */
  operatorBound?: number
  /** dx/dt = A x + b instead of A x. */
  affine?: boolean
  /** Units of a hidden layer. */
  width?: number
  /** Hidden layers. */
  depth?: number
  /** Steps of the optimiser. A page that trains while somebody watches does well with 1000 to 3000. */
  steps?: number
  /** Cells of a step, split evenly over the snapshots. */
  batch?: number
  /** Learning rate of AdamW. */
  lr?: number
  schedule?: 'constant' | 'cosine'
  /** Steps in which the learning rate rises to its value. */
  warmup?: number
  weightDecay?: number
  /** Decay of a running average of the weights, e.g. 0.999; 0 is off. */
  average?: number
  /** The weight of a snapshot r ahead is gamma^(r - 1); 0 looks at the next one only. */
  gamma?: number
  /** Bandwidth of the MMD's Laplace kernel, in whitened units. */
  sigma?: number
  /** Weight of the kinetic energy; larger means slower, straighter paths. */
  lambdaKinetic?: number
  /** Where the kinetic energy is taken. */
  kineticTimes?: 'data' | 'grid' | 'ahead' | 'next'
  /** Spacing of that grid, in the model's unit of time. */
  kineticStep?: number
  /** Weight of predicting the snapshot before. */
  backward?: number
  /** Weight of agreement between what two neighbouring snapshots predict for a time between them. */
  agreement?: number
  /** The model's unit of time: the mean gap between snapshots, or that of the data. */
  timeUnit?: 'gap' | 'raw'
  /** The same seed and options give the same model, bit for bit. A whole number below 2^53. */
  seed?: number
}

/** Options of {@link CellMnn.simulate}. */
export interface SimulateOptions {
  /** Genes of the regulatory network, 12 to 40. */
  genes?: number
  /** Times of the snapshots, ascending. */
  times?: number[]
  /** Cells of each snapshot. */
  cells?: number
  /** Principal components kept. */
  dims?: number
  /** True paths kept whole. */
  paths?: number
  /** Strength of the noise; 0 is deterministic. */
  noise?: number
  /** Probability that a measured value is lost. */
  dropout?: number
  seed?: number
}

/** @internal */
export const LOAD_OPTIONS = ['wasmUrl', 'wasmBinary', 'wasmModule']

/** @internal Options with the names of the core: weight_decay. */
export type CoreOptions = Record<string, unknown>

/** @internal */
export const camelKeys = (options: CoreOptions): Record<string, unknown> =>
  Object.fromEntries(Object.entries(options).map(([name, value]) => [camelCase(name), value]))

/** @internal Refuses what is not an object, and names that do not exist. */
export function checkNames(given: object | undefined, names: readonly string[], what: string): void {
  if (given === undefined) return
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw usage(`${what} are not an object`)
  const wrong = Object.keys(given).find((name) => !names.includes(name))
  if (wrong === undefined) return
  const alike = (name: string) => name.replace(/[^a-z]/gi, '').toLowerCase()
  const meant = names.find((name) => alike(name) === alike(wrong))
  throw usage(
    `there is no option '${wrong}'; ${meant ? `did you mean '${meant}'?` : `${what} are ${names.join(', ')}`}`,
  )
}

/** @internal The defaults of the core with what was given. */
export function withDefaults(defaults: CoreOptions, given: object | undefined, what: string): CoreOptions {
  checkNames(given, Object.keys(camelKeys(defaults)), what)
  const values = (given ?? {}) as Record<string, unknown>
  return Object.fromEntries(
    Object.entries(defaults).map(([name, usual]) => {
      const value = values[camelCase(name)] ?? usual
      return [name, Array.isArray(usual) ? [...checkedNumbers(value as Numbers, camelCase(name))] : value]
    }),
  )
}

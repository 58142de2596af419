import { checkedNumber, type Matrix } from './arrays.js'
import { usage } from './errors.js'
import { checkNames } from './options.js'

/** Options of {@link Model.population}: what `cellmnn predict --between both` has. */
export interface PopulationOptions {
  /** Share of optimal transport between the two snapshots, interpolated; 0.25 if not given. */
  pool?: number
  /**
   * By which part of its way to a snapshot a point is moved at most, half-way; 0.6 if not given. Each way then has
   * about four points, less if these were over 20,000.
   */
  spread?: number
  /** Part of the way of the mean to the smooth curve through all means; 0.5 if not given. */
  bend?: number
  /** Part of what each side lacks at the snapshot of the other side by which it is corrected; 1 if not given. */
  bridge?: number
  /** A whole number from 0; 0 if not given. */
  seed?: number
}

/** All cells at a time, as points with weights. */
export interface Population {
  /** (n, D) */
  points: Matrix
  /** (n), of sum 1. */
  weights: Float64Array
  /** The snapshot of the data from which the points come, and for each point the cell there. */
  before: number
  sources: Float64Array
  /** The snapshot to which they go, and the cell there; none where the forward network spoke alone. */
  after: number
  targets: Float64Array
}

/** @internal What is undefined has its usual value from the core. */
export function checkedPopulationOptions(options: PopulationOptions) {
  checkNames(options, ['pool', 'spread', 'bend', 'bridge', 'seed'], 'options of population()')
  const { pool, spread, bend, bridge, seed = 0 } = options
  if (!Number.isSafeInteger(seed) || seed < 0) throw usage(`seed is ${String(seed)}: expected a whole number from 0`)
  const checked = (value: number | undefined, name: string) =>
    value === undefined ? undefined : checkedNumber(value, name)
  return {
    pool: checked(pool, 'pool'),
    spread: checked(spread, 'spread'),
    bend: checked(bend, 'bend'),
    bridge: checked(bridge, 'bridge'),
    seed,
  }
}

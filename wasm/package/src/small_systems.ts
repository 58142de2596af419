/** Small systems of genes for lessons, as core/include/cellmnn/small_systems.hpp makes them. */
import { checkedNumber, checkedNumbers } from './arrays.js'
import { usage } from './errors.js'
import type { Simulation } from './library.js'
import { checkNames } from './options.js'
import type { Core } from './wasm/cellmnn.js'

export type SmallSystem = 'switch' | 'repressilator' | 'convergence' | 'decay' | 'growth' | 'pulse' | 'confounder'

/** Options of {@link CellMnn.simulateSmall}. */
export interface SmallSystemOptions {
  system: SmallSystem
  /** Times of the snapshots, ascending; 0, 1, 2, 3 and 4 if not given. */
  times?: number[]
  /** Cells of each snapshot; 200 if not given. */
  cells?: number
  /** A gene that is never made. */
  knockedOut?: string
}

/** As a {@link Simulation}: components are the measured genes, fates are places in `kinds`, edges in `genes`. */
export interface SmallSimulation extends Simulation {
  /** Of the network: the measured ones, then those that are hidden. */
  genes: string[]
  /** Of cells. */
  kinds: string[]
}

const NAMES = ['system', 'times', 'cells', 'knockedOut']

/** @internal */
export function simulatedSmall(core: Core, options: SmallSystemOptions): SmallSimulation {
  checkNames(options, NAMES, 'options of simulateSmall()')
  const { system, times = [0, 1, 2, 3, 4], cells = 200, knockedOut = '' } = options
  if (typeof system !== 'string') throw usage(`system is ${String(system)}: expected a name such as 'switch'`)
  if (typeof knockedOut !== 'string') throw usage(`knockedOut is ${String(knockedOut)}: expected the name of a gene`)
  return core._simulate({
    system,
    times: [...checkedNumbers(times, 'times')],
    cells: checkedNumber(cells, 'cells'),
    knockedOut,
  })
}

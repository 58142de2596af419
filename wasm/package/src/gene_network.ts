/** Which gene acts on which, from expression over time, and what follows when a gene is held. */
import {
  checkedMatrix,
  checkedNumber,
  checkedNumberOfEach,
  type DoubleMatrix,
  type MatrixLike,
  type Numbers,
} from './arrays.js'
import { usage } from './errors.js'
import { Held } from './held.js'
import { checkNames } from './options.js'
import { CHANGE, checkedChange, type GeneChange } from './perturbation.js'
import type { CheckedExpression, GenesCore, NetworkHandle } from './wasm/cellmnn_genes.js'

/** Expression of cells over time: log values, or counts. */
export interface ExpressionLike {
  /** (G) */
  readonly genes: readonly string[]
  /** (N, G) */
  readonly values: MatrixLike
  /** When the cells were measured: one number for each. */
  readonly t: Numbers
}

/** Options of {@link Genes.network}. */
export interface NetworkOptions {
  /** What the values are; whole numbers are taken as counts if it is not given. Of counts log(1 + x) is taken. */
  values?: 'counts' | 'log'
  /** Genes that may act; all if not given. */
  regulators?: readonly string[]
  /** Genes that are set from outside; if not given those that are constant at each time, but not over time. */
  inputs?: readonly string[]
}

/** A network, R regulators x T targets; genes that do not vary are left out. */
export interface NetworkInfo {
  genes: string[]
  regulators: string[]
  targets: string[]
  inputs: string[]
  /** Times of the snapshots, ascending. */
  times: number[]
  /** (R, T) of the regulator's earlier level, on the logit of the target's. */
  effects: DoubleMatrix
  /** (R, T) by which edges are ranked, with the sign of the effect; 0 for a gene on itself. */
  scores: DoubleMatrix
  /** Mean gap between snapshots. */
  lag: number
  /** The share of what varies that lies between the times. */
  explainedByTime: number
  /** Whether that is enough to tell a direction; else an edge is an association. */
  directionsKnown: boolean
  /** Whether the last regression converged. */
  converged: boolean
}

/** What speaks for each edge: (R, T); NaN where it is not known. */
export interface EdgeEvidence {
  /** Share of networks of half of the cells in which the effect has the same sign. */
  sameSign: DoubleMatrix
  /** Share of networks of snapshots in another order in which the edge scores as high. */
  p: DoubleMatrix
  /** (R) the same of all edges of a regulator together. */
  regulatorP: Float64Array
  /** Correlation over all cells, and within snapshots. */
  correlation: DoubleMatrix
  within: DoubleMatrix
  /** 1 if the effect has the sign of the correlation within snapshots. */
  agreement: DoubleMatrix
  /** 0 to 1. */
  confidence: DoubleMatrix
}

/** Options of {@link GeneNetwork.evidence}. */
export interface EvidenceOptions {
  /** Networks of half of the cells; 20 if not given. */
  draws?: number
  /** Networks of snapshots in another order; 20 if not given. */
  permutations?: number
  seed?: number
}

/** Options of {@link GeneNetwork.held}: a gene is held from one snapshot on, and looked at a later one. */
export interface HeldOptions extends GeneChange {
  /** Times of snapshots; the first and the last one if they are not given. */
  from?: number
  at?: number
}

/** What the network says of a held gene: mean changes of all genes (G), in the order of {@link NetworkInfo.genes}. */
export interface HeldGene {
  from: number
  at: number
  /** Of levels, which are between 0 and 1. */
  levels: Float64Array
  /** Of expression, on a log scale. */
  expression: Float64Array
  /** What co-expression alone answers, of levels. */
  byCoExpression: Float64Array
  /** Root mean square of the changes of levels, without that of the gene itself. */
  size: number
  /** How many other regulators there are, and how many of them would change as much. */
  others: number
  asLarge: number
}

/** @internal Cells by ascending time. */
export function checkedExpression({ genes, values, t }: ExpressionLike): CheckedExpression {
  if (!Array.isArray(genes) || !genes.every((name) => typeof name === 'string'))
    throw usage('genes is not a list of names')
  const matrix = checkedMatrix(values, 'values')
  const [count, columns] = matrix.shape
  if (columns !== genes.length) throw usage(`values has ${columns} columns for ${genes.length} genes`)
  const own = checkedNumberOfEach(t, count, 't')
  const order = Array.from(own.keys()).sort((a, b) => own[a]! - own[b]! || a - b)
  const data = new Float32Array(count * columns)
  const times: number[] = []
  const starts: number[] = []
  order.forEach((cell, row) => {
    if (own[cell] !== times.at(-1)) {
      times.push(own[cell]!)
      starts.push(row)
    }
    for (let g = 0; g < columns; ++g) data[row * columns + g] = matrix.data[cell * columns + g]!
  })
  return {
    genes: [...(genes as string[])],
    values: { data, shape: [count, columns] },
    times,
    starts: [...starts, count],
  }
}

function wholeOr(value: number | undefined, usual: number, name: string): number {
  const number = value ?? usual
  if (!Number.isInteger(number) || number < 0)
    throw usage(`${name} is ${String(number)}: expected a whole number from 0`)
  return number
}

/**
 * A lagged network: the level of a target is explained by the earlier levels of all regulators, with cells linked by
 * entropic transport. An effect is no proof that the regulator binds there.
 */
export class GeneNetwork extends Held<NetworkHandle> {
  readonly info: NetworkInfo
  readonly #core: GenesCore

  /** @internal */
  constructor(core: GenesCore, handle: NetworkHandle) {
    super(handle, 'network')
    this.#core = core
    this.info = core._networkParts(handle)
  }

  /** What speaks for the edges; the network is fitted `draws` + `permutations` times. */
  evidence(options: EvidenceOptions = {}): EdgeEvidence {
    checkNames(options, ['draws', 'permutations', 'seed'], 'options of evidence()')
    const draws = wholeOr(options.draws, 20, 'draws')
    const permutations = wholeOr(options.permutations, 20, 'permutations')
    return this.#core._edgeEvidence(this.handle, draws, permutations, wholeOr(options.seed, 1, 'seed'))
  }

  /** A knock-out, or another change of a regulator, held from a snapshot on: what `cellmnn perturb DATA` tells. */
  held(options: HeldOptions): HeldGene {
    checkNames(options, [...CHANGE, 'from', 'at'], 'options of held()')
    const { gene, factor, plus } = checkedChange(options, 'held()')
    const { times } = this.info
    const { from = times[0]!, at = times.at(-1)! } = options
    const [first, last] = [this.#snapshotAt(from, 'from'), this.#snapshotAt(at, 'at')]
    if (last <= first) throw usage(`at is ${at}, but the gene is held from ${from} on: expected a later time`)
    return { from, at, ...this.#core._heldGene(this.handle, gene, factor, plus, first, last) }
  }

  #snapshotAt(time: number, name: string): number {
    const place = this.info.times.indexOf(checkedNumber(time, name))
    if (place < 0) throw usage(`${name} is ${time}: expected a time of the data, ${this.info.times.join(', ')}`)
    return place
  }
}

/**
 * Networks of genes and fates of cells: a second module, for those who ask for it.
 *
 * @packageDocumentation
 */
import type { CellLabels, TimeCourseLike } from './time_course.js'
import { compile, instantiateBy, type LoadOptions } from './core.js'
import { fateChangeOf, type FateChange, type FateChangeQuestion } from './fate_changes.js'
import {
  driversOf,
  trendsOf,
  type DriverOptions,
  type FateDrivers,
  type FateTrends,
  type TrendOptions,
} from './fate_genes.js'
import {
  cloudsOf,
  fatesOf,
  knownFatesOf,
  type ChainOptions,
  type Cloud,
  type CloudOptions,
  type FateOptions,
  type Fates,
  type KnownFates,
} from './fates.js'
import { checkedExpression, GeneNetwork, type ExpressionLike, type NetworkOptions } from './gene_network.js'
import { labelFlowsOf, type LabelFlow } from './label_flows.js'
import { usage } from './errors.js'
import { checkNames, LOAD_OPTIONS } from './options.js'
import createModule, { type GenesCore } from './wasm/cellmnn_genes.js'

export { GeneNetwork } from './gene_network.js'
export type {
  EdgeEvidence,
  EvidenceOptions,
  ExpressionLike,
  HeldGene,
  HeldOptions,
  NetworkInfo,
  NetworkOptions,
} from './gene_network.js'
export type { ChangedCells, FateChange, FateChangeQuestion } from './fate_changes.js'
export type { DriverOptions, FateDrivers, FateTrends, TrendOptions } from './fate_genes.js'
export type { LabelFlow } from './label_flows.js'
export type { ChainOptions, Cloud, CloudOptions, FateOptions, Fates, KnownFates } from './fates.js'
export type { DoubleMatrix } from './arrays.js'

/** @internal */
export const MODULE = 'cellmnn_genes.wasm'

/** Loads the module, once. */
export async function loadGenes(options: LoadOptions = {}): Promise<Genes> {
  checkNames(options, LOAD_OPTIONS, 'options of loadGenes()')
  const beside = () => new URL('./wasm/cellmnn_genes.wasm', import.meta.url)
  return startedGenes(await compile(options, beside, MODULE))
}

/** @internal */
export const startedGenes = async (module: WebAssembly.Module): Promise<Genes> =>
  new Genes(await instantiateBy(createModule, module))

/** What {@link loadGenes} returns. Arrays that are given are copied, arrays that are returned belong to the caller. */
export class Genes {
  readonly #core: GenesCore

  /** @internal */
  constructor(core: GenesCore) {
    this.#core = core
  }

  /** The lagged network of expression over time, as `cellmnn network DATA` fits it. */
  network(expression: ExpressionLike, options: NetworkOptions = {}): GeneNetwork {
    checkNames(options, ['values', 'regulators', 'inputs'], 'options of network()')
    const { values, regulators, inputs } = options
    if (values !== undefined && values !== 'counts' && values !== 'log')
      throw usage(`values is '${String(values)}': expected 'counts' or 'log'`)
    const given = checkedExpression(expression)
    return new GeneNetwork(
      this.#core,
      this.#core._fitNetwork(given, values, listed(regulators, 'regulators'), listed(inputs, 'inputs')),
    )
  }

  /**
   * The fates that the labels of the last snapshot name; `codes` are of all cells, snapshot after snapshot. Those that
   * are `undecided` are none.
   */
  knownFates(
    data: TimeCourseLike,
    labels: Pick<CellLabels, 'labels' | 'codes'>,
    undecided: readonly string[] = [],
  ): KnownFates {
    return knownFatesOf(this.#core, data, labels, undecided)
  }

  /** The probability of each fate for each cell, as `cellmnn fates` gives it, and how much is known of it. */
  fates(data: TimeCourseLike, known: KnownFates, options: FateOptions = {}): Fates {
    return fatesOf(this.#core, data, known, options)
  }

  /**
   * What may become of the cells of snapshot `from`, as `cellmnn predict --cloud` gives it: for each later snapshot
   * measured cells, all of the same weight.
   */
  clouds(data: TimeCourseLike, from: number, options: CloudOptions = {}): Cloud[] {
    return cloudsOf(this.#core, data, from, options)
  }

  /**
   * Genes that differ within a snapshot between cells with a high and a low probability of each fate, as `cellmnn fates
   * --drivers` lists them. Where the fates are not known ({@link Fates.whyNoDrivers}) they mean nothing.
   */
  drivers(fates: Fates, snapshot: number, options: DriverOptions): FateDrivers[] {
    return driversOf(this.#core, fates, snapshot, options)
  }

  /** Mean expression along the way to each fate, as `cellmnn fates --trends` gives it. */
  trends(fates: Fates, options: TrendOptions): FateTrends {
    return trendsOf(this.#core, fates, options)
  }

  /** Which labels become which, as `cellmnn fates --alluvial` gives it; `codes` as in {@link knownFates}. */
  labelFlows(
    data: TimeCourseLike,
    labels: Pick<CellLabels, 'labels' | 'codes'>,
    options: ChainOptions = {},
  ): LabelFlow[] {
    return labelFlowsOf(this.#core, data, labels, options)
  }

  /**
   * How a change of a gene in all cells of a snapshot changes their fates, as `cellmnn perturb --fates` tells it. The
   * data need genes with means; options are those with which the fates were made.
   */
  fateChange(
    data: TimeCourseLike,
    known: KnownFates,
    fates: Fates,
    question: FateChangeQuestion,
    options: FateOptions = {},
  ): FateChange {
    return fateChangeOf(this.#core, data, known, fates, question, options)
  }

  /** Networks that have not been disposed of. */
  get liveHandles(): number {
    return this.#core._liveHandles()
  }
}

function listed(names: readonly string[] | undefined, what: string): string[] | undefined {
  if (names === undefined) return undefined
  if (Array.isArray(names) && names.every((name) => typeof name === 'string')) return [...names]
  throw usage(`${what} is not a list of names`)
}

/**
 * `cellmnn/genes` in a worker, as promises: a page stays alive while it computes.
 *
 * @packageDocumentation
 */
import { Connection, ofWorker } from './connection.js'
import { compile, type LoadOptions } from './core.js'
import { endpointsOf } from './endpoint.js'
import { usage } from './errors.js'
import type { FateChange, FateChangeQuestion } from './fate_changes.js'
import type { DriverOptions, FateDrivers, FateTrends, TrendOptions } from './fate_genes.js'
import type { ChainOptions, Cloud, CloudOptions, FateOptions, Fates, KnownFates } from './fates.js'
import type {
  EdgeEvidence,
  EvidenceOptions,
  ExpressionLike,
  HeldGene,
  HeldOptions,
  NetworkInfo,
  NetworkOptions,
} from './gene_network.js'
import type { LabelFlow } from './label_flows.js'
import { checkNames, LOAD_OPTIONS } from './options.js'
import type { Id, Startable } from './protocol.js'
import type { CellLabels, TimeCourseLike } from './time_course.js'

/** What can be asked of the worker: plain data in, plain data out. */
export interface GenesCalls extends Startable {
  network(expression: ExpressionLike, options?: NetworkOptions): { id: Id; info: NetworkInfo }
  evidence(network: Id, options?: EvidenceOptions): EdgeEvidence
  held(network: Id, options: HeldOptions): HeldGene
  dispose(network: Id): void
  knownFates(
    data: TimeCourseLike,
    labels: Pick<CellLabels, 'labels' | 'codes'>,
    undecided?: readonly string[],
  ): KnownFates
  fates(data: TimeCourseLike, known: KnownFates, options?: FateOptions): Fates
  clouds(data: TimeCourseLike, from: number, options?: CloudOptions): Cloud[]
  drivers(fates: Fates, snapshot: number, options: DriverOptions): FateDrivers[]
  trends(fates: Fates, options: TrendOptions): FateTrends
  labelFlows(data: TimeCourseLike, labels: Pick<CellLabels, 'labels' | 'codes'>, options?: ChainOptions): LabelFlow[]
  fateChange(
    data: TimeCourseLike,
    known: KnownFates,
    fates: Fates,
    question: FateChangeQuestion,
    options?: FateOptions,
  ): FateChange
}

export interface GenesWorkerOptions extends LoadOptions {
  /** Starts a worker that runs `cellmnn/genes/worker/script`. */
  createWorker: () => Worker
}

/**
 * Starts a worker of its own for genes and fates.
 *
 * @example
 * import wasmUrl from 'cellmnn/cellmnn_genes.wasm?url'
 * import Script from 'cellmnn/genes/worker/script?worker'
 * const genes = await startGenes({ wasmUrl, createWorker: () => new Script() })
 */
export async function startGenes({ createWorker, ...load }: GenesWorkerOptions): Promise<RemoteGenes> {
  checkNames(load, LOAD_OPTIONS, 'options of startGenes(), beside createWorker,')
  if (typeof createWorker !== 'function') throw usage('createWorker is not a function that starts a worker')
  const nothing = (): URL => {
    throw usage('startGenes() was given no module: expected wasmUrl, wasmBinary or wasmModule')
  }
  const module = await compile(load, nothing, 'cellmnn_genes.wasm')
  return new RemoteGenes(new Connection<GenesCalls>(module, endpointsOf(createWorker)))
}

/** As `Genes` of `cellmnn/genes`, with promises. */
export class RemoteGenes {
  readonly #connection: Connection<GenesCalls>

  /** @internal */
  constructor(connection: Connection<GenesCalls>) {
    this.#connection = connection
  }

  async network(expression: ExpressionLike, options?: NetworkOptions): Promise<RemoteNetwork> {
    const { id, info } = await this.#connection.call('network', expression, options)
    return new RemoteNetwork(this.#connection, id, info)
  }
  knownFates(
    data: TimeCourseLike,
    labels: Pick<CellLabels, 'labels' | 'codes'>,
    undecided?: readonly string[],
  ): Promise<KnownFates> {
    return this.#connection.call('knownFates', data, labels, undecided)
  }
  fates(data: TimeCourseLike, known: KnownFates, options?: FateOptions): Promise<Fates> {
    return this.#connection.call('fates', data, known, options)
  }
  clouds(data: TimeCourseLike, from: number, options?: CloudOptions): Promise<Cloud[]> {
    return this.#connection.call('clouds', data, from, options)
  }
  drivers(fates: Fates, snapshot: number, options: DriverOptions): Promise<FateDrivers[]> {
    return this.#connection.call('drivers', fates, snapshot, options)
  }
  trends(fates: Fates, options: TrendOptions): Promise<FateTrends> {
    return this.#connection.call('trends', fates, options)
  }
  labelFlows(
    data: TimeCourseLike,
    labels: Pick<CellLabels, 'labels' | 'codes'>,
    options?: ChainOptions,
  ): Promise<LabelFlow[]> {
    return this.#connection.call('labelFlows', data, labels, options)
  }
  fateChange(
    data: TimeCourseLike,
    known: KnownFates,
    fates: Fates,
    question: FateChangeQuestion,
    options?: FateOptions,
  ): Promise<FateChange> {
    return this.#connection.call('fateChange', data, known, fates, question, options)
  }

  /** Ends the worker: calls without an answer fail with the code `worker`, and networks are lost. */
  terminate(): void {
    this.#connection.end()
  }
}

/** As `GeneNetwork` of `cellmnn/genes`, with promises. */
export class RemoteNetwork {
  readonly info: NetworkInfo
  readonly #connection: Connection<GenesCalls>
  readonly #generation: number
  #id: Id | undefined

  /** @internal */
  constructor(connection: Connection<GenesCalls>, id: Id, info: NetworkInfo) {
    this.#connection = connection
    this.#generation = connection.generation
    this.#id = id
    this.info = info
  }

  async evidence(options?: EvidenceOptions): Promise<EdgeEvidence> {
    return this.#connection.call('evidence', this.#held(), options)
  }
  async held(options: HeldOptions): Promise<HeldGene> {
    return this.#connection.call('held', this.#held(), options)
  }

  /** Frees the memory. Any later use is refused; disposing again does nothing. */
  async dispose(): Promise<void> {
    const id = this.#id
    this.#id = undefined
    if (id !== undefined && this.#generation === this.#connection.generation) await this.#connection.call('dispose', id)
  }

  #held(): Id {
    if (this.#id === undefined) throw usage('this network has been disposed of')
    if (this.#generation !== this.#connection.generation) throw ofWorker('its network is lost')
    return this.#id
  }
}

/** The glue that Emscripten makes, and the private names of wasm/genes/genes_bindings.cpp. */
import type { CheckedMatrix } from '../arrays.js'
import type { ErrorCode } from '../errors.js'
import type { FateChange } from '../fate_changes.js'
import type { FateDrivers, FateTrends } from '../fate_genes.js'
import type { Cloud, Fates, KnownFates } from '../fates.js'
import type { EdgeEvidence, NetworkInfo } from '../gene_network.js'
import type { LabelFlow } from '../label_flows.js'
import type { CheckedTimeCourse } from '../time_course.js'
import type { Handle } from './cellmnn.js'

declare const network: unique symbol
export interface NetworkHandle extends Handle {
  [network]: true
}

/** Cells of one time stand together: rows starts[k] to starts[k + 1] - 1 are those of times[k]. */
export interface CheckedExpression {
  genes: string[]
  values: CheckedMatrix
  times: number[]
  starts: number[]
}

export interface CoreHeld {
  levels: Float64Array
  expression: Float64Array
  byCoExpression: Float64Array
  size: number
  others: number
  asLarge: number
}

export interface GenesCore {
  _fitNetwork(
    given: CheckedExpression,
    scale: 'counts' | 'log' | undefined,
    regulators: string[] | undefined,
    inputs: string[] | undefined,
  ): NetworkHandle
  _networkParts(network: NetworkHandle): NetworkInfo
  _edgeEvidence(network: NetworkHandle, draws: number, permutations: number, seed: number): EdgeEvidence
  _heldGene(network: NetworkHandle, gene: string, factor: number, plus: number, from: number, at: number): CoreHeld
  _knownFates(data: CheckedTimeCourse, labels: string[], codes: ArrayLike<number>, undecided: string[]): KnownFates
  _fates(
    data: CheckedTimeCourse,
    known: KnownFates,
    moved: CheckedMatrix[] | undefined,
    bandwidth: number | undefined,
    smoothing: number | undefined,
  ): Omit<Fates, 'names'>
  _clouds(
    data: CheckedTimeCourse,
    from: number,
    moved: CheckedMatrix[] | undefined,
    size: number,
    seed: number,
  ): Cloud[]
  _labelFlows(
    data: CheckedTimeCourse,
    codes: ArrayLike<number>,
    labels: number,
    moved: CheckedMatrix[] | undefined,
  ): LabelFlow[]
  _drivers(
    fates: Fates,
    snapshot: number,
    expression: CheckedMatrix,
    atEnd: CheckedMatrix,
    permutations: number,
    seed: number,
  ): FateDrivers[]
  _trends(fates: Fates, times: number[], expression: CheckedMatrix[], steps: number): FateTrends
  _fateChange(
    data: CheckedTimeCourse,
    known: KnownFates,
    fates: Fates,
    asked: { snapshot: number; gene: string; factor: number; plus: number },
    changed: { cells: CheckedMatrix; moved: CheckedMatrix | undefined }[],
    moved: CheckedMatrix[] | undefined,
    bandwidth: number | undefined,
    smoothing: number | undefined,
  ): FateChange
  _liveHandles(): number
}

declare const createModule: (options: {
  error: (code: ErrorCode, option: string, message: string) => Error
  instantiateWasm: (imports: WebAssembly.Imports, receive: (instance: WebAssembly.Instance) => void) => object
}) => Promise<GenesCore>
export default createModule

/** The glue that Emscripten makes, and the private names of wasm/bindings.cpp. */
import type { CheckedMatrix, Matrix, Tensor } from '../arrays.js'
import type { ErrorCode } from '../errors.js'
import type { CoreOptions } from '../options.js'
import type { CheckedGenes, CheckedTimeCourse, GeneSpace } from '../time_course.js'
import type { Interaction, PerturbationReport } from '../model.js'
import type { CheckedNames, KnownData } from '../known_data.js'
import type { Population } from '../population.js'
import type { PrincipalComponents, Score, Simulation } from '../library.js'
import type { SmallSimulation, SmallSystemOptions } from '../small_systems.js'
import type { Progress } from '../trainer.js'

/** An object in the memory of the module. */
export interface Handle {
  delete(): void
}
declare const model: unique symbol
declare const trainer: unique symbol
export interface ModelHandle extends Handle {
  [model]: true
}
export interface TrainerHandle extends Handle {
  [trainer]: true
}

/** A model taken apart: what its file holds. */
export interface ModelParts {
  config: CoreOptions
  time: { origin: number; unit: number; first: number; last: number; training: number[] }
  mean: Float64Array
  std: Float64Array
  parameters: Float32Array
  genes: GeneSpace | undefined
  /** The parameters of the other network, of a model with two sides. */
  reversed?: Float32Array
}

export interface CoreScore extends Omit<Score, 'w1Range'> {
  low: number
  high: number
}

export interface Core {
  _loadModel(parts: Omit<ModelParts, 'genes'> & { genes: CheckedGenes | undefined }): ModelHandle
  _modelParts(model: ModelHandle): ModelParts
  _layerShapes(config: CoreOptions): [outputs: number, inputs: number][]
  _predict(model: ModelHandle, cells: CheckedMatrix, t: Float64Array, times: Float64Array, orNaN: boolean): Tensor
  _weights(model: ModelHandle, cells: CheckedMatrix, t: Float64Array, times: Float64Array): Matrix
  _convertedTimes(model: ModelHandle, times: Float64Array, from: string, to: string): Float64Array | undefined
  _dataDifference(
    model: ModelHandle,
    known: KnownData,
    data: CheckedTimeCourse,
    names: CheckedNames,
  ): { part: number; clause: string } | undefined
  _velocity(model: ModelHandle, cells: CheckedMatrix, t: Float64Array): Matrix
  _operators(model: ModelHandle, cells: CheckedMatrix, t: Float64Array): Tensor
  _eigenvalues(model: ModelHandle, cells: CheckedMatrix, t: Float64Array): Tensor
  _population(
    model: ModelHandle,
    data: CheckedTimeCourse,
    time: number,
    pool: number | undefined,
    spread: number | undefined,
    bend: number | undefined,
    bridge: number | undefined,
    seed: number,
  ): Population
  _interactions(
    model: ModelHandle,
    cells: CheckedMatrix,
    t: Float64Array,
    regulators: string[] | undefined,
    top: number,
    degradation: number | undefined,
  ): Interaction[]
  _changedCells(model: ModelHandle, cells: CheckedMatrix, gene: string, factor: number, plus: number): Matrix
  _similarGenes(model: ModelHandle, cells: CheckedMatrix, gene: string, count: number): string[]
  _perturbationReport(
    model: ModelHandle,
    cells: CheckedMatrix,
    t: Float64Array,
    gene: string,
    factor: number,
    plus: number,
    time: number,
    controls: number,
    withW1: boolean,
  ): PerturbationReport

  _trainOptions(preset: string): CoreOptions
  _createTrainer(data: CheckedTimeCourse, options: CoreOptions): TrainerHandle
  _run(trainer: TrainerHandle, budgetMs: number, mostSteps: number): Progress
  _trainedModel(trainer: TrainerHandle): ModelHandle

  _methodNames(): string[]
  _scoreMethod(data: CheckedTimeCourse, time: number, method: string): CoreScore
  _scoreModel(model: ModelHandle, data: CheckedTimeCourse, time: number): CoreScore
  _scorePopulation(model: ModelHandle, data: CheckedTimeCourse, time: number): CoreScore | undefined
  _wasserstein(a: CheckedMatrix, b: CheckedMatrix, order: number): number
  _mmd(a: CheckedMatrix, b: CheckedMatrix, sigma: number): number

  _principalComponents(matrix: CheckedMatrix, dims: number): PrincipalComponents
  _simulateOptions(): CoreOptions
  _simulate(options: Required<SmallSystemOptions>): SmallSimulation
  _simulate(options: CoreOptions): Simulation

  _liveHandles(): number
  _instructionSet(): string
}

declare const createModule: (options: {
  error: (code: ErrorCode, option: string, message: string) => Error
  instantiateWasm: (imports: WebAssembly.Imports, receive: (instance: WebAssembly.Instance) => void) => object
}) => Promise<Core>
export default createModule

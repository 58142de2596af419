import type { Matrix, MatrixLike, Numbers, Tensor } from './arrays.js'
import type { ErrorCode } from './errors.js'
import type { ReadTimeCourse, TimesOfUnit } from './known_data.js'
import type { PrincipalComponents, Score, Simulation } from './library.js'
import type { Interaction, InteractionOptions, ModelInfo, PredictOptions } from './model.js'
import type {
  GeneChange,
  Perturbation,
  PerturbationReport,
  PerturbationReportOptions,
  PerturbOptions,
} from './perturbation.js'
import type { Population, PopulationOptions } from './population.js'
import type { SimulateOptions, TrainOptions } from './options.js'
import type { SmallSimulation, SmallSystemOptions } from './small_systems.js'
import type { TimeCourseLike } from './time_course.js'
import type { Progress, RunOptions } from './trainer.js'

/** The number under which a worker keeps a model or a trainer. */
export type Id = number

/** What can be asked of a model in a worker. */
export interface CallsOfModel {
  predict(model: Id, cells: MatrixLike, t: Numbers, times: Numbers, options?: PredictOptions): Tensor
  dataDifference(model: Id, data: ReadTimeCourse): string | undefined
  timesInItsUnit(model: Id, times: Numbers, unit: string): TimesOfUnit | undefined
  weights(model: Id, cells: MatrixLike, t: Numbers, times: Numbers): Matrix
  velocity(model: Id, cells: MatrixLike, t: Numbers): Matrix
  operatorAt(model: Id, cells: MatrixLike, t: Numbers): Tensor
  population(model: Id, data: TimeCourseLike, time: number, options?: PopulationOptions): Population
  eigenvalues(model: Id, cells: MatrixLike, t: Numbers): Tensor
  interactions(model: Id, cells: MatrixLike, t: Numbers, options?: InteractionOptions): Interaction[]
  changedCells(model: Id, cells: MatrixLike, change: GeneChange): Matrix
  similarGenes(model: Id, cells: MatrixLike, gene: string, count?: number): string[]
  perturb(model: Id, cells: MatrixLike, t: Numbers, options: PerturbOptions): Perturbation
  perturbationReport(model: Id, cells: MatrixLike, t: Numbers, options: PerturbationReportOptions): PerturbationReport
  scoreModel(model: Id, data: TimeCourseLike, time: number): Score
  scorePopulation(model: Id, data: TimeCourseLike, time: number): Score | undefined
}

/** What can be asked of a worker: plain data in, plain data out. */
export interface Calls extends CallsOfModel, Startable {
  loadModel(bytes: Uint8Array): { id: Id; info: ModelInfo }
  createTrainer(data: ReadTimeCourse, options?: TrainOptions): Id
  run(trainer: Id, options?: RunOptions): Progress
  trainedModel(trainer: Id): Uint8Array
  dispose(id: Id): void
  scoreMethod(method: string, data: TimeCourseLike, time: number): Score
  wasserstein(a: MatrixLike, b: MatrixLike, options?: { order?: 1 | 2 }): number
  mmd(a: MatrixLike, b: MatrixLike, options?: { sigma?: number }): number
  principalComponents(matrix: MatrixLike, dims: number): PrincipalComponents
  simulate(options?: SimulateOptions): Simulation
  simulateSmall(options: SmallSystemOptions): SmallSimulation
  liveHandles(): number
}

/** What any worker can be asked first. */
export interface Startable {
  start(module: WebAssembly.Module): Promise<void>
}

export type Given<C, Name extends keyof C> = C[Name] extends (...given: infer All) => unknown ? All : never
export type Answer<C, Name extends keyof C> = C[Name] extends (...given: never[]) => infer Result
  ? Awaited<Result>
  : never

/** One call; `id` numbers the answers. */
export interface Request {
  id: number
  name: string
  arguments: unknown[]
}

export type Response =
  | { id: number; value: unknown }
  | { id: number; error: { code: ErrorCode; message: string } }
  /** The module is broken, and the worker with it. */
  | { id: number; fatal: string }

/** The buffers of all typed arrays in a result, to be moved instead of copied. */
export function buffersIn(value: unknown): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) return [value.buffer as ArrayBuffer]
  if (typeof value !== 'object' || value === null || value instanceof WebAssembly.Module) return []
  return [...new Set(Object.values(value).flatMap(buffersIn))]
}

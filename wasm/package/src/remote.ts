import {
  checkedBytes,
  checkedMatrix,
  checkedNumberOfEach,
  checkedNumbers,
  type Matrix,
  type MatrixLike,
  type Numbers,
  type Tensor,
} from './arrays.js'
import { Connection } from './connection.js'
import type { LoadOptions } from './core.js'
import type { OpenEndpoint } from './endpoint.js'
import { usage } from './errors.js'
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
import { checkNames, LOAD_OPTIONS, type SimulateOptions, type TrainOptions } from './options.js'
import type { Answer, Calls, CallsOfModel, Given, Id } from './protocol.js'
import { RemoteTrainer } from './remote_trainer.js'
import type { SmallSimulation, SmallSystemOptions } from './small_systems.js'
import type { TimeCourseLike } from './time_course.js'

/** @internal What all ways of starting workers do; the module is compiled once for all of them. */
export async function connect(
  starter: string,
  workers: number,
  load: LoadOptions,
  compiled: () => Promise<WebAssembly.Module>,
  open: OpenEndpoint,
): Promise<RemoteCellMnn> {
  checkNames(load, LOAD_OPTIONS, `options of ${starter}, beside workers,`)
  if (!Number.isInteger(workers) || workers < 1) {
    throw usage(`workers is ${String(workers)}: expected a whole number from 1`)
  }
  const module = await compiled()
  const remote = new RemoteCellMnn(Array.from({ length: workers }, () => new Connection(module, open)))
  await remote.liveHandles()
  return remote
}

/**
 * As `CellMnn` of the package `cellmnn`, with promises. A call goes to the worker with the least to do. If a
 * worker ends, the calls it had to answer fail with the code `worker`, and the next call starts another; models
 * are loaded there again, trainings are lost.
 */
export class RemoteCellMnn {
  readonly #connections: readonly Connection[]

  /** @internal */
  constructor(connections: readonly Connection[]) {
    this.#connections = connections
  }

  /** A model from the bytes of its file. */
  async loadModel(bytes: ArrayBuffer | ArrayBufferView): Promise<RemoteModel> {
    const file = checkedBytes(bytes, 'the model').slice()
    const connection = idlest(this.#connections)
    const { id, info } = await connection.call('loadModel', file)
    return new RemoteModel(this.#connections, file, info, [connection, id])
  }

  /** A training on these data, in one of the workers. */
  async createTrainer(data: ReadTimeCourse, options?: TrainOptions): Promise<RemoteTrainer> {
    const connection = idlest(this.#connections)
    const id = await connection.call('createTrainer', data, options)
    return new RemoteTrainer(this, connection, id)
  }

  scoreModel(model: RemoteModel, data: TimeCourseLike, time: number): Promise<Score> {
    return model.score(data, time)
  }
  scorePopulation(model: RemoteModel, data: TimeCourseLike, time: number): Promise<Score | undefined> {
    return model.scorePopulation(data, time)
  }
  scoreMethod(method: string, data: TimeCourseLike, time: number): Promise<Score> {
    return this.#call('scoreMethod', method, data, time)
  }
  wasserstein(a: MatrixLike, b: MatrixLike, options?: { order?: 1 | 2 }): Promise<number> {
    return this.#call('wasserstein', a, b, options)
  }
  mmd(a: MatrixLike, b: MatrixLike, options?: { sigma?: number }): Promise<number> {
    return this.#call('mmd', a, b, options)
  }
  principalComponents(matrix: MatrixLike, dims: number): Promise<PrincipalComponents> {
    return this.#call('principalComponents', matrix, dims)
  }
  simulate(options?: SimulateOptions): Promise<Simulation> {
    return this.#call('simulate', options)
  }
  simulateSmall(options: SmallSystemOptions): Promise<SmallSimulation> {
    return this.#call('simulateSmall', options)
  }

  /** Models and trainers in all workers that have not been disposed of. */
  async liveHandles(): Promise<number> {
    const counts = await Promise.all(this.#connections.map((connection) => connection.call('liveHandles')))
    return counts.reduce((sum, count) => sum + count, 0)
  }

  /** Ends all workers. Calls without an answer fail with the code `worker`: this is how a long one is stopped. */
  terminate(): void {
    for (const connection of this.#connections) connection.end()
  }

  #call<Name extends keyof Calls>(name: Name, ...given: Given<Calls, Name>) {
    return idlest(this.#connections).call(name, ...given)
  }
}

/** As `Model` of the package `cellmnn`, with promises. */
export class RemoteModel {
  readonly info: ModelInfo
  readonly #connections: readonly Connection[]
  #file: Uint8Array | undefined
  readonly #loaded = new Map<Connection, { id: Promise<Id>; generation: number }>()

  /** @internal */
  constructor(
    connections: readonly Connection[],
    file: Uint8Array,
    info: ModelInfo,
    [connection, id]: [Connection, Id],
  ) {
    this.#connections = connections
    this.#file = file
    this.info = info
    this.#loaded.set(connection, { id: Promise.resolve(id), generation: connection.generation })
  }

  /** As `Model.predict`; many cells are shared among all workers. */
  async predict(cells: MatrixLike, t: Numbers, times: Numbers, options?: PredictOptions): Promise<Tensor> {
    const x = checkedMatrix(cells, 'cells')
    const [count, columns] = x.shape
    const own = checkedNumberOfEach(t, count, 't')
    const targets = checkedNumbers(times, 'times')
    const size = Math.max(LEAST_SHARE, Math.ceil(count / this.#connections.length / BLOCK) * BLOCK)
    if (count <= size) return this.#call(idlest(this.#connections), 'predict', x, own, targets, options)
    const values = Float32Array.from(x.data)
    const shares = await Promise.all(
      this.#connections.flatMap((connection, i) => {
        const [begin, end] = [i * size, Math.min((i + 1) * size, count)]
        if (begin >= end) return []
        const share = { data: values.slice(begin * columns, end * columns), shape: [end - begin, columns] as const }
        return [this.#call(connection, 'predict', share, own.slice(begin, end), targets, options)]
      }),
    )
    const data = new Float32Array(targets.length * count * columns)
    for (let k = 0; k < targets.length; ++k) {
      let at = k * count * columns
      for (const { data: part, shape } of shares) {
        const length = shape[1] * shape[2]
        data.set(part.subarray(k * length, (k + 1) * length), at)
        at += length
      }
    }
    return { data, shape: [targets.length, count, columns] }
  }

  weights(cells: MatrixLike, t: Numbers, times: Numbers): Promise<Matrix> {
    return this.#call(idlest(this.#connections), 'weights', cells, t, times)
  }
  velocity(cells: MatrixLike, t: Numbers): Promise<Matrix> {
    return this.#call(idlest(this.#connections), 'velocity', cells, t)
  }
  operatorAt(cells: MatrixLike, t: Numbers): Promise<Tensor> {
    return this.#call(idlest(this.#connections), 'operatorAt', cells, t)
  }
  eigenvalues(cells: MatrixLike, t: Numbers): Promise<Tensor> {
    return this.#call(idlest(this.#connections), 'eigenvalues', cells, t)
  }
  dataDifference(data: ReadTimeCourse): Promise<string | undefined> {
    return this.#call(idlest(this.#connections), 'dataDifference', data)
  }
  timesInItsUnit(times: Numbers, unit: string): Promise<TimesOfUnit | undefined> {
    return this.#call(idlest(this.#connections), 'timesInItsUnit', times, unit)
  }
  population(data: TimeCourseLike, time: number, options?: PopulationOptions): Promise<Population> {
    return this.#call(idlest(this.#connections), 'population', data, time, options)
  }
  interactions(cells: MatrixLike, t: Numbers, options?: InteractionOptions): Promise<Interaction[]> {
    return this.#call(idlest(this.#connections), 'interactions', cells, t, options)
  }
  changedCells(cells: MatrixLike, change: GeneChange): Promise<Matrix> {
    return this.#call(idlest(this.#connections), 'changedCells', cells, change)
  }
  similarGenes(cells: MatrixLike, gene: string, count?: number): Promise<string[]> {
    return this.#call(idlest(this.#connections), 'similarGenes', cells, gene, count)
  }
  perturb(cells: MatrixLike, t: Numbers, options: PerturbOptions): Promise<Perturbation> {
    return this.#call(idlest(this.#connections), 'perturb', cells, t, options)
  }
  perturbationReport(cells: MatrixLike, t: Numbers, options: PerturbationReportOptions): Promise<PerturbationReport> {
    return this.#call(idlest(this.#connections), 'perturbationReport', cells, t, options)
  }

  /** @internal */
  score(data: TimeCourseLike, time: number): Promise<Score> {
    return this.#call(idlest(this.#connections), 'scoreModel', data, time)
  }
  /** @internal */
  scorePopulation(data: TimeCourseLike, time: number): Promise<Score | undefined> {
    return this.#call(idlest(this.#connections), 'scorePopulation', data, time)
  }

  /** The bytes of the model's file. */
  toBytes(): Uint8Array {
    return this.#held().slice()
  }

  /** Frees the memory in all workers. Any later use is refused; disposing again does nothing. */
  async dispose(): Promise<void> {
    this.#file = undefined
    const loaded = [...this.#loaded]
    this.#loaded.clear()
    await Promise.all(
      loaded.map(async ([connection, { id, generation }]) => {
        if (generation === connection.generation) await connection.call('dispose', await id)
      }),
    )
  }

  #held(): Uint8Array {
    if (!this.#file) throw usage('this model has been disposed of')
    return this.#file
  }

  async #call<Name extends keyof CallsOfModel>(
    connection: Connection,
    name: Name,
    ...given: Given<Calls, Name> extends [Id, ...infer Rest] ? Rest : never
  ): Promise<Answer<Calls, Name>> {
    return connection.call(name, ...([await this.#idIn(connection), ...given] as unknown as Given<Calls, Name>))
  }

  /** Loads the model where it is not yet, or no longer. */
  #idIn(connection: Connection): Promise<Id> {
    const file = this.#held()
    const loaded = this.#loaded.get(connection)
    if (loaded?.generation === connection.generation) return loaded.id
    const id = connection.call('loadModel', file).then((model) => model.id)
    this.#loaded.set(connection, { id, generation: connection.generation })
    return id
  }
}

// Shares are cut where the core cuts blocks of cells, and are worth the way to a worker.
const [BLOCK, LEAST_SHARE] = [48, 1008]

const idlest = (connections: readonly Connection[]): Connection =>
  connections.reduce((least, connection) => (connection.load < least.load ? connection : least))

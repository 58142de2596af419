/** What is open: cells, a model, and what the model says about them. All computing is in workers. */
import { batch, computed, signal, type Signal } from '@preact/signals'
import type { GeneSpace } from 'cellmnn'
import wasm from 'cellmnn/cellmnn.wasm?packed'
import { startGivenWorkers, type RemoteCellMnn, type RemoteModel } from 'cellmnn/worker/given'
import WorkerScript from 'cellmnn/worker/script?worker&inline'
import { parted } from '../cells/sample.ts'
import { firstDims, spreadOf, timeCourseOf, withTimes, type Dataset } from '../cells/dataset.ts'
import { genesOf, geneSpaceOf, type Genes } from '../cells/gene_space.ts'
import { frameTimes, pathsOf, weightsOf, type Paths } from '../cells/paths.ts'
import { asyncSignal } from './async_signal.ts'
import { fromBase64, unpacked } from './embedded.ts'
import { message, problem } from './problem.ts'
import { state } from './state.ts'
import { strings } from './language.ts'
import { fill } from '../text/terms.ts'

export const dataset = signal<Dataset | null>(null)
/** Cells that are drawn as they were measured, and of which nothing else is asked; null where there are none. */
export const crowd = signal<Dataset | null>(null)
const MOST = 100_000 // cells that move
/** The model that was opened. */
const opened = signal<RemoteModel | null>(null)
/** Whether it came with the cells, as in an exported page. */
export const isExported = signal(false)
/** The model that was trained here, and kept. */
export const kept = signal<RemoteModel | null>(null)
/** Whether the kept one is shown, and not the opened one. */
export const showsKept = signal(false)
/** Models of the same cells that were opened together with it: where their paths part, none is sure. */
const openedBeside = signal<readonly RemoteModel[]>([])
/** The model of the training that runs, or has ended. */
export const trained = signal<RemoteModel | null>(null)
/** The model that the page shows. */
export const model = computed(() =>
  trained.value && !['explore', 'fates'].includes(state.tab.value) ? trained.value : resting.value,
)
const resting = computed(() => (showsKept.value ? kept.value : opened.value))
export const others = computed(() => (model.value === opened.value ? openedBeside.value : []))

export const spread = computed(() => (dataset.value ? spreadOf(dataset.value.cells) : new Float64Array()))
/** Loadings and means of the model's genes, which the package does not hand out. */
export const genes = computed<Genes | null>(() => (model.value ? genesOf(model.value.toBytes()) : null))

const WORKERS = 2 // one is free for a click while the other trains
export const startLibrary = (workers: number): Promise<RemoteCellMnn> =>
  unpacked(fromBase64(wasm)).then((wasmBinary) =>
    startGivenWorkers({ workers, wasmBinary, createWorker: () => new WorkerScript() }),
  )
let started: Promise<RemoteCellMnn> | undefined
export const library = (): Promise<RemoteCellMnn> => (started ??= startLibrary(WORKERS))

/** Opens cells, and a model of theirs if there is one: its genes are those of the cells. Of many some move. */
export async function open(all: Dataset, bytes: Uint8Array | null): Promise<void> {
  const { some: data, others } = parted(all, MOST)
  batch(() => {
    crowd.value = others
    dataset.value = bytes ? { ...data, genes: data.genes ?? genesIn(bytes) } : data
    problem.value = null
    replaceOpened([])
    replace(trained, null)
    replace(kept, null)
    refused.value = null
  })
  if (bytes) await openModels([bytes], { areOfTheCells: true })
}

function genesIn(bytes: Uint8Array): GeneSpace | null {
  try {
    return geneSpaceOf(bytes)
  } catch {
    return null // openModels() says what is wrong
  }
}

/** Models that are not of these cells, and why; the user may open them all the same. */
export const refused = signal<{ files: readonly Uint8Array[]; difference: string } | null>(null)
/** How the cells differ from those of the opened model, where it was opened all the same. */
const difference = signal<string | null>(null)
/** The same of the model that is shown. */
export const doubt = computed(() => (model.value && model.value === opened.value ? difference.value : null))

/** The first one is shown, the others beside it. Models of other cells are refused, unless it is said to open them all
 * the same. */
export async function openModels(
  files: readonly Uint8Array[],
  { areOfTheCells = false, allTheSame = false } = {},
): Promise<void> {
  const loaded: RemoteModel[] = []
  refused.value = null
  try {
    if (!dataset.value) throw new Error(strings.peek().problems.cellsFirst)
    for (const bytes of files) loaded.push(await (await library()).loadModel(bytes))
    const data = await asTheModelsHaveIt(loaded, dataset.value)
    const found = areOfTheCells ? null : await differenceOf(loaded, data)
    if (found && !allTheSame) {
      refused.value = { files, difference: found }
      for (const one of loaded) void one.dispose()
      return
    }
    batch(() => {
      if (data !== dataset.peek()) replaceCells(data)
      isExported.value = areOfTheCells
      difference.value = found
      replaceOpened(loaded)
    })
  } catch (error) {
    for (const one of loaded) void one.dispose()
    problem.value = message(error)
  }
}

/** The cells with the components and the unit of time that the models have. */
async function asTheModelsHaveIt(models: readonly RemoteModel[], data: Dataset): Promise<Dataset> {
  const available = data.cells.shape[1]
  const {
    info: { dims },
  } = models[0]!
  if (models.some(({ info }) => info.dims !== dims)) throw new Error(strings.peek().problems.modelsDiffer)
  if (dims > available) throw new Error(fill(strings.peek().problems.tooManyDims, { dims, available }))
  const cut = dims < available ? firstDims(data, dims) : data
  const converted = await models[0]!.timesInItsUnit(
    cut.snapshots.map(({ time }) => time),
    cut.timeUnit,
  )
  return converted ? withTimes(cut, converted.times, converted.unit) : cut
}

async function differenceOf(models: readonly RemoteModel[], data: Dataset): Promise<string | null> {
  const course = timeCourseOf(data)
  for (const one of models) {
    const found = await one.dataDifference(course)
    if (found) return found
  }
  return null
}

/** The same cells in another form: what was trained on them before goes. */
function replaceCells(data: Dataset): void {
  dataset.value = data
  state.t.value = null
  replace(trained, null)
  replace(kept, null)
}

function replaceOpened([first, ...rest]: readonly RemoteModel[]): void {
  const old = openedBeside.peek()
  batch(() => {
    openedBeside.value = rest
    replace(opened, first ?? null)
    showsKept.value = false
  })
  for (const one of old) void one.dispose()
}

/** The file of the model that was opened. */
export const openedBytes = (): Uint8Array | null => opened.peek()?.toBytes() ?? null

/** Frees the model that was there. */
export function replace(place: Signal<RemoteModel | null>, next: RemoteModel | null): void {
  const old = place.peek()
  place.value = next
  if (old && old !== next) void old.dispose()
}

/** What was trained here becomes the model of the page; the opened one stays. */
export function keepTrained(): void {
  const next = trained.peek()
  if (!next) return
  batch(() => {
    trained.value = null
    replace(kept, next)
    showsKept.value = true
  })
}

const saved = new WeakSet<RemoteModel>()
export const markSaved = (one: RemoteModel): void => void saved.add(one)
/** Whether leaving the page loses a model that was trained here. */
export const hasUnsaved = (): boolean => [trained.peek(), kept.peek()].some((one) => one !== null && !saved.has(one))

export const hasModel = computed(() => resting.value !== null)
/** Whether there are two to choose from. */
export const hasBoth = computed(() => opened.value !== null && kept.value !== null)

/** 'cell 12', and its name if it has one. */
export const cellName = (cell: number): string => {
  const name = dataset.value?.names[cell]
  const says = strings.value.shared
  return name === undefined ? fill(says.cell, { cell }) : fill(says.cellNamed, { cell, name })
}

/** Whether all cells are being moved. */
export const busy = signal(false)
/** Of all cells; null until they are computed. */
export const paths = asyncSignal<Paths | null>(
  null,
  () => {
    const [data, current] = [dataset.value, model.value]
    if (!data || !current) return null
    const snapshotTimes = data.snapshots.map(({ time }) => time)
    const asked = [data.cells, data.times, snapshotTimes, frameTimes(snapshotTimes, ...data.cells.shape)] as const
    if (!current.info.mass) return pathsOf(current, ...asked)
    return Promise.all([pathsOf(current, ...asked), weightsOf(current, ...asked)]).then(([all, weights]) => ({
      ...all,
      weights,
    }))
  },
  { keeps: true, waits: busy },
)

/** The labels of cells that colours, shares and groups speak of. */
export const groups = computed(() => {
  const labels = dataset.value?.labels ?? []
  return labels.find(({ name }) => name === state.labels.value) ?? labels[0] ?? null
})

export const firstTime = computed(() => dataset.value?.snapshots[0]?.time ?? 0)
export const lastTime = computed(() => dataset.value?.snapshots.at(-1)?.time ?? 1)
/** The time shown. */
export const now = computed(() => Math.min(lastTime.value, Math.max(firstTime.value, state.t.value ?? firstTime.value)))

/** Files that are dropped or chosen. Nothing leaves the machine: they are read here. */
import { signal } from '@preact/signals'
import { readCsv, readNpz, readText, type ReadOptions, type TimeCourse } from 'cellmnn'
import { readH5ad } from 'cellmnn/h5ad'
import { datasetOf } from '../cells/dataset.ts'
import { message, problem } from './problem.ts'
import { open, openModels } from './session.ts'
import { forgetChoices, state } from './state.ts'
import { strings } from './language.ts'
import { fill } from '../text/terms.ts'

/** Cells that are about to be opened: what was understood, or why not. */
export interface Draft {
  name: string
  file: File
  options: ReadOptions
  course: TimeCourse | null
  error: string | null
}

export const draft = signal<Draft | null>(null)

const ENDINGS = ['.h5ad', '.npz', ...['.csv', '.tsv', '.txt'].flatMap((ending) => [ending, `${ending}.gz`])]

export async function openFiles(files: readonly File[]): Promise<void> {
  problem.value = null
  const isModel = (file: File) => file.name.toLowerCase().endsWith('.safetensors')
  for (const file of files.filter((one) => !isModel(one))) {
    const name = file.name.toLowerCase()
    if (ENDINGS.some((ending) => name.endsWith(ending))) {
      await read(file, {})
    } else {
      const { mayHoldCounts, notRead } = strings.peek().problems
      const holdsCounts = /\.(h5|hdf5|loom|mtx|mtx\.gz)$/.test(name)
      problem.value = fill(holdsCounts ? mayHoldCounts : notRead, { file: file.name })
    }
  }
  const models = files.filter(isModel)
  if (models.length > 0)
    await openModels(await Promise.all(models.map(async (file) => new Uint8Array(await file.arrayBuffer()))))
}

/** Reads the cells of a file, and shows what was understood. */
export async function read(file: File, options: ReadOptions): Promise<void> {
  const shown = { name: file.name, file, options }
  try {
    const course = await courseOf(file, options)
    const isOne = course.snapshots.length < 2
    draft.value = { ...shown, course: isOne ? null : course, error: isOne ? strings.peek().problems.oneTime : null }
  } catch (error) {
    draft.value = { ...shown, course: null, error: withFields(message(error)) }
  }
}

async function courseOf(file: File, options: ReadOptions): Promise<TimeCourse> {
  const name = file.name.toLowerCase()
  if (name.endsWith('.h5ad')) {
    // The reader lies beside the page, and a page from file:// may not load it.
    if (location.protocol === 'file:') throw new Error(strings.peek().problems.oneFile)
    return readH5ad(await file.arrayBuffer(), { ...options, geneMeans: true })
  }
  if (name.endsWith('.npz')) return readNpz(await file.arrayBuffer(), options)
  return readCsv(await readText(await file.arrayBuffer()), options)
}

/** Sentences of the readers name options, which fields of the dialog set. */
export const withFields = (sentence: string): string =>
  sentence.replace(
    /\b(?:timeKey|timeMap|timeUnit|embeddingKey|dims)\b/g,
    (name) => `'${strings.peek().opening.fields[name as 'dims']}'`,
  )

/** 'early=0, late=2.5'; null if it is something else. */
export function timesIn(text: string): Record<string, number> | null {
  const pairs = text
    .split(',')
    .filter((pair) => pair.trim() !== '')
    .map((pair) => /^\s*(.+?)\s*=\s*(\S+)\s*$/.exec(pair))
  const times = pairs.map((pair) => [pair?.[1] ?? '', Number(pair?.[2] ?? NaN)] as const)
  return times.every(([, time]) => Number.isFinite(time)) ? Object.fromEntries(times) : null
}

export async function acceptDraft(): Promise<void> {
  const { course, name } = draft.value!
  draft.value = null
  await showCells(course!, name.replace(/\.\w+$/, ''))
}

/** Opens cells without a model, and offers to train one. */
async function showCells(course: TimeCourse, title: string): Promise<void> {
  forgetChoices()
  await open(datasetOf(course, title), null)
  state.lesson.value = '' // it had cells of its own
  state.tab.value = 'train'
}

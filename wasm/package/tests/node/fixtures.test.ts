/** The same files and answers as of the native readers, in tests/fixtures of the project. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readCsv, readNpz, readText, type ReadOptions, type TimeCourse } from 'cellmnn'
import { readH5ad } from 'cellmnn/h5ad'
import { rejects } from '../refusals.js'

interface Case {
  file: string
  options?: Record<string, unknown>
  code?: 'usage'
  refused?: string[]
  refused_by_package?: string[]
  expect?: Record<string, unknown>
}

const folder = new URL('../../../../tests/fixtures/', import.meta.url)
const cases = JSON.parse(readFileSync(new URL('courses.json', folder), 'utf8')) as Case[]

const camelCase = (name: string) => name.replace(/[-_]([a-z])/g, (_, letter: string) => letter.toUpperCase())
/** The sentences name options as the program does. */
const spelled = (sentence: string) => sentence.replace(/--([a-z-]+)/g, (_, name: string) => camelCase(name))

async function read({ file, options = {} }: Case): Promise<TimeCourse> {
  const bytes = readFileSync(new URL(file, folder))
  const named = Object.fromEntries(
    Object.entries(options).map(([name, value]) => [camelCase(name), value]),
  ) as ReadOptions
  if (file.endsWith('.h5ad')) return readH5ad(bytes, named)
  if (file.endsWith('.npz')) return readNpz(bytes, named)
  return readCsv(await readText(bytes), named)
}

/** What the answers of a case are compared with, by their names. */
const facts: Record<string, (course: TimeCourse, expected: unknown) => unknown> = {
  time_key: ({ reading }) => reading!.timeKey,
  time_unit: ({ reading }) => reading!.timeUnit,
  embedding_key: ({ reading }) => reading!.embeddingKey,
  columns: ({ reading }) => reading!.columns,
  available_dims: ({ reading }) => reading!.availableDims,
  dims: ({ snapshots }) => snapshots[0]!.cells.shape[1],
  times: ({ reading }) => reading!.labels.map(({ label, time, cells }) => [label, time, cells]),
  snapshots: ({ snapshots }) =>
    snapshots.map(({ label, cells: { data, shape } }) => [label, [...data.subarray(0, shape[1])]]),
  names: ({ annotations }) => annotations!.names,
  genes: ({ genes }) => genes?.names ?? [],
  loadings: ({ genes }) => [...genes!.loadings.data],
  mean: ({ genes }) => [...(genes?.mean ?? [])].map((value) => Number(value.toFixed(5))),
  gene_means_from: ({ reading: { geneMeans } = {} as never }) =>
    geneMeans && 'source' in geneMeans ? geneMeans.source : '',
  no_gene_means: ({ reading: { geneMeans } = {} as never }, expected) =>
    (expected as string[]).filter((words) => geneMeans && 'problem' in geneMeans && geneMeans.problem.includes(words)),
  notes: ({ reading }) => reading!.notes,
  labels: ({ annotations }) =>
    Object.fromEntries(
      annotations!.labels.map(({ name, labels, codes }) => [name, Array.from(codes, (code) => labels[code] ?? null)]),
    ),
}

test.each(cases.map((each) => [`${each.file} ${JSON.stringify(each.options ?? '')}`, each] as const))(
  '%s',
  async (_, each) => {
    const refused = each.refused_by_package ?? each.refused
    if (refused) return rejects(read(each), each.code ?? 'bad-input', ...refused.map(spelled))
    const course = await read(each)
    for (const [name, expected] of Object.entries(each.expect!)) {
      const asked = name === 'notes' ? (expected as string[]).map(spelled) : expected
      expect(facts[name]!(course, expected), name).toEqual(asked)
    }
  },
)

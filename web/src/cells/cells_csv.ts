/** Tables of cells. */
import { snapshotOf, type Dataset } from './dataset.ts'
import { positionAt, weightAt, type Paths } from './paths.ts'

/** What a spreadsheet would run: a formula that calls a function or a program. */
const formula = /^\s*[=+@-].*[(|!]/s

/** A field of a csv file (RFC 4180), with an apostrophe before what a spreadsheet would run. */
function field(value: string | number): string {
  const text = formula.test(String(value)) ? `'${value}` : String(value)
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
export const csv = (rows: (string | number)[][]): string => rows.map((row) => row.map(field).join(',') + '\n').join('')

/** The cells as measured, in the layout that the program and this page read; beside them where they are at the time
 * shown, blank for those whose past is not followed so far. The columns are named as in the h5ad of `predict`. */
export function cellsCsv(data: Dataset, all: Paths | null, t: number): string {
  const {
    cells: {
      data: x,
      shape: [count, dims],
    },
    times,
    labels,
    names,
    snapshots,
  } = data
  const components = Array.from({ length: dims }, (_, d) => d + 1)
  const header = [
    'cell',
    'time',
    ...labels.map(({ name }) => name),
    ...components.map((d) => `X_pca_${d}`),
    ...(all ? ['predicted_time', ...components.map((d) => `X_predicted_${d}`)] : []),
    ...(all?.weights ? ['predicted_weight'] : []),
  ]
  const begins = snapshots.map((_, k) => snapshots[Math.max(0, k - 1)]!.time)
  const numbers = (values: ArrayLike<number>) => Array.from(values, (value) => Number(value.toPrecision(9)))
  const isFollowed = (i: number) => t >= begins[snapshotOf(data, i)]!
  const predicted = (i: number) => (isFollowed(i) ? numbers(positionAt(all!, i, t)) : components.map(() => ''))
  const rows = Array.from({ length: count }, (_, i) => [
    names[i] ?? i,
    times[i]!,
    ...labels.map(({ labels, codes }) => labels[codes[i]!] ?? ''),
    ...numbers(x.subarray(i * dims, (i + 1) * dims)),
    ...(all ? [t, ...predicted(i)] : []),
    ...(all?.weights ? (isFollowed(i) ? numbers([weightAt(all, i, t)]) : ['']) : []),
  ])
  return csv([header, ...rows])
}

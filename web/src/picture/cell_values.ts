/** What the model says of all measured cells, for their colours: computed when it is first asked for. */
import { signal } from '@preact/signals'
import type { RemoteModel } from 'cellmnn/worker'
import { byGrowth, byModels, byParting, bySpeed, type Coloring } from '../cells/coloring.ts'
import type { Dataset } from '../cells/dataset.ts'
import { asyncSignal } from '../session/async_signal.ts'
import { askNearest, FAN } from '../session/neighbours.ts'
import { disagreementOf, partingOf } from '../cells/parting.ts'
import { endsOf, pathsOf, type Paths } from '../cells/paths.ts'
import { dataset, model, others, paths, spread } from '../session/session.ts'
import { state } from '../session/state.ts'
import type { Table } from '../text/table.ts'
import { strings } from '../session/language.ts'

interface Kind {
  compute(data: Dataset, current: RemoteModel, all: Paths): Promise<Float32Array>
  color(values: Float32Array, dark: boolean, says: Table['legend'], data: Dataset): Coloring
}

const allEnds = (data: Dataset, all: Paths): Float32Array => endsOf(all, Array.from(data.times.keys()))

const KINDS = new Map<string, Kind>([
  [
    'speed',
    {
      compute: async ({ cells, times }, current) => {
        const [count, columns] = cells.shape
        const { data } = await current.velocity(cells, times)
        return new Float32Array(count).map((_, i) => Math.hypot(...data.subarray(i * columns, (i + 1) * columns)))
      },
      color: bySpeed,
    },
  ],
  [
    'growth',
    {
      compute: async ({ cells, times }, current) => {
        const [count, columns] = cells.shape
        const { data } = await current.eigenvalues(cells, times)
        return new Float32Array(count).map((_, i) => data[i * columns * 2]!)
      },
      color: byGrowth,
    },
  ],
  [
    'parting',
    {
      compute: (data, _, all) => partingOf(data, allEnds(data, all), spread.peek(), FAN + 1, askNearest),
      color: byParting,
    },
  ],
  [
    'models',
    {
      compute: async (data, _, all) => {
        const times = data.snapshots.map(({ time }) => time)
        const beside = await Promise.all(others.peek().map((one) => pathsOf(one, data.cells, data.times, times, times)))
        return disagreementOf(
          [all, ...beside].map((one) => allEnds(data, one)),
          data.cells.shape[1],
          spread.peek(),
        )
      },
      color: byModels,
    },
  ],
])

/** Of these paths, which follow the model. */
let known: { of: Paths | null; values: Map<string, Promise<Float32Array>> } = { of: null, values: new Map() }

export const valuesWait = signal(false)
const found = asyncSignal<{ of: Paths; color: string; values: Float32Array } | null>(
  null,
  () => {
    const color = state.color.value
    const [data, current, all] = [dataset.value, model.value, paths.value]
    const kind = KINDS.get(color)
    if (!kind || !data || !current || !all || (color === 'models' && others.value.length === 0)) return null
    if (known.of !== all) known = { of: all, values: new Map() }
    const pending = known.values.get(color) ?? kind.compute(data, current, all)
    known.values.set(color, pending)
    return pending.then((values) => ({ of: all, color, values }))
  },
  { waits: valuesWait },
)

/** Null where the colour chosen is none of these, or is not yet known. */
export function coloringOfModel(dark: boolean): Coloring | null {
  const [color, one] = [state.color.value, found.value]
  if (!dataset.value || one?.color !== color || one.of !== paths.value) return null
  return KINDS.get(color)!.color(one.values, dark, strings.value.legend, dataset.value)
}

/** Genes along the way to fates, of measured expression: those that differ within a snapshot, and the trend of one. */
import { computed, signal } from '@preact/signals'
import type { FateDrivers, FateTrends } from 'cellmnn/genes'
import { ofGene, ofSnapshot } from '../cells/expression.ts'
import { asyncSignal } from './async_signal.ts'
import { fates } from './fates.ts'
import { genesLibrary } from './genes_library.ts'
import { dataset } from './session.ts'
import { state } from './state.ts'

/** The place of the fate whose drivers are listed: the one chosen, or the most frequent one. */
export const driverFate = computed(() => {
  const { names = [], baseRates = [] } = fates.value ?? {}
  const chosen = names.indexOf(state.fate.value)
  return chosen >= 0 ? chosen : Math.max(0, baseRates.indexOf(Math.max(...baseRates)))
})

/** The place of the snapshot within which cells are compared: the one chosen, or the first one that can be. */
export const driverTime = computed(() => {
  const why = fates.value?.found.whyNoDrivers.slice(0, -1) ?? []
  const chosen = state.from.value
  return chosen !== null && chosen in why ? chosen : Math.max(0, why.indexOf(''))
})

/** Why it has no drivers, or nothing. */
export const whyNoDrivers = computed(() => fates.value?.found.whyNoDrivers[driverTime.value] ?? '')

export interface Driver {
  gene: string
  difference: number
  /** 95 % interval. */
  low: number
  high: number
  q: number
}

const isShown = computed(() => state.tab.value === 'fates')

export const driversWait = signal(false)
/** Of each fate, at the time chosen; null where none can be told. */
const ofFates = asyncSignal<{ genes: readonly string[]; all: readonly FateDrivers[] } | null>(
  null,
  () => {
    const [data, found, place] = [dataset.value, fates.value, driverTime.value]
    if (!isShown.value || !data?.expression || !found || whyNoDrivers.value !== '') return null
    return data.expression().then(async (expression) => {
      const library = await genesLibrary()
      const at = (s: number) => ofSnapshot(expression, data.snapshots.at(s)!)
      const all = await library.drivers(found.found, place, { expression: at(place), atEnd: at(-1) })
      return { genes: expression.genes, all }
    })
  },
  { keeps: true, waits: driversWait },
)

/** In the order of their rank. */
export const drivers = computed<readonly Driver[]>(() => {
  const [found, fate] = [ofFates.value, driverFate.value]
  if (!found?.all[fate]) return []
  const { order, difference, low, high, q } = found.all[fate]
  return order.map((g) => ({
    gene: found.genes[g]!,
    difference: difference[g]!,
    low: low[g]!,
    high: high[g]!,
    q: q[g]!,
  }))
})

const genesMeasured = asyncSignal<readonly string[]>([], () => {
  const measured = dataset.value?.expression
  return isShown.value && measured ? measured().then(({ genes }) => genes) : null
})
/** Those that can have a trend, drivers first. */
export const trendGenes = computed<readonly string[]>(() =>
  drivers.value.length > 0 ? drivers.value.map(({ gene }) => gene) : genesMeasured.value,
)
export const trendGene = computed(() => {
  const all = trendGenes.value
  return all.includes(state.trend.value) ? state.trend.value : (all[0] ?? '')
})

export const trendWaits = signal(false)
export const trend = asyncSignal<(FateTrends & { gene: string }) | null>(
  null,
  () => {
    const [data, found, gene] = [dataset.value, fates.value, trendGene.value]
    if (!isShown.value || !data?.expression || !found || gene === '') return null
    return data.expression().then(async (all) => {
      const library = await genesLibrary()
      const g = all.genes.indexOf(gene)
      const times = data.snapshots.map(({ time }) => time)
      const expression = data.snapshots.map((snapshot) => ofGene(all, g, snapshot))
      return { gene, ...(await library.trends(found.found, { times, expression })) }
    })
  },
  { keeps: true, waits: trendWaits },
)

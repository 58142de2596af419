/** Which labels become which from snapshot to snapshot, by the transitions behind the fates. */
import { signal } from '@preact/signals'
import type { LabelFlow } from 'cellmnn/genes'
import { asyncSignal } from './async_signal.ts'
import { canHaveFates, courseOf, moved } from './fates.ts'
import { genesLibrary } from './genes_library.ts'
import { dataset, groups } from './session.ts'
import { state } from './state.ts'

export interface Flows {
  labels: readonly string[]
  /** Of each snapshot but the last. */
  steps: readonly LabelFlow[]
}

export const flowsWait = signal(false)
export const flows = asyncSignal<Flows | null>(
  null,
  () => {
    const [data, column, places] = [dataset.value, groups.value, moved.value]
    if (state.tab.value !== 'fates' || !data || !column || !canHaveFates.value || !places) return null
    const { codes } = column
    const labels = [...column.labels]
    return places.then(async (moved) => {
      const library = await genesLibrary()
      return { labels, steps: await library.labelFlows(courseOf(data), { labels, codes }, { moved }) }
    })
  },
  { keeps: true, waits: flowsWait },
)

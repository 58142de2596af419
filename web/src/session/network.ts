/** The lagged network of all cells, fitted when it is first looked at. */
import { computed, signal } from '@preact/signals'
import type { EdgeEvidence, HeldGene } from 'cellmnn/genes'
import type { RemoteNetwork } from 'cellmnn/genes/worker'
import { asyncSignal } from './async_signal.ts'
import { genesLibrary } from './genes_library.ts'
import { dataset } from './session.ts'
import { state } from './state.ts'

export interface Fitted {
  network: RemoteNetwork
  /** How long the fit took. */
  milliseconds: number
}

const asked = signal(false)
export const wantNetwork = (): void => {
  asked.value = true
}

let held: RemoteNetwork | undefined

export const networkWaits = signal(false)
export const fitted = asyncSignal<Fitted | null>(
  null,
  () => {
    const data = dataset.value
    if (!asked.value || !data?.expression || data.snapshots.length < 2) return null
    return data.expression().then(async ({ genes, values }) => {
      const library = await genesLibrary()
      void held?.dispose()
      const begin = performance.now()
      held = await library.network({ genes, values, t: data.times })
      return { network: held, milliseconds: performance.now() - begin }
    })
  },
  { waits: networkWaits },
)

const FIT_AGAIN = 20 // draws, and as many permutations
const PATIENCE = 60_000 // ms that may be spent unasked

/** Which network's evidence was asked for by hand. */
const insistedOn = signal<Fitted | null>(null)
export const insistOnEvidence = (): void => {
  insistedOn.value = fitted.peek()
}
/** How long evidence will take. */
export const evidenceTakes = computed(() => (fitted.value?.milliseconds ?? 0) * 2 * FIT_AGAIN)
export const evidenceIsLong = computed(
  () => fitted.value !== null && evidenceTakes.value > PATIENCE && insistedOn.value !== fitted.value,
)

export const evidenceWaits = signal(false)
export const evidence = asyncSignal<EdgeEvidence | null>(
  null,
  () => {
    const found = fitted.value
    if (!found) return null
    const few = evidenceIsLong.value ? 0 : FIT_AGAIN // without draws it tells correlations alone
    return found.network.evidence({ draws: few, permutations: few })
  },
  { waits: evidenceWaits },
)

export interface NetworkEdge {
  regulator: string
  target: string
  effect: number
  score: number
  agrees: boolean
  /** NaN where it is not known, or not yet. */
  confidence: number
  p: number
}

/** The highest scores first. */
export const edges = computed<readonly NetworkEdge[]>(() => {
  if (!fitted.value) return []
  const { regulators, targets, effects, scores } = fitted.value.network.info
  const known = evidence.value
  return regulators
    .flatMap((regulator, r) =>
      targets.map((target, t) => {
        const e = r * targets.length + t
        return {
          regulator,
          target,
          effect: effects.data[e]!,
          score: scores.data[e]!,
          agrees: known?.agreement.data[e] === 1,
          confidence: known?.confidence.data[e] ?? NaN,
          p: known?.p.data[e] ?? NaN,
        }
      }),
    )
    .filter(({ score }) => score !== 0)
    .sort((a, b) => Math.abs(b.score) - Math.abs(a.score))
})

export interface HeldAnswer extends HeldGene {
  gene: string
  factor: number
}

/** The gene that the address names, held from the first time on, as it is at the last. */
export const heldWaits = signal(false)
export const heldGene = asyncSignal<HeldAnswer | null>(
  null,
  () => {
    const found = fitted.value
    const [gene, factor] = [state.gene.value, state.level.value]
    if (!found || state.tab.value !== 'genes' || !found.network.info.regulators.includes(gene) || factor === 1)
      return null
    return found.network.held({ gene, factor }).then((answer) => ({ gene, factor, ...answer }))
  },
  { keeps: true, waits: heldWaits },
)

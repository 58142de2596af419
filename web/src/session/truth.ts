/** What is true of simulated cells: those of an exported page, or of a case of the lesson. */
import { computed, signal } from '@preact/signals'
import type { Simulation } from 'cellmnn'
import type { Dataset } from '../cells/dataset.ts'
import { truthIn, type TruePaths } from '../cells/true_paths.ts'
import { embedded } from './embedded.ts'
import { dataset } from './session.ts'
import { state } from './state.ts'

export interface Truth {
  /** The cells that it is true of. */
  of: Dataset
  /** Of the network; hidden ones come last. */
  genes: readonly string[]
  measured: number
  network: readonly Pick<Simulation['network'][number], 'source' | 'target' | 'sign'>[]
  times: readonly number[]
  /** (P, T, D) in the components of the cells. */
  paths: TruePaths
}

export interface CaseTruth extends Truth {
  /** The case with what was asked of it. */
  key: string
  milliseconds: number
}

export const ofCase = signal<CaseTruth | null>(null)
const ofPage = signal<Truth | null>(null)

/** Takes what `cellmnn export` put into the page of these cells. */
export function readTruth(of: Dataset): void {
  const bytes = embedded('cellmnn-truth')
  ofPage.value = bytes && { of, ...truthIn(bytes) }
}

/** Of the cells that are open. */
export const truth = computed<Truth | null>(
  () => [ofCase.value, ofPage.value].find((one) => one?.of.cells === dataset.value?.cells) ?? null,
)
/** What is shown of it. */
export const shownTruth = computed(() => (state.truth.value ? truth.value : null))

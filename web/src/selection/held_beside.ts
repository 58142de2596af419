/** The answer of the model to the same change of a gene, of the cells of the first time. */
import { signal } from '@preact/signals'
import type { PerturbationReport } from 'cellmnn'
import { cellsAt } from '../cells/dataset.ts'
import { someOf } from '../cells/sample.ts'
import { asyncSignal } from '../session/async_signal.ts'
import { heldGene } from '../session/network.ts'
import { dataset, genes, lastTime, model } from '../session/session.ts'
import { MOST_CELLS } from './change.ts'

export const modelWaits = signal(false)
/** Mean change of each gene's expression at the last time, by the name of the gene; null where the model knows none. */
export const modelBeside = asyncSignal<ReadonlyMap<string, number> | null>(
  null,
  () => {
    const [data, current, known, held] = [dataset.value, model.value, genes.value, heldGene.value]
    if (!data || !current || !held || !known?.mean) return null
    if (!known.modelled.some((g) => known.names[g] === held.gene)) return null
    const first = data.snapshots[0]!
    const { x, t } = cellsAt(
      data,
      someOf(
        Array.from({ length: first.end }, (_, i) => i),
        MOST_CELLS,
      ),
    )
    const question = { gene: held.gene, factor: held.factor, time: lastTime.value, controls: 0, w1: false }
    return current
      .perturbationReport(x, t, question)
      .then(({ genes: changes }: PerturbationReport) => new Map(known.names.map((name, g) => [name, changes[g]!])))
  },
  { waits: modelWaits },
)

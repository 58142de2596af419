/** The trend of a gene along the way to each fate. */
import { GeneBox } from '../parts/gene_box.tsx'
import { fates, type CellFates } from '../session/fates.ts'
import { driverFate, trend, trendGene, trendGenes, trendWaits } from '../session/fate_genes.ts'
import { dataset } from '../session/session.ts'
import { state } from '../session/state.ts'
import { Awaited } from '../parts/awaited.tsx'
import { TrendChart, type TrendLine } from './trend_chart.tsx'
import { strings } from '../session/language.ts'
import { fill } from '../text/terms.ts'

const MOST = 5 // lines that can be told apart

export function Trends() {
  const says = strings.value.trends
  const found = fates.value!
  const lines = trend.value ? linesOf(trend.value, found) : []
  return (
    <section>
      <h3>{says.title}</h3>
      <div class="row">
        <GeneBox
          label={says.gene}
          value={trendGene.value}
          names={trendGenes.value}
          onChoose={(name) => (state.trend.value = name)}
        />
      </div>
      <Awaited waits={trendWaits}>
        {trend.value && (
          <TrendChart
            label={fill(says.chart, { gene: trend.value.gene, fates: lines.map(({ name }) => name).join(', ') })}
            lines={lines}
            measured={dataset.value!.snapshots.map(({ time }, s) => ({ time, mean: trend.value!.all.data[s]! }))}
          />
        )}
      </Awaited>
      <p class="hint">
        {found.names.length > MOST && `${fill(says.mostFrequent, { most: MOST })} `}
        {says.about}
      </p>
    </section>
  )
}

/** Of the most frequent fates and the chosen one, without times at which no cell reaches them. */
function linesOf({ times, ofFates }: NonNullable<typeof trend.value>, found: CellFates): TrendLine[] {
  const { names, labels, baseRates } = found
  const least = [...baseRates].sort((a, b) => b - a)[MOST - 1] ?? 0
  return ofFates
    .map(({ mean, low, high }, f) => ({
      f,
      name: names[f] ?? '',
      label: labels[f] ?? -1,
      points: times
        .map((time, t) => ({ time, mean: mean.data[t]!, low: low.data[t]!, high: high.data[t]! }))
        .filter((point) => Number.isFinite(point.mean)),
    }))
    .filter(({ f }) => (baseRates[f] ?? 0) >= least || f === driverFate.value)
}

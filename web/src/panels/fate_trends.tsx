/** The trend of a gene along the way to each fate. */
import { GeneBox } from '../parts/gene_box.tsx'
import { fates, type CellFates } from '../session/fates.ts'
import { trend, trendGene, trendGenes, trendWaits } from '../session/fate_genes.ts'
import { dataset } from '../session/session.ts'
import { state } from '../session/state.ts'
import { Awaited } from '../parts/awaited.tsx'
import { TrendChart, type TrendLine } from './trend_chart.tsx'

export function Trends() {
  const found = fates.value!
  return (
    <section>
      <h3>A gene along the way to each fate</h3>
      <div class="row">
        <GeneBox
          label="Gene along the way"
          value={trendGene.value}
          names={trendGenes.value}
          onChoose={(name) => (state.trend.value = name)}
        />
      </div>
      <Awaited waits={trendWaits}>
        {trend.value && (
          <TrendChart
            label={`Expression of ${trend.value.gene} along the way to ${found.names.join(', ')}`}
            lines={linesOf(trend.value, found)}
            measured={dataset.value!.snapshots.map(({ time }, s) => ({ time, mean: trend.value!.all.data[s]! }))}
          />
        )}
      </Awaited>
      <p class="hint">
        Lines: mean expression over the cells that reach a fate, each weighted by its probability, with the 95 %
        interval of this mean. Between two snapshots lines are interpolated. Dots: measured means. Where fates are not
        known, the lines lie together because nothing tells the cells apart.
      </p>
    </section>
  )
}

/** Without times at which no cell reaches the fate. */
function linesOf({ times, ofFates }: NonNullable<typeof trend.value>, { names, labels }: CellFates): TrendLine[] {
  return ofFates.map(({ mean, low, high }, f) => ({
    name: names[f] ?? '',
    label: labels[f] ?? -1,
    points: times
      .map((time, t) => ({ time, mean: mean.data[t]!, low: low.data[t]!, high: high.data[t]! }))
      .filter((point) => Number.isFinite(point.mean)),
  }))
}

/** What stands above the plot: colours, which cells are seen, axes. */
import { timeName } from '../cells/dataset.ts'
import { compared } from '../picture/picture.ts'
import { Select } from '../parts/select.tsx'
import { lassoing } from '../selection/group.ts'
import { axes, projection, projectionName } from '../session/places.ts'
import { dataset, genes, groups, model, others } from '../session/session.ts'
import { state } from '../session/state.ts'

export function Controls() {
  const data = dataset.value!
  const components = Array.from({ length: data.cells.shape[1] }, (_, d) => [String(d), `PC${d + 1}`] as const)
  const ofModel = model.value
    ? ([
        ['speed', 'speed'],
        ['growth', 'growth'],
      ] as const)
    : []
  const uncertainties = [
    ['parting', 'how far futures part'],
    ...(others.value.length > 0 ? [['models', 'how far the models part'] as const] : []),
  ] as const
  const known = genes.value ? genes.value.modelled.map((gene) => genes.value!.names[gene]!) : []
  const explores = state.tab.value === 'explore'
  return (
    <div class="controls">
      {!compared.value && (
        <>
          <Select
            label="Colour"
            value={state.color.value}
            onChange={(value) => (state.color.value = value)}
            options={[
              ['time', 'time measured'],
              ...(groups.value ? [['group', groups.value.name] as const] : []),
              ...ofModel,
            ]}
            groups={[
              ...(model.value ? [['Uncertainty', uncertainties] as const] : []),
              ...(known.length > 0 ? [['Genes', known.map((name) => [`gene:${name}`, name] as const)] as const] : []),
            ]}
          />
          {data.labels.length > 1 && (
            <Select
              label="Labels"
              value={groups.value!.name}
              onChange={(value) => (state.labels.value = value)}
              options={data.labels.map(({ name }) => [name, name] as const)}
            />
          )}
          <Select
            label="Moving"
            value={state.shown.value}
            onChange={(value) => (state.shown.value = value)}
            options={[
              ['relay', 'latest snapshot'],
              ['all', 'all cells'],
              ...data.snapshots.map((_, k) => [String(k), `cells of time ${timeName(data, k)}`] as const),
            ]}
          />
        </>
      )}
      {explores && data.projections.length > 0 && (
        <Select
          label="Picture"
          value={projection.value?.name ?? ''}
          onChange={showPicture}
          options={[['', 'components'], ...data.projections.map(({ name }) => [name, projectionName(name)] as const)]}
        />
      )}
      {!projection.value && (
        <>
          <Select
            label="Across"
            value={String(axes.value[0])}
            onChange={(value) => (state.x.value = Number(value))}
            options={components}
          />
          <Select
            label="Up"
            value={String(axes.value[1])}
            onChange={(value) => (state.y.value = Number(value))}
            options={components}
          />
        </>
      )}
      {!compared.value && (
        <label class="check">
          <input
            type="checkbox"
            checked={state.ghosts.value}
            onChange={(event) => (state.ghosts.value = event.currentTarget.checked)}
          />
          measured cells
        </label>
      )}
      <button aria-pressed={lassoing.value} onClick={() => (lassoing.value = !lassoing.value)}>
        Lasso
      </button>
    </div>
  )
}

/** Another picture is another plane: it is shown whole. */
function showPicture(name: string): void {
  state.on.value = name
  state.zoom.value = [0.5, 0.5, 1]
}

/** What stands above the plot: colours, which cells are seen, axes. */
import { componentName } from '../cells/axis_names.ts'
import { timeName } from '../cells/dataset.ts'
import { chooseLabels } from '../picture/label_choice.ts'
import { compared } from '../picture/picture.ts'
import { Check } from '../parts/check.tsx'
import { GeneBox } from '../parts/gene_box.tsx'
import { Select } from '../parts/select.tsx'
import { expressionText, genesByStrength } from '../selection/gene_choice.ts'
import { lassoing } from '../selection/group.ts'
import { axes, projection, projectionName } from '../session/places.ts'
import { canHaveFates, fateNames } from '../session/fates.ts'
import { dataset, groups, model, others } from '../session/session.ts'
import { state } from '../session/state.ts'

export function Controls() {
  const data = dataset.value!
  const components = Array.from({ length: data.cells.shape[1] }, (_, d) => [String(d), componentName(data, d)] as const)
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
  const gene = state.color.value.startsWith('gene:') ? state.color.value.slice(5) : null
  const ofFates =
    canHaveFates.value && model.value
      ? fateNames.value.map((name) => [`fate:${name}`, `probability of ${name}`] as const)
      : []
  const explores = state.tab.value === 'explore'
  return (
    <div class="controls">
      {!compared.value && (
        <>
          <Select
            label="Colour"
            value={gene === null ? state.color.value : 'gene'}
            onChange={(value) => (state.color.value = value === 'gene' ? `gene:${genesByStrength.value[0]}` : value)}
            options={[
              ['time', 'time measured'],
              ...(groups.value ? [['group', groups.value.name] as const] : []),
              ...ofModel,
              ...(genesByStrength.value.length > 0 ? [['gene', 'a gene'] as const] : []),
            ]}
            groups={[
              ...(model.value ? [['Uncertainty', uncertainties] as const] : []),
              ...(ofFates.length > 0 ? [['Fates', ofFates] as const] : []),
            ]}
          />
          {gene !== null && (
            <GeneBox
              label="Gene"
              value={gene}
              names={genesByStrength.value}
              note={expressionText}
              onChoose={(name) => (state.color.value = `gene:${name}`)}
            />
          )}
          {data.labels.length > 1 && (
            <Select
              label="Labels"
              value={groups.value!.name}
              onChange={chooseLabels}
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
      {!compared.value && <Check of={state.ghosts}>measured</Check>}
      {!compared.value && model.value && <Check of={state.arrows}>arrows</Check>}
      {!compared.value && state.color.value === 'group' && groups.value && <Check of={state.names}>names</Check>}
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

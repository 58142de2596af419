/** What stands above the plot: colours, which cells are seen, axes. */
import { componentName } from '../cells/axis_names.ts'
import { chooseLabels } from '../picture/label_choice.ts'
import { compared } from '../picture/picture.ts'
import { Check } from '../parts/check.tsx'
import { GeneBox } from '../parts/gene_box.tsx'
import { Select } from '../parts/select.tsx'
import { expressionText, genesByStrength } from '../selection/gene_choice.ts'
import { lassoing } from '../selection/group.ts'
import { axes, projection, projectionName } from '../session/places.ts'
import { canHaveFates, fateNames } from '../session/fates.ts'
import { hasBothSides } from '../session/population.ts'
import { dataset, groups, model, others } from '../session/session.ts'
import { state } from '../session/state.ts'
import { strings, timeName } from '../session/language.ts'
import { caseName } from '../session/cases.ts'
import { truth } from '../session/truth.ts'
import { fill } from '../text/terms.ts'

export function Controls() {
  const data = dataset.value!
  const says = strings.value.controls
  const { parting, models, fate } = strings.value.legend
  const components = Array.from({ length: data.cells.shape[1] }, (_, d) => [String(d), componentName(data, d)] as const)
  const ofModel = model.value
    ? ([
        ['speed', says.speed],
        ['growth', says.growth],
        ...(model.value.info.mass ? [['weight', strings.value.legend.weight] as const] : []),
      ] as const)
    : []
  const uncertainties = [
    ['parting', parting],
    ...(others.value.length > 0 ? [['models', models] as const] : []),
  ] as const
  const gene = state.color.value.startsWith('gene:') ? state.color.value.slice(5) : null
  const ofFates =
    canHaveFates.value && model.value
      ? fateNames.value.map((name) => [`fate:${name}`, fill(fate, { name })] as const)
      : []
  const explores = state.tab.value === 'explore'
  return (
    <div class="controls">
      {!compared.value && (
        <>
          <Select
            label={says.colour}
            value={gene === null ? state.color.value : 'gene'}
            onChange={(value) => (state.color.value = value === 'gene' ? `gene:${genesByStrength.value[0]}` : value)}
            options={[
              ['time', strings.value.legend.time],
              ...(groups.value ? [['group', groups.value.name] as const] : []),
              ...ofModel,
              ...(genesByStrength.value.length > 0 ? [['gene', says.aGene] as const] : []),
            ]}
            groups={[
              ...(model.value ? [[says.uncertainty, uncertainties] as const] : []),
              ...(ofFates.length > 0 ? [[says.fates, ofFates] as const] : []),
            ]}
          />
          {gene !== null && (
            <GeneBox
              label={strings.value.shared.gene}
              value={gene}
              names={genesByStrength.value}
              note={expressionText}
              onChoose={(name) => (state.color.value = `gene:${name}`)}
            />
          )}
          {data.labels.length > 1 && (
            <Select
              label={says.labels}
              value={groups.value!.name}
              onChange={chooseLabels}
              options={data.labels.map(({ name }) => [name, name] as const)}
            />
          )}
          <Select
            label={says.moving}
            value={state.shown.value}
            onChange={(value) => (state.shown.value = value)}
            options={[
              ['relay', says.latest],
              ['all', says.all],
              ...(hasBothSides.value ? [['both', says.both] as const] : []),
              ...data.snapshots.map((_, k) => [String(k), fill(says.cellsOf, { time: timeName(data, k) })] as const),
            ]}
          />
        </>
      )}
      {explores && data.projections.length > 0 && (
        <Select
          label={says.picture}
          value={projection.value?.name ?? ''}
          onChange={showPicture}
          options={[
            ['', says.components],
            ...data.projections.map(({ name }) => [name, projectionName(name)] as const),
          ]}
        />
      )}
      {!projection.value && (
        <>
          <Select
            label={says.across}
            value={String(axes.value[0])}
            onChange={(value) => (state.x.value = Number(value))}
            options={components}
          />
          <Select
            label={says.up}
            value={String(axes.value[1])}
            onChange={(value) => (state.y.value = Number(value))}
            options={components}
          />
        </>
      )}
      {!compared.value && <Check of={state.ghosts}>{says.measured}</Check>}
      {!projection.value && truth.value && caseName() === null && <Check of={state.truth}>{says.truth}</Check>}
      {!compared.value && model.value && <Check of={state.arrows}>{says.arrows}</Check>}
      {!compared.value && state.color.value === 'group' && groups.value && <Check of={state.names}>{says.names}</Check>}
      <button aria-pressed={lassoing.value} onClick={() => (lassoing.value = !lassoing.value)}>
        {says.lasso}
      </button>
    </div>
  )
}

/** Another picture is another plane: it is shown whole. */
function showPicture(name: string): void {
  state.on.value = name
  state.zoom.value = [0.5, 0.5, 1]
}

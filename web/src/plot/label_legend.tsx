/** The legend of labels as a tool: a label is highlighted, hidden, or taken as a group. */
import { hiddenLabels, litLabel, toggleHidden, toggleLit } from '../picture/label_choice.ts'
import { categoryColor } from '../cells/coloring.ts'
import { labelledText } from '../cells/group_choice.ts'
import { chooseGroup } from '../selection/group.ts'
import { coloring } from '../picture/picture.ts'
import { groups } from '../session/session.ts'
import { state } from '../session/state.ts'
import { counted, strings } from '../session/language.ts'
import { fill } from '../text/terms.ts'

const SEEN = 'M1 8q7 -8 14 0q-7 8 -14 0zM8 5.5a2.5 2.5 0 1 0 0.1 0z'
const UNSEEN = 'M1 8q7 -8 14 0q-7 8 -14 0zM3 13.5L13 2.5'

export function LabelLegend() {
  const column = groups.value
  if (!column || !coloring.value?.labels || state.color.value !== 'group') return null
  const counts = new Array<number>(column.labels.length).fill(0)
  let without = 0
  for (const code of column.codes) {
    if (code < 0) ++without
    else ++counts[code]!
  }
  const lit = litLabel.value
  const says = strings.value.plot
  return (
    <details class="label-legend" open={!matchMedia('(max-width: 760px)').matches}>
      <summary>{column.name}</summary>
      <ul aria-label={fill(says.labelsOf, { name: column.name })}>
        {column.labels.map((label, i) => {
          const isHidden = hiddenLabels.value.has(i)
          return (
            <li key={label} class={isHidden ? 'is-hidden' : ''}>
              <button
                class="label"
                aria-pressed={lit === i}
                title={fill(says.highlight, { label, cells: counted(counts[i]!, 'cell') })}
                onClick={() => toggleLit(i)}>
                <i class="dot" style={{ background: categoryColor(i) }} />
                <span>{label}</span>
              </button>
              <button
                class="icon"
                aria-pressed={isHidden}
                aria-label={fill(says.hide, { label })}
                onClick={() => toggleHidden(i)}>
                <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
                  <path d={isHidden ? UNSEEN : SEEN} />
                </svg>
              </button>
            </li>
          )
        })}
        {without > 0 && (
          <li class="others">
            <i class="dot" style={{ background: categoryColor(-1) }} /> {strings.value.legend.noLabel}
          </li>
        )}
      </ul>
      {lit !== null && (
        <button
          onClick={() =>
            chooseGroup(labelledText({ column: column.name, label: column.labels[lit]!, snapshot: null }))
          }>
          {fill(says.take, { cells: counted(counts[lit]!, 'cell') })}
        </button>
      )}
    </details>
  )
}

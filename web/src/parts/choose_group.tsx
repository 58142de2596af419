/** A group without a lasso: the cells with a label, or of one time. */
import { useSignal } from '@preact/signals'
import { labelledText } from '../cells/group_choice.ts'
import { chooseGroup } from '../selection/group.ts'
import { dataset, groups } from '../session/session.ts'
import { Select } from './select.tsx'
import { strings, timeName } from '../session/language.ts'

export function ChooseGroup() {
  const says = strings.value.explore
  const label = useSignal('')
  const snapshot = useSignal('')
  const data = dataset.value!
  const all = label.value === '' && snapshot.value === ''
  return (
    <div class="row">
      {groups.value && (
        <Select
          label={groups.value.name}
          value={label.value}
          onChange={(value) => (label.value = value)}
          options={[['', says.any], ...groups.value.labels.map((name) => [name, name] as const)]}
        />
      )}
      <Select
        label={says.measuredAt}
        value={snapshot.value}
        onChange={(value) => (snapshot.value = value)}
        options={[['', says.anyTime], ...data.snapshots.map((_, k) => [String(k), timeName(data, k)] as const)]}
      />
      <button
        disabled={all}
        onClick={() =>
          chooseGroup(
            labelledText({
              column: label.value === '' ? '' : groups.value!.name,
              label: label.value,
              snapshot: snapshot.value === '' ? null : Number(snapshot.value),
            }),
          )
        }>
        {says.take}
      </button>
    </div>
  )
}

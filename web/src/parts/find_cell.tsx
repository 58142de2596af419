/** A cell by its number or by its name. */
import { useComputed, useSignal, useSignalEffect } from '@preact/signals'
import { findCell } from '../selection/find_cell.ts'
import { dataset } from '../session/session.ts'
import { state } from '../session/state.ts'
import { strings } from '../session/language.ts'
import { fill } from '../text/terms.ts'

const OFFERED = 12

export function FindCell() {
  const says = strings.value.explore
  const typed = useSignal('')
  const wrong = useSignal('')
  useSignalEffect(() => {
    typed.value = String(state.cell.value ?? '')
    wrong.value = ''
  })
  const {
    names,
    cells: {
      shape: [count],
    },
  } = dataset.value!
  const offered = useComputed(() => {
    const text = typed.value.trim().toLowerCase()
    const found: string[] = []
    for (let i = 0; text !== '' && i < names.length && found.length < OFFERED; ++i)
      if (names[i]!.toLowerCase().includes(text)) found.push(names[i]!)
    return found
  })
  const choose = (text: string) => {
    const cell = text.trim() === '' ? null : findCell(dataset.value!, text)
    const name = text.trim()
    wrong.value = cell === undefined ? fill(says.noSuchCell, { name, last: count - 1 }) : ''
    if (cell !== undefined) state.cell.value = cell
  }
  return (
    <div class="find-cell">
      <label class="find">
        <span>{names.length > 0 ? says.nameOrNumber : says.number}</span>
        <input
          type="text"
          spellcheck={false}
          autocomplete="off"
          list="cell-names"
          value={typed.value}
          placeholder={fill(says.numbers, { last: count - 1 })}
          onInput={(event) => (typed.value = event.currentTarget.value)}
          onChange={(event) => choose(event.currentTarget.value)}
        />
      </label>
      <datalist id="cell-names">
        {offered.value.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {wrong.value && (
        <p class="error" role="alert">
          {wrong.value}
        </p>
      )}
    </div>
  )
}

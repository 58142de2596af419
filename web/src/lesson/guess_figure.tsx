/** Pin a guess of where a cell goes, then see its path and how far the guess was. */
import { firstTime, paths, dataset } from '../session/session.ts'
import { state } from '../session/state.ts'
import { chosen } from '../selection/chosen.ts'
import { guessing, hasWon, pin, reveal, revealed, score, tally } from '../selection/guess.ts'
import { snapshotOf } from '../cells/dataset.ts'
import type { FigureProps } from './figure_props.ts'
import { fixed, strings } from '../session/language.ts'
import { fill } from '../text/terms.ts'

/** Another cell of the first snapshots, the same ones in the same order for everybody. */
function anotherCell(): void {
  const { begin, end } = dataset.peek()!.snapshots[0]!
  const step = Math.max(1, Math.floor(0.38 * (end - begin)))
  const at = (state.cell.peek() ?? begin) - begin
  state.cell.value = begin + ((Math.max(0, at) + step) % (end - begin))
  state.t.value = firstTime.peek()
}

export function GuessFigure({ figure }: FigureProps) {
  const data = dataset.value!
  if (!paths.value) return <p class="hint">{strings.value.words.noModel}</p>
  const cell = chosen.value
  const isLast = cell !== null && snapshotOf(data, cell) === data.snapshots.length - 1
  return (
    <div class="guess-figure">
      {isLast && <p class="hint">{figure.chosenLast}</p>}
      <div class="row">
        {!revealed.value && (
          <button
            class={pin.value ? '' : 'main'}
            aria-pressed={guessing.value}
            disabled={cell === null || isLast}
            onClick={() => (guessing.value = !guessing.value)}>
            {figure.pin}
          </button>
        )}
        {pin.value && !revealed.value && (
          <button class="main" onClick={reveal}>
            {figure.reveal}
          </button>
        )}
        <button class={revealed.value ? 'main' : ''} onClick={anotherCell}>
          {figure.again}
        </button>
      </div>
      {guessing.value && (
        <p role="status">
          <b>{figure.pinning}</b>, {figure.pinningKeys}.
        </p>
      )}
      {revealed.value && score.value && <Scores figure={figure} />}
    </div>
  )
}

function Scores({ figure }: FigureProps) {
  const found = score.value!
  const rows = [
    [figure.yours, found.yours],
    [figure.stays, found.stays],
    [figure.middle, found.middle],
  ] as const
  const most = Math.max(...rows.map(([, value]) => value), 1e-9)
  return (
    <div role="status">
      <p class="hint">{figure.away}</p>
      <table class="guess-scores">
        <tbody>
          {rows.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td class="bar">
                <i style={{ width: `${(100 * value) / most}%` }} />
              </td>
              <td class="number">{fixed(value, 2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        <b>{hasWon(found) ? `✓ ${figure.won}` : figure.lost}</b> {fill(figure.tally!, tally.value)}
      </p>
    </div>
  )
}

/** The time shown: play, steps between snapshots, a slider with a mark at each snapshot. */
import { playing, showTime } from '../session/clock.ts'
import { dataset, firstTime, lastTime, now, paths } from '../session/session.ts'
import { shownTruth } from '../session/truth.ts'
import { state } from '../session/state.ts'
import { apart } from '../cells/text.ts'
import { fixed, strings, timeIn, timeText } from '../session/language.ts'
import { fill } from '../text/terms.ts'

export function Timeline() {
  const says = strings.value.timeline
  const data = dataset.value!
  const times = data.snapshots.map(({ time }) => time)
  const [first, last] = [firstTime.value, lastTime.value]
  const before = times.findLast((time) => time < now.value - 1e-9)
  const after = times.find((time) => time > now.value + 1e-9)
  const share = (time: number) => (time - first) / (last - first)
  const named = new Set(
    apart(
      times,
      (time) => 100 * share(time),
      (time) => timeText(time).length,
    ),
  )
  return (
    <div class="timeline" role="group" aria-label={says.time}>
      <button class="icon" aria-label={says.before} disabled={before === undefined} onClick={() => showTime(before!)}>
        <Icon d="M4 3v10M13 3L6 8l7 5z" />
      </button>
      <button
        class="icon play"
        aria-label={playing.value ? says.pause : says.play}
        disabled={!paths.value && !shownTruth.value}
        onClick={() => (playing.value = !playing.value)}>
        <Icon d={playing.value ? 'M4 3h3v10H4zM9 3h3v10H9z' : 'M4 2l10 6-10 6z'} />
      </button>
      <button class="icon" aria-label={says.next} disabled={after === undefined} onClick={() => showTime(after!)}>
        <Icon d="M12 3v10M3 3l7 5-7 5z" />
      </button>
      <div class="track">
        <input
          type="range"
          aria-label={says.shown}
          min={first}
          max={last}
          step={(last - first) / 400}
          value={now.value}
          aria-valuetext={fill(strings.value.shared.time, { time: timeIn(data, now.value) })}
          onInput={(event) => showTime(Number(event.currentTarget.value))}
        />
        <div class="ticks" aria-hidden="true">
          {data.snapshots.map(({ time }) => (
            <span key={time} style={{ left: `${100 * share(time)}%` }}>
              {named.has(time) && timeText(time)}
            </span>
          ))}
        </div>
      </div>
      <output class="clock" aria-live="off">
        t = {fixed(now.value, 2)} {data.timeUnit}
      </output>
      <label class="speed">
        <span class="hidden">{says.speed}</span>
        <select
          value={String(state.speed.value)}
          onChange={(event) => (state.speed.value = Number(event.currentTarget.value))}>
          {[0.25, 0.5, 1, 2, 4].map((speed) => (
            <option key={speed} value={String(speed)}>
              {timeText(speed)} x
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}

const Icon = ({ d }: { d: string }) => (
  <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
    <path d={d} />
  </svg>
)

/** What lies above the points: the chosen cell or group with its paths, the lasso, names. */
import { useComputed } from '@preact/signals'
import { line } from 'd3-shape'
import { changed, changedPathsWait, changedPlaces, followed } from '../selection/change.ts'
import { beside, besidePaths, chosen, fan } from '../selection/chosen.ts'
import { snapshotOf } from '../cells/dataset.ts'
import { someOf } from '../cells/sample.ts'
import { group, groupBeside, lassoOnScreen } from '../selection/group.ts'
import { frameAt } from '../cells/paths.ts'
import { seenAt, textScale, view } from '../picture/picture.ts'
import { axisNames, moving, placesOf } from '../session/places.ts'
import { cellName, dataset, groups, now, paths } from '../session/session.ts'
import { pathsWait } from '../session/training.ts'
import { state } from '../session/state.ts'
import { toPixels, type Frame } from '../cells/frame.ts'
import { Arrows } from './arrows.tsx'
import { LabelNames } from './label_names.tsx'
import { GuessMark } from './guess_mark.tsx'
import { TruePathLines } from './true_paths.tsx'
import { hidesFuture } from '../selection/guess.ts'
import { Legend } from './legend.tsx'
import { AwaitedMarks, ChosenMark, CloudMarks, GroupMarks } from './marks.tsx'
import { strings, timeName } from '../session/language.ts'
import { fill } from '../text/terms.ts'

const LINES = 24 // of a group

export function Overlay({ hovered }: { hovered: { value: number | null } }) {
  const { width, height } = view.value
  const [across, up] = axisNames.value
  const isGroup = chosen.value === null && state.tab.value === 'explore'
  return (
    <svg class="overlay" width={width} height={height} aria-hidden="true">
      <TruePathLines />
      <AwaitedMarks waits={pathsWait}>
        <Arrows />
        {chosen.value !== null && moving.value && !hidesFuture.value && <ChosenPaths />}
        {beside.value !== null && moving.value && <PathBeside />}
      </AwaitedMarks>
      {!hidesFuture.value && <CloudMarks />}
      <ChosenMark />
      <GuessMark />
      {isGroup && <GroupMarks cells={groupBeside.cells} kind="other-mark" />}
      {isGroup && <GroupMarks cells={group.cells} kind="in-group" />}
      <AwaitedMarks waits={pathsWait}>{isGroup && moving.value && <GroupPaths />}</AwaitedMarks>
      {state.tab.value === 'train' && moving.value && <FirstPaths />}
      {lassoOnScreen.value && <path class="lasso" d={`${pathOf(lassoOnScreen.value)}Z`} />}
      <LabelNames />
      <Legend />
      {hovered.value !== null && dataset.value && <Hover cell={hovered.value} />}
      <g class="axis-names" transform={`translate(0 ${height}) scale(${textScale.value})`}>
        <path d="M14 -54v40h40" />
        <path d="M11 -49l3 -6l3 6M49 -17l6 3l-6 3" />
        <text x="60" y="-10">
          {across}
        </text>
        <text x="8" y="-62">
          {up}
        </text>
      </g>
      <path class="middle" d={`M${width / 2 - 9} ${height / 2}h18M${width / 2} ${height / 2 - 9}v18`} />
    </svg>
  )
}

const pathOf = line<[number, number]>().digits(1) as (points: [number, number][]) => string

/** The path of number i of `count` cells, whose places are (T, count, 2), while it is kept. */
function pathIn(places: Float32Array, count: number, i: number, frame: Frame, keep: (t: number) => boolean): string {
  return pathOf(
    paths.value!.times.flatMap((t, k) =>
      keep(t) ? [toPixels(frame, places[2 * (k * count + i)]!, places[2 * (k * count + i) + 1]!)] : [],
    ),
  )
}

const besidePlaces = placesOf(besidePaths)

/** From its own time on. */
const futureOf = (cell: number): string =>
  pathIn(moving.value!, paths.value!.count, cell, view.value, (t) => t >= dataset.value!.times[cell]!)

/** Number i of those followed after the change, from its own time on. */
const changedFutureOf = (i: number): string =>
  pathIn(
    changedPlaces.value!,
    changed.value!.count,
    i,
    view.value,
    (t) => t >= dataset.value!.times[followed.value[i]!]!,
  )

/** The fan, the cell's own path (dashed where it is the past), and its path after a change. */
function ChosenPaths() {
  const lines = useComputed(() => {
    const cell = chosen.value
    if (cell === null || !moving.value) return null
    const { times, snapshots } = dataset.value!
    const start = times[cell]!
    const before = snapshots.findLast(({ time }) => time < start)?.time ?? start
    return {
      fan: fan.value.map(futureOf),
      past: pathIn(moving.value, paths.value!.count, cell, view.value, (t) => t >= before && t <= start),
      future: futureOf(cell),
      byOthers:
        besidePlaces.value &&
        Array.from({ length: besidePaths.value!.count }, (_, i) =>
          pathIn(besidePlaces.value!, besidePaths.value!.count, i, view.value, (t) => t >= start),
        ),
      changed: changedPlaces.value && changedFutureOf(0),
    }
  })
  if (!lines.value) return null
  const { fan: fans, past, future, byOthers, changed: after } = lines.value
  return (
    <g class="paths">
      {fans.map((d, i) => (
        <path key={i} class="fan" d={d} />
      ))}
      <path class="past" d={past} />
      {byOthers?.map((d, i) => (
        <path key={i} class="by-other" d={d} />
      ))}
      <path class="halo" d={future} />
      <path class="future" d={future} />
      {after && (
        <AwaitedMarks waits={changedPathsWait}>
          <path class="halo" d={after} />
          <path class="changed" d={after} />
          <ChangedMarks among={[0]} r={6} />
        </AwaitedMarks>
      )}
    </g>
  )
}

/** The cell that the chosen one is compared with. */
function PathBeside() {
  const other = beside.value!
  const [cx, cy] = toPixels(view.value, ...seenAt(other))
  return (
    <g class="paths">
      <path class="halo" d={futureOf(other)} />
      <path class="other" d={futureOf(other)} />
      <circle class="other-mark" cx={cx} cy={cy} r={7} />
    </g>
  )
}

/** Futures of some cells of the group, of the one beside, and of some of its changed cells. */
function GroupPaths() {
  const some = useComputed(() => someOf([...followed.value.keys()], LINES))
  const lines = useComputed(() =>
    !moving.value
      ? null
      : {
          own: some.value.map((i) => futureOf(followed.value[i]!)),
          other: someOf(groupBeside.cells.value, LINES).map(futureOf),
          changed:
            changedPlaces.value && changed.value!.count === followed.value.length
              ? some.value.map(changedFutureOf)
              : null,
        },
  )
  if (!lines.value) return null
  const { own, other, changed: after } = lines.value
  return (
    <g class="paths many">
      {own.map((d, i) => (
        <path key={i} class="fan" d={d} />
      ))}
      {other.map((d, i) => (
        <path key={i} class="other" d={d} />
      ))}
      {after && (
        <AwaitedMarks waits={changedPathsWait}>
          {after.map((d, i) => (
            <path key={i} class="changed" d={d} />
          ))}
          <ChangedMarks among={some.value} r={4} />
        </AwaitedMarks>
      )}
    </g>
  )
}

/** Of some cells of the first snapshot: they bend while a model is trained. */
function FirstPaths() {
  const lines = useComputed(() => {
    const { begin, end } = dataset.value!.snapshots[0]!
    return moving.value
      ? someOf(
          Array.from({ length: end - begin }, (_, i) => begin + i),
          2 * LINES,
        ).map(futureOf)
      : []
  })
  return (
    <g class="paths many">
      {lines.value.map((d, i) => (
        <path key={i} class="fan" d={d} />
      ))}
    </g>
  )
}

/** Changed cells where they are now, if they are there yet. */
function ChangedMarks({ among, r }: { among: readonly number[]; r: number }) {
  const [places, all] = [changedPlaces.value, changed.value]
  if (!places || !all) return null
  const { frame, mix } = frameAt(all, now.value)
  const seen = among.filter((i) => now.value >= dataset.value!.times[followed.value[i]!]!)
  return (
    <>
      {seen.map((i) => {
        const at = (d: number) =>
          places[2 * (frame * all.count + i) + d]! * (1 - mix) + places[2 * ((frame + 1) * all.count + i) + d]! * mix
        const [cx, cy] = toPixels(view.value, at(0), at(1))
        return <circle key={i} class="changed-mark" cx={cx} cy={cy} r={r} />
      })}
    </>
  )
}

function Hover({ cell }: { cell: number }) {
  const data = dataset.value!
  const [cx, cy] = toPixels(view.value, ...seenAt(cell))
  const label = groups.value?.labels[groups.value.codes[cell]!]
  const says = strings.value.plot
  const values = { cell: cellName(cell), time: timeName(data, snapshotOf(data, cell)) }
  const flip = cx > view.value.width - 260
  return (
    <g class="hover" transform={`translate(${cx} ${cy}) scale(${textScale.value})`}>
      <circle r={6} />
      <text x={flip ? -12 : 12} y={-9} text-anchor={flip ? 'end' : 'start'}>
        {label ? fill(says.hoveredLabel, { ...values, label }) : fill(says.hovered, values)}
      </text>
    </g>
  )
}

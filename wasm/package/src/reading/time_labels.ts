/** What times the labels of a column stand for. */
import { badInput, usage } from '../errors.js'
import type { LabelColumn } from './label_column.js'
import { tidyTime } from './label_column.js'
import { isBare, labelText, type LabelText } from './label_text.js'
import { numberText, quoted } from './text.js'
import { sameOrigin, unitOfKey, unitOfLabel, unitOfWord, type LabelUnit } from './time_units.js'

/** @internal */
export interface LabelTimes {
  /** Per label of the column. */
  times: number[]
  /** 'd', 'h', ... or what was asked for; empty if not known. */
  unit: string
  /** Sentences on what was not obvious. */
  notes: string[]
}

/** @internal What is known of a column besides its labels. */
export interface LabelHints {
  /** Label to time; the other labels are parsed. */
  timeMap: ReadonlyMap<string, number>
  /** To convert to, or only a name where the labels have no unit. */
  unit: string
  /** The name of the column, such as 'hour'. */
  key: string
}

interface Parsed {
  index: number
  label: string
  text: LabelText
  unit: LabelUnit | undefined
}

const MOST_LABELS = 1000

function usedLabels({ labels, codes }: LabelColumn): boolean[] {
  const used = labels.map(() => false)
  for (const code of codes) if (code >= 0) used[code] = true
  const count = used.filter(Boolean).length
  if (count > MOST_LABELS)
    throw badInput(`it has ${count} distinct values, expected the time of each snapshot and at most ${MOST_LABELS}`)
  return used
}

function checkTimeMap({ labels }: LabelColumn, timeMap: ReadonlyMap<string, number>): void {
  for (const [label, time] of timeMap) {
    if (!labels.includes(label))
      throw usage(`timeMap names '${label}', which is not among the labels ${quoted(labels)}`)
    if (!Number.isFinite(time)) throw usage(`timeMap gives '${label}' a time that is not finite`)
  }
}

const namesOf = (labels: Parsed[]): string => quoted(labels.map(({ label }) => label))
const listed = (labels: Parsed[]): string =>
  labels.map(({ label, text }) => `${label} = ${numberText(text.value)}`).join(', ')

/** Decides whether the dash of 'D-7' is a minus: it is beside labels without a dash ('D0'), and not beside 'D-0'. */
function settleSigns(labels: Parsed[], notes: string[]): void {
  const open = labels.filter(({ text }) => text.sign === 'open')
  const dashBeforeZero = open.some(({ text }) => text.value === 0)
  const without = labels.find(({ text }) => text.sign !== 'open' && !text.isRange)
  if (open.length === 0 || (dashBeforeZero && !without)) return
  if (without && !dashBeforeZero) {
    notes.push(
      `the dash in ${namesOf(open)} is read as a minus, because '${without.label}' has none; ` +
        'give timeMap for other times',
    )
    for (const { text } of open) text.value = -text.value
  } else {
    notes.push(
      `the dash in ${namesOf(open)} is not read as a minus ('${open[0]!.label}' is time ` +
        `${numberText(open[0]!.text.value)}); give timeMap for other times`,
    )
  }
}

function mixture(a: Parsed, b: Parsed, labels: Parsed[]): Error {
  const example = labels.slice(0, 4).map(({ label }) => `${label}=TIME`)
  if (labels.length > 4) example.push('...')
  return badInput(
    `the labels '${a.label}' and '${b.label}' do not count time in the same way (got ${namesOf(labels)}): ` +
      `give the times with timeMap "${example.join(',')}"`,
  )
}

/** Refuses labels of which the number alone would not be the time. */
function requireOneScale(labels: Parsed[]): void {
  let unit: Parsed | undefined
  let words: Parsed | undefined // text around that is no unit
  for (const each of labels) {
    if (isBare(each.text)) continue
    if (each.unit) {
      if (unit && !sameOrigin(unit.unit!, each.unit)) throw mixture(unit, each, labels)
      if (unit && (unit.unit!.name === '') !== (each.unit.name === '')) throw mixture(unit, each, labels)
      if (!unit || unit.unit!.origin === '') unit = each
    } else {
      if (words && (words.text.before !== each.text.before || words.text.after !== each.text.after))
        throw mixture(words, each, labels)
      words = each
    }
    if (unit && words) throw mixture(unit, words, labels)
  }
}

/** One unit for all labels, which are converted to it; empty if there is none. */
function settleUnits(labels: Parsed[], { unit: asked, key }: LabelHints, areNumbers: boolean, notes: string[]): string {
  if (labels.every(({ text }) => isBare(text))) for (const each of labels) each.unit = unitOfKey(key)
  const units = labels.flatMap(({ unit }) => (unit && unit.name !== '' ? [unit] : []))
  if (units.length === 0) return asked
  const largest = units.reduce((a, b) => (b.minutes > a.minutes ? b : a))
  const smallest = units.reduce((a, b) => (b.minutes < a.minutes ? b : a))
  const target = asked === '' ? largest : unitOfWord(asked)
  if (!target)
    throw usage(`timeUnit is '${asked}', but the times are in ${largest.name}, expected sec, min, h, d, w, mo or y`)
  if (target.minutes === smallest.minutes && target.minutes === largest.minutes) return target.name
  for (const each of labels) {
    if (each.unit) each.text.value = (each.text.value * each.unit.minutes) / target.minutes
    else if (each.text.value !== 0)
      throw mixture(
        each,
        labels.find(({ unit }) => unit)!,
        labels,
      )
  }
  if (!areNumbers || smallest.minutes !== largest.minutes)
    notes.push(`the times are converted to the unit ${target.name} (${listed(labels)}); give timeMap for others`)
  return target.name
}

/** Whether the labels are ranges in an order that is meant and that their numbers have, too. */
function areRanks(column: LabelColumn, { timeMap }: LabelHints, labels: Parsed[], notes: string[]): boolean {
  const ranges = labels.length > 0 && labels.every(({ text }) => text.isRange)
  if (!column.ordered || column.numbers || timeMap.size > 0 || !ranges) return false
  const ascending = labels.every(({ text }, i) => i === 0 || labels[i - 1]!.text.value <= text.value)
  if (!ascending)
    notes.push(
      `the order of the categories, ${namesOf(labels)}, is not that of their numbers, so the middles of the ranges ` +
        'are taken as times',
    )
  return ascending
}

function ranks({ labels }: LabelColumn, { unit }: LabelHints): LabelTimes {
  if (unitOfWord(unit))
    throw usage(
      `timeUnit is '${unit}', but the labels are ordered ranges whose ranks are the times: give their times with ` +
        'timeMap',
    )
  const table = labels.map((label, rank) => `${label} = ${rank}`).join(', ')
  return {
    times: labels.map((_, rank) => rank),
    unit,
    notes: [`the labels are ordered ranges, so their ranks are taken as times (${table}); give timeMap for others`],
  }
}

/**
 * @internal Times from the map, else from numbers, else from the number in each label. Ranges stand for their middle,
 * or for their rank in an ordered categorical whose order is that of their numbers. Different units of one time ('8h',
 * '1d') are converted to the largest.
 */
export function timesOfLabels(column: LabelColumn, hints: LabelHints): LabelTimes {
  checkTimeMap(column, hints.timeMap)
  const used = usedLabels(column)
  const times = column.labels.map(() => 0)
  const labels: Parsed[] = []
  column.labels.forEach((label, index) => {
    const mapped = hints.timeMap.get(label)
    if (mapped !== undefined) times[index] = mapped
    if (mapped !== undefined || !used[index]) return
    const text = column.numbers
      ? ({ before: '', after: '', value: column.numbers[index]!, sign: 'none', isRange: false } as const)
      : labelText(label)
    const value = column.numbers ? text.value : tidyTime(text.value)
    if (!Number.isFinite(value)) throw badInput(`it holds the time ${label}, expected finite times`)
    labels.push({ index, label, text: { ...text, value }, unit: unitOfLabel(text) })
  })
  const notes: string[] = []
  settleSigns(labels, notes)
  requireOneScale(labels)
  const unit = settleUnits(labels, hints, column.numbers !== undefined, notes)
  if (areRanks(column, hints, labels, notes)) return ranks(column, hints)
  for (const { index, text } of labels) times[index] = text.value
  return { times, unit, notes }
}

/** Units of time in labels: '8h', 'day 3', 'E8.5', '24hpf'. */
import { firstWord, lastWord, type LabelText } from './label_text.js'
import { lowerCase, trimmed } from './text.js'

/** @internal */
export interface LabelUnit {
  /** 'min', 'h', 'd', ...; empty for words such as 't' that name a time but no unit. */
  name: string
  /** Its length; 0 if the name is empty. */
  minutes: number
  /** What it is counted from: 'conception', 'birth', 'pf' (of hpf), ... or empty. */
  origin: string
}

const HOUR = 60
const DAY = 24 * HOUR
const WEEK = 7 * DAY
const YEAR = 365.25 * DAY
const CONCEPTION = 'conception'
const BIRTH = 'birth'
const LAST_PERIOD = 'the last period'

/** Not 's', which is a sample or a somite as often as a second, and not 'm'. */
const PLAIN: [words: string[], name: string, minutes: number][] = [
  [['sec', 'secs', 'second', 'seconds'], 's', 1 / 60],
  [['min', 'mins', 'minute', 'minutes'], 'min', 1],
  [['h', 'hr', 'hrs', 'hour', 'hours'], 'h', HOUR],
  [['d', 'day', 'days'], 'd', DAY],
  [['w', 'wk', 'wks', 'week', 'weeks'], 'w', WEEK],
  [['mo', 'mos', 'month', 'months'], 'mo', YEAR / 12],
  [['y', 'yr', 'yrs', 'year', 'years'], 'y', YEAR],
]

function plainUnit(word: string): LabelUnit | undefined {
  const found = PLAIN.find(([words]) => words.includes(word))
  return found && { name: found[1], minutes: found[2], origin: '' }
}

/** 'hpf', 'dpi', 'wpc': units post something; 'pcw' and 'gw'. */
function countedUnit(word: string): LabelUnit | undefined {
  if (word === 'pcw') return { name: 'w', minutes: WEEK, origin: CONCEPTION }
  if (word === 'pcd') return { name: 'd', minutes: DAY, origin: CONCEPTION }
  if (word === 'gw') return { name: 'w', minutes: WEEK, origin: LAST_PERIOD }
  if (word === 'pnd') return { name: 'd', minutes: DAY, origin: BIRTH }
  if (!/^[hdw]p[!-~]$/.test(word)) return undefined
  return { ...plainUnit(word[0]!)!, origin: word[2] === 'c' ? CONCEPTION : word.slice(1) }
}

/** Words before the number: 'E8.5' is an embryo's day, 'P2' a day after birth, 't2' no unit. */
function leadingUnit(word: string): LabelUnit | undefined {
  if (word === 'e' || word === 'ed') return { name: 'd', minutes: DAY, origin: CONCEPTION }
  if (word === 'p' || word === 'pn' || word === 'pd') return { name: 'd', minutes: DAY, origin: BIRTH }
  if (['t', 'tp', 'time', 'timepoint'].includes(word)) return { name: '', minutes: 0, origin: '' }
  if (word === 'y') return undefined // more often a name
  return countedUnit(word) ?? plainUnit(word)
}

const trailingUnit = (word: string): LabelUnit | undefined => countedUnit(word) ?? plainUnit(word)

/** @internal The unit of a word of its own, such as 'hours'. */
export const unitOfWord = (word: string): LabelUnit | undefined => trailingUnit(lowerCase(trimmed(word)))

/** @internal The unit beside the number of a label, if there is one and only one. */
export function unitOfLabel(label: LabelText): LabelUnit | undefined {
  const before = leadingUnit(lastWord(label.before))
  const after = trailingUnit(firstWord(label.after))
  if (!before || !after) return before ?? after
  if (before.name === '') return after
  if (before.name === after.name) return before.origin === '' ? after : before
  return undefined
}

/** @internal The unit in the name of a column: 'hour', 'day_numerical', 'hpf'. */
export function unitOfKey(key: string): LabelUnit | undefined {
  const words = lowerCase(key).split(/[^a-z]+/)
  const units = words.flatMap((word) => (word.length > 2 ? (trailingUnit(word) ?? []) : []))
  return units.length === 1 ? units[0] : undefined
}

/** @internal Whether both count from the same moment; '' beside another origin only if that one is the beginning of an
 * experiment ('24h', '48hpi') and not of a life. */
export function sameOrigin(a: LabelUnit, b: LabelUnit): boolean {
  if (a.origin === b.origin) return true
  const other = a.origin === '' ? b.origin : a.origin
  return (a.origin === '' || b.origin === '') && ![CONCEPTION, BIRTH, LAST_PERIOD].includes(other)
}

/** What stands in the label of a time: a number or a range, and the text around it. */
import { badInput } from '../errors.js'
import { lowerCase, parseNumber, trimmed } from './text.js'

/** @internal How the number of a label begins: 'given' is a sign and nothing else, as in 'day -7'; 'open' a minus, or a
 * dash between a word and its number, as in 'D-7'. */
export type LabelSign = 'none' | 'given' | 'open'

/** @internal */
export interface LabelText {
  /** The text around, in lower case, without separators at its ends. */
  before: string
  after: string
  /** Of a range its middle; an open dash is not counted. */
  value: number
  sign: LabelSign
  /** Two numbers joined by a dash, the second larger. */
  isRange: boolean
}

const MINUS = '\u2212' // never a dash
const AROUND = /^[ \t\r\n_\-.:+()[\]#,;=/\u2212]+|[ \t\r\n_\-.:+()[\]#,;=/\u2212]+$/g

interface Found {
  value: number
  begin: number
  end: number
  sign: LabelSign
}

const isLetter = (character: string): boolean => /[a-z\u0080-\u2211\u2213-\uffff]/i.test(character)

/** One sign for all of Unicode's dashes, and one space. */
const plainSigns = (label: string): string => label.replace(/[\u2010-\u2015]/g, '-').replace(/\u00a0/g, ' ')

function signBefore(label: string, begin: number): LabelSign {
  if (begin === 0) return 'none'
  const sign = label[begin - 1]!
  const before = begin > 1 ? label[begin - 2]! : ' '
  if (sign === '+') return 'given'
  if (sign === MINUS) return /\d$/.test(trimmed(label.slice(0, begin - 1))) ? 'none' : 'given'
  if (sign !== '-') return 'none'
  if (before === ' ' || before === '_' || before === '(') return 'given'
  return isLetter(before) ? 'open' : 'none'
}

function numbersIn(label: string): Found[] {
  return [...label.matchAll(/\d+(?:\.\d+)?/g)].map((match) => {
    const sign = signBefore(label, match.index)
    const negative = sign === 'given' && label[match.index - 1] !== '+'
    const value = Number(match[0])
    return { value: negative ? -value : value, begin: match.index, end: match.index + match[0].length, sign }
  })
}

function rangeIn(label: string, numbers: Found[]): boolean {
  const [low, high] = numbers
  if (numbers.length !== 2 || !(low!.value < high!.value)) return false
  const between = trimmed(label.slice(low!.end, high!.begin))
  return between === '-' || between === MINUS
}

const stripped = (text: string): string => lowerCase(text.replace(AROUND, ''))

/** @internal */
export function labelText(label: string): LabelText {
  const plain = plainSigns(label)
  const number = plain.replaceAll(MINUS, '-')
  const whole = parseNumber(number)
  if (whole !== undefined && Number.isFinite(whole)) {
    const sign = /^[-+]/.test(trimmed(number)) ? 'given' : 'none'
    return { before: '', after: '', value: whole, sign, isRange: false }
  }
  const numbers = numbersIn(plain)
  const isRange = rangeIn(plain, numbers)
  if (numbers.length !== 1 && !isRange)
    throw badInput(
      `the label '${label}' holds ${numbers.length === 0 ? 'no number' : 'more than one number'}, expected one ` +
        `such as 'day12': give its time with timeMap "${label}=TIME"`,
    )
  const first = numbers[0]!
  const last = numbers.at(-1)!
  return {
    before: stripped(plain.slice(0, first.begin)),
    after: stripped(plain.slice(last.end)),
    value: isRange ? (first.value + last.value) / 2 : first.value,
    sign: isRange && first.sign === 'open' ? 'none' : first.sign,
    isRange,
  }
}

/** @internal */
export const isBare = ({ before, after }: LabelText): boolean => before === '' && after === ''

/** @internal The last word of a text, and its first one: letters without digits and separators. */
export const lastWord = (text: string): string => /[a-z\u0080-\u2211\u2213-\uffff]*$/i.exec(text)![0]
/** @internal */
export const firstWord = (text: string): string => /^[a-z\u0080-\u2211\u2213-\uffff]*/i.exec(text)![0]

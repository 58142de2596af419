/** Numbers with a decimal comma, as tables of much of Europe have them. */
import { parseNumber, trimmed } from './text.js'

/** @internal 'unclear' is 1,234: a thousand and more, or one and a bit; 'none' is no number with a mark. */
export type DecimalMark = 'none' | 'point' | 'comma' | 'unclear'

/** @internal */
export function decimalMark(text: string): DecimalMark {
  const field = trimmed(text)
  if (field === '' || field.length > 64) return 'none'
  const commas = field.split(',').length - 1
  const hasPoint = field.includes('.')
  if (commas === 0) return hasPoint && parseNumber(field) !== undefined ? 'point' : 'none'
  if (hasPoint || commas > 1 || parseNumber(field.replace(',', '.')) === undefined) return 'none'
  return /^[+-]*[1-9]\d{0,2},\d{3}$/.test(field) ? 'unclear' : 'comma'
}

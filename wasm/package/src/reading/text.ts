/** Texts and numbers as files write them: the rules of native/io/files/text.hpp. */

/** @internal At most 12 names. */
export function quoted(names: readonly string[]): string {
  const shown = names
    .slice(0, 12)
    .map((name) => `'${name}'`)
    .join(', ')
  return names.length > 12 ? `${shown} and ${names.length - 12} others` : shown
}

/** @internal Without blanks around; others than these, such as a fixed space, stay. */
export function trimmed(text: string): string {
  const isTight = text.charCodeAt(0) > SPACE && text.charCodeAt(text.length - 1) > SPACE
  return isTight ? text : text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '')
}

const SPACE = 32

/** @internal Letters of ASCII alone. */
export const lowerCase = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())

const DECIMAL = /^-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i

/** @internal A number that is the whole text, else undefined; 'nan' and 'inf' are numbers. */
export function parseNumber(text: string): number | undefined {
  const tight = trimmed(text)
  const plain = tight.startsWith('+') && !tight.startsWith('+-') ? tight.slice(1) : tight
  if (DECIMAL.test(plain)) {
    const value = Number(plain)
    const lost = value === 0 && /[1-9]/.test(plain.split(/e/i)[0]!)
    return Number.isFinite(value) && !lost ? value : undefined
  }
  const word = /^(-?)(inf|infinity|nan)$/i.exec(plain)
  if (!word) return undefined
  return word[2]!.toLowerCase() === 'nan' ? NaN : word[1] ? -Infinity : Infinity
}

const MISSING = ['', 'na', 'n/a', 'nan', '<na>', 'nat', 'null', 'none']

/** @internal A text that stands for no value. */
export const isMissing = (text: string): boolean => MISSING.includes(lowerCase(trimmed(text)))

/** @internal The shortest text from which the number comes back; whole numbers without an exponent. */
export function numberText(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  if (Math.abs(value) < 1e9 && Number.isInteger(value)) return String(value + 0)
  const [digits = '', exponent = ''] = value.toExponential().split('e')
  const power = Number(exponent)
  const scientific = `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
  const fixed = fixedText(digits, power)
  return fixed.length <= scientific.length ? fixed : scientific
}

function fixedText(digits: string, power: number): string {
  const sign = digits.startsWith('-') ? '-' : ''
  const plain = digits.replace(/[-.]/g, '')
  if (power < 0) return `${sign}0.${'0'.repeat(-power - 1)}${plain}`
  const whole = plain.slice(0, power + 1).padEnd(power + 1, '0')
  const rest = plain.slice(power + 1)
  return sign + whole + (rest && `.${rest}`)
}

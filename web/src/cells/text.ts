/** Numbers for people. */
export const timeText = (value: number): string => String(Number(value.toPrecision(4)))

export const counted = (count: number, noun: string): string =>
  `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`

export function signed(value: number, digits = 2): string {
  const size = Math.abs(value).toFixed(digits)
  return Number(size) === 0 ? size : `${value < 0 ? '−' : '+'}${size}`
}

/** Decimals that leave two significant digits to a value of this size: hours make small rates. */
export const decimalsOf = (size: number): number =>
  size > 0 ? Math.min(8, Math.max(2, 1 - Math.floor(Math.log10(size)))) : 2

export const percent = (share: number): string => `${Math.round(100 * share)} %`

/** On a button that shows more of a list, but not more than so many. */
export const moreText = (count: number, most: number): string =>
  count <= most ? `Show all ${count}` : `Show ${most} of ${count.toLocaleString('en')}`

/** For the ends of a scale. */
export const tickText = (value: number): string => String(Number(value.toPrecision(2)))

const LETTER = 1.1 // per cent of a scale
const GAP = 1.5

/** Those of ascending values on a scale of 100 whose names do not lie over each other; the last one is among them. */
export function apart(
  values: readonly number[],
  place: (value: number) => number,
  letters: (value: number) => number,
): number[] {
  const near = (a: number, b: number) => place(b) - place(a) < (LETTER * (letters(a) + letters(b))) / 2 + GAP
  const last = values.at(-1)
  const kept: number[] = []
  for (const value of values) {
    const before = kept.at(-1)
    const fits = (before === undefined || !near(before, value)) && (value === last || !near(value, last!))
    if (fits || value === last) kept.push(value)
  }
  return kept
}

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

/** For the ends of a scale. */
export const tickText = (value: number): string => String(Number(value.toPrecision(2)))

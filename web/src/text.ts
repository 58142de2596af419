/** Numbers for people. */
export const timeText = (value: number): string => String(Number(value.toPrecision(4)))

export const counted = (count: number, noun: string): string => `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`

export function signed(value: number, digits = 2): string {
  const size = Math.abs(value).toFixed(digits)
  return Number(size) === 0 ? size : `${value < 0 ? '−' : '+'}${size}`
}

export const percent = (share: number): string => `${Math.round(100 * share)} %`

/** For the ends of a scale. */
export const tickText = (value: number): string => String(Number(value.toPrecision(2)))

/** How numbers and names are fitted into their place. */

/** Decimals that leave two significant digits to a value of this size: hours make small rates. */
export const decimalsOf = (size: number): number =>
  size > 0 ? Math.min(8, Math.max(2, 1 - Math.floor(Math.log10(size)))) : 2

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

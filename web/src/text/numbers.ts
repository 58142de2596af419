/** Numbers for people, as a language writes them. Files and addresses have them as programs read them. */

export interface Numbers {
  /** With so many decimals. */
  fixed(value: number, decimals: number): string
  /** Thousands stand apart. */
  grouped(value: number): string
  /** A time, or another value that is read. */
  short(value: number): string
  /** For the ends of a scale. */
  tick(value: number): string
  percent(share: number): string
  /** With its sign. */
  signed(value: number, decimals?: number): string
  /** Which form of a noun a count takes. */
  form(count: number): 'one' | 'other'
}

export function numbersIn(language: string): Numbers {
  const formats = new Map<string, Intl.NumberFormat>()
  const write = (value: number, key: string, options: Intl.NumberFormatOptions): string => {
    let format = formats.get(key)
    if (!format) formats.set(key, (format = new Intl.NumberFormat(language, options)))
    return format.format(value)
  }
  const fixed = (value: number, digits: number) =>
    write(value, `fixed ${digits}`, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      useGrouping: false,
    })
  const significant = (value: number, digits: number) =>
    write(value, `significant ${digits}`, { maximumSignificantDigits: digits, useGrouping: false })
  const plural = new Intl.PluralRules(language)
  return {
    fixed,
    grouped: (value) => write(value, 'grouped', { maximumFractionDigits: 6 }),
    short: (value) => significant(value, 4),
    tick: (value) => significant(value, 2),
    percent: (share) => `${fixed(100 * share, 0)} %`,
    signed: (value, decimals = 2) => {
      const size = fixed(Math.abs(value), decimals)
      return /[1-9]/.test(size) ? `${value < 0 ? '−' : '+'}${size}` : size
    },
    form: (count) => (plural.select(count) === 'one' ? 'one' : 'other'),
  }
}

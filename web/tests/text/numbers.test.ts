import { expect, test } from 'vitest'
import { languageFor, nextLanguage } from '../../src/text/languages.ts'
import { numbersIn } from '../../src/text/numbers.ts'

test.each([
  ['en', '1.50', '12,345', '1235', '0.0005', '+0.32', '−1.0', '12 %'],
  ['de', '1,50', '12.345', '1235', '0,0005', '+0,32', '−1,0', '12 %'],
])('numbers in %s', (language, fixed, grouped, short, rate, signed, negative, percent) => {
  const numbers = numbersIn(language)
  expect([
    numbers.fixed(1.5, 2),
    numbers.grouped(12_345),
    numbers.short(1234.56),
    numbers.grouped(0.0005),
    numbers.signed(0.318),
    numbers.signed(-0.999, 1),
    numbers.percent(0.1234),
  ]).toEqual([fixed, grouped, short, rate, signed, negative, percent])
  expect(numbers.signed(-0.001)).toBe(numbers.fixed(0, 2)) // nothing has no sign
  expect([0, 1, 2].map(numbers.form)).toEqual(['other', 'one', 'other'])
})

test('the first wanted language that the page has', () => {
  expect(languageFor(['fr', 'de-AT', 'en'])).toBe('de')
  expect(languageFor(['en-GB', 'de'])).toBe('en')
  expect(languageFor(['constructor', 'fr'])).toBe('en')
  expect(languageFor([])).toBe('en')
  expect([nextLanguage('en'), nextLanguage('de')]).toEqual(['de', 'en'])
})

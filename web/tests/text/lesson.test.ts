import { describe, expect, test } from 'vitest'
import { en } from '../../src/text/en.ts'
import { TABLES } from '../../src/text/tables.ts'
import { STEPS, type StepText, type Table } from '../../src/text/table.ts'
import { fill, partsOf, TERMS, termsIn, type Term } from '../../src/text/terms.ts'

/** The step that shows a term. */
const SHOWN_IN: Readonly<Record<Term, (typeof STEPS)[number]>> = {
  snapshot: 'snapshots',
  model: 'guess',
  path: 'guess',
  rate: 'oneGene',
  matrix: 'matrix',
  component: 'components',
  whitened: 'components',
  network: 'operator',
  operator: 'operator',
  eigenvalue: 'eigenvalues',
  cloud: 'cloud',
  mmd: 'mmd',
  kinetic: 'kinetic',
  w1: 'score',
  heldOut: 'score',
  noiseFloor: 'score',
}

/** All that a step says, in the order in which it is read. */
const saidIn = ({ title, text, formula, figure, question }: StepText): string[] => [
  title,
  text,
  formula ?? '',
  ...Object.values(figure ?? {}),
  ...(question ? [question.ask, ...question.options, question.why] : []),
]

/** 'kinetic in step mmd', where a term is used before it is shown. */
function usedTooEarly({ steps, glossary }: Table): string[] {
  return STEPS.flatMap((step, place) =>
    termsIn(saidIn(steps[step]).join('\n'), glossary)
      .filter((term) => STEPS.indexOf(SHOWN_IN[term]) > place)
      .map((term) => `${term} in step ${step}`),
  )
}

/** Terms that the text of their step does not hold: nothing shows them. */
const neverShown = ({ steps, glossary }: Table): Term[] =>
  TERMS.filter((term) => !termsIn(steps[SHOWN_IN[term]].text, glossary).includes(term))

describe.each(Object.entries(TABLES))('the lesson in %s', (_, table) => {
  test('uses no term before the step that shows it', () => {
    expect(usedTooEarly(table)).toEqual([])
    expect(neverShown(table)).toEqual([])
  })

  test('would be caught if it did', () => {
    const steps = { ...table.steps, oneGene: { ...table.steps.oneGene, text: table.steps.score.text } }
    expect(usedTooEarly({ ...table, steps })).toContain('w1 in step oneGene')
    const bare = { ...table.steps, score: { ...table.steps.score, text: '' } }
    expect(neverShown({ ...table, steps: bare })).toEqual(['w1', 'heldOut', 'noiseFloor'])
  })

  test('explains each term in one plain sentence or two, with terms shown before', () => {
    for (const term of TERMS) {
      const { says } = table.glossary[term]
      expect(says.length, term).toBeLessThan(160)
      const own = SHOWN_IN[term]
      const later = termsIn(says, table.glossary).filter(
        (one) => one === term || STEPS.indexOf(SHOWN_IN[one]) > STEPS.indexOf(own),
      )
      expect(later, term).toEqual([])
    }
  })

  test('has a right answer to each question', () => {
    const questions = [
      ...Object.values(table.steps).flatMap(({ question }) => question ?? []),
      ...Object.values(table.cases).flatMap(({ questions: all }) => all),
    ]
    expect(questions.length).toBeGreaterThan(15)
    for (const { ask, options, right } of questions) {
      expect(options[right], ask).toBeDefined()
      expect(new Set(options).size, ask).toBe(options.length)
    }
  })
})

test.each(Object.entries(TABLES))('%s agrees with English about what is right, and what is filled in', (_, table) => {
  const answers = ({ steps, cases }: Table) => [
    ...Object.values(steps).map(({ question }) => question && [question.right, question.options.length]),
    ...Object.values(cases).flatMap(({ questions }) => questions.map(({ right, options }) => [right, options.length])),
  ]
  expect(answers(table)).toEqual(answers(en))
  const names = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort()
  const places = (texts: unknown): unknown =>
    typeof texts === 'string'
      ? names(texts)
      : typeof texts === 'object' && texts !== null
        ? Object.fromEntries(Object.entries(texts).map(([key, inner]) => [key, places(inner)]))
        : null
  expect(places({ ...table, glossary: null })).toEqual(places({ ...en, glossary: null }))
})

test('a text is cut at the first mention of each term', () => {
  const text = 'A matrix, two matrices; W1 of PC12 is no W12.'
  const parts = partsOf(text, en.glossary)
  expect(parts.map((part) => part.text).join('')).toBe(text)
  expect(parts.filter(({ term }) => term).map((part) => [part.text, part.term])).toEqual([
    ['matrix', 'matrix'],
    ['W1', 'w1'],
    ['PC12', 'component'],
  ])
})

test('values stand where their names do', () => {
  expect(fill('{a} of {b}, {a}', { a: 1, b: 'two' })).toBe('1 of two, 1')
})

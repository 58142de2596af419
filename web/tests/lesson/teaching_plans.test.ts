import { readdirSync, readFileSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import { readHash, state, writeHash } from '../../src/session/state.ts'
import { en } from '../../src/text/en.ts'
import { CASES, STEPS } from '../../src/text/table.ts'

const folder = new URL('../../../docs/teaching/', import.meta.url)
const plans = readdirSync(folder).filter((name) => /^\d/.test(name))
const QUESTIONS = [
  ...Object.values(en.steps).flatMap(({ question }) => question ?? []),
  ...Object.values(en.cases).flatMap(({ questions }) => questions),
]

afterEach(() => readHash(''))

test('there are six plans', () => expect(plans).toHaveLength(6))

describe.each(plans)('%s', (name) => {
  const text = readFileSync(new URL(name, folder), 'utf8')
  const links = [...text.matchAll(/`(#[^`]*)`/g)].map(([, link]) => link!)
  const rows = text
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split('|').map((cell) => cell.trim()))

  test('is 45 minutes long', () => {
    const minutes = rows.map(([, first]) => Number(first)).filter((minute) => minute > 0)
    expect(minutes.reduce((sum, minute) => sum + minute, 0)).toBe(45)
  })

  test('has links that the page understands, to steps and cells that exist', () => {
    expect(links.length).toBeGreaterThan(2)
    for (const link of links) {
      readHash(link)
      const kept = new URLSearchParams(writeHash())
      for (const [key, value] of new URLSearchParams(link.slice(1))) {
        const isUsual = ['t', 'x', 'y'].includes(key) // may be those of a new page
        if (!isUsual && !(key === 'step' && value === '0')) expect(kept.get(key), `${key} of ${link}`).toBe(value)
      }
      expect(STEPS[state.step.value], link).toBeDefined()
      expect(['', ...CASES], link).toContain(state.lesson.value)
    }
  })

  test('gives the answers that the page gives', () => {
    const asked = rows.flatMap(([, ask, answer]) =>
      QUESTIONS.filter((one) => one.ask === ask).map((one) => ({ one, answer })),
    )
    expect(asked.length).toBeGreaterThan(0)
    for (const { one, answer } of asked) expect(answer, one.ask).toBe(one.options[one.right])
  })

  test('asks only what stands in its answers, and answers all', () => {
    const questions = rows.filter((row) => row.length === 4 && row[1]!.endsWith('?'))
    expect(questions.length).toBeGreaterThan(3)
    for (const [, ask, answer] of questions) expect(answer, ask).not.toBe('')
  })
})

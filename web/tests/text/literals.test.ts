import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { literalsIn } from '../support/literals.ts'

/** Errors that plot.tsx takes as a sign to draw without WebGL. */
const CAUGHT = ['The plot cannot be drawn here:', 'This browser shows no WebGL 2.', 'There is no graphics card here.']
const SOURCES = new URL('../../src/', import.meta.url)

test('nothing is said outside of the table of texts', () => {
  const sources = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.startsWith('text/'))
    .sort()
  expect(sources.length).toBeGreaterThan(100)
  const found = sources.flatMap((name) => literalsIn(name, readFileSync(new URL(name, SOURCES), 'utf8')))
  expect(
    found.filter((one) => !CAUGHT.some((error) => one.startsWith('plot/points_layer.ts:') && one.endsWith(error))),
  ).toEqual([])
})

test.each([
  ['a text', '<p>Hello</p>', 'Hello'],
  ['a text beside values', '<p>{count} cells</p>', 'cells'],
  ['a choice', "<p>{done ? 'done' : ''}</p>", 'done'],
  ['a sum', "<p>{'until ' + time}</p>", 'until'],
  ['a template', '<p>{done && `at ${time}`}</p>', 'at'],
  ['an attribute', '<button aria-label="Close" />', 'Close'],
  ['a tooltip', '<p title={`Show ${gene}`} />', 'Show'],
  ['a placeholder', "<input placeholder={name ?? 'name'} />", 'name'],
  ['what a part shows', '<Select label="Colour" options={[]} />', 'Colour'],
  ['an option', "<Select options={[['all', 'all cells']]} />", 'all cells'],
  ['a sentence', "problem.value = 'No cells.'", 'No cells.'],
  ['an error', 'throw new Error(`The model has ${dims} dimensions`)', 'The model has'],
])('%s would be found', (_, code, words) => {
  expect(literalsIn('planted.tsx', `const planted = () => {\n  ${code}\n}`)).toEqual([`planted.tsx:2: ${words}`])
})

test('names for programs, symbols and values are none', () => {
  const code = '<i class="a long class" key={`${a} ${b}`}>Re λ = {x.toFixed(2)} {mode === \'all cells\' && x} ·</i>'
  expect(literalsIn('planted.tsx', `const planted = () => ${code}`)).toEqual([])
})

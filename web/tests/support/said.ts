/** What the page says, and English that must not be among it where the page speaks German. */
import { de } from '../../src/text/de.ts'
import { en } from '../../src/text/en.ts'
import { page } from './page.ts'

const textsIn = (table: unknown): string[] =>
  typeof table === 'string'
    ? [table]
    : typeof table === 'object' && table !== null
      ? Object.values(table).flatMap(textsIn)
      : []

const whole = (piece: string) =>
  new RegExp(`(?<![\\p{L}\\d])${piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\d])`, 'u')

const { glossary: _, ...english } = en
const german = textsIn(de).join('\n')
/** The pieces of English texts, between values, that no German text has. */
const PIECES = [
  ...new Set(textsIn(english).flatMap((text) => text.split(/\{\w+\}|\*\*|`/).map((piece) => piece.trim()))),
]
  .filter((piece) => /\p{L}{4}/u.test(piece))
  .map((piece) => ({ piece, pattern: whole(piece) }))
  .filter(({ pattern }) => !pattern.test(german))

/** Every text of the page and its attributes, a line each. */
const said = (): Promise<string> =>
  page.evaluate(() => {
    const found: string[] = []
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = texts.nextNode(); node; node = texts.nextNode())
      if (!node.parentElement!.closest('script, style, noscript')) found.push(node.textContent!)
    for (const one of document.querySelectorAll('*'))
      for (const name of ['title', 'aria-label', 'aria-valuetext', 'placeholder', 'alt'])
        found.push(one.getAttribute(name) ?? '')
    return found.join('\n')
  })

/** English on the page, and values that are missing in a text. */
export async function englishOnPage(): Promise<string[]> {
  const all = (await said()).replaceAll('Cell-MNN', '')
  return [
    ...PIECES.filter(({ pattern }) => pattern.test(all)).map(({ piece }) => piece),
    ...(all.match(/\{\w+\}/g) ?? []),
  ]
}

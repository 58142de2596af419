/** Terms that are explained in place. */
export const TERMS = [
  'snapshot',
  'model',
  'path',
  'rate',
  'matrix',
  'component',
  'whitened',
  'network',
  'operator',
  'eigenvalue',
  'cloud',
  'mmd',
  'kinetic',
  'w1',
  'heldOut',
  'noiseFloor',
] as const

export type Term = (typeof TERMS)[number]

export type Glossary = Readonly<
  Record<
    Term,
    {
      /** How the term stands in a text: a pattern of its forms, letter case aside. */
      forms: string
      says: string
    }
  >
>

/** A part of a text; the first mention of each term has its name. */
export interface Part {
  text: string
  term?: Term
}

const pattern = (forms: string): RegExp => new RegExp(`(?<![\\p{L}\\d])(?:${forms})(?![\\p{L}\\d])`, 'giu')

/** The text cut at first mentions of terms; joined they are the text again. */
export function partsOf(text: string, glossary: Glossary): Part[] {
  const found = TERMS.flatMap((term) => {
    const match = pattern(glossary[term].forms).exec(text)
    return match ? [{ term, begin: match.index, text: match[0] }] : []
  }).sort((a, b) => a.begin - b.begin)
  const parts: Part[] = []
  let at = 0
  for (const { term, begin, text: word } of found) {
    if (begin < at) continue
    if (begin > at) parts.push({ text: text.slice(at, begin) })
    parts.push({ text: word, term })
    at = begin + word.length
  }
  if (at < text.length) parts.push({ text: text.slice(at) })
  return parts
}

export const termsIn = (text: string, glossary: Glossary): Term[] =>
  TERMS.filter((term) => pattern(glossary[term].forms).test(text))

/** The names in a text that is a literal; of any other text the compiler knows none. */
export type Names<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Names<Rest>
  : never

/** A text with {name} in the place of values. */
export const fill = <Text extends string>(text: Text, values: Readonly<Record<Names<Text>, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) =>
    String((values as Readonly<Record<string, string | number>>)[name] ?? whole),
  )

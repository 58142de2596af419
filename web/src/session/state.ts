/** What a link reproduces: every field is a signal, and stands in the hash of the address unless it has its default. */
import { effect, signal, type Signal } from '@preact/signals'
import { LANGUAGES, type Language } from '../text/languages.ts'

interface Kind<T> {
  default: T
  parse(text: string): T | undefined
  format(value: T): string
}

const number = (value: number): Kind<number> => ({
  default: value,
  parse: (text) => (text !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined),
  format: (given) => String(Number(given.toPrecision(5))),
})
const optionalNumber = (): Kind<number | null> => ({
  default: null,
  parse: number(0).parse,
  format: (given) => (given === null ? '' : number(0).format(given)),
})
const text = (value: string): Kind<string> => ({ default: value, parse: (given) => given, format: (given) => given })
const choice = <T extends string>(...values: [T, ...T[]]): Kind<T> => ({
  default: values[0],
  parse: (given) => values.find((value) => value === given),
  format: (given) => given,
})
const flag = (value: boolean): Kind<boolean> => ({
  default: value,
  parse: (given) => given === '1',
  format: (given) => (given ? '1' : '0'),
})
/** As many as the default has. */
const numbers = (value: number[]): Kind<number[]> => ({
  default: value,
  parse: (given) => {
    const parsed = given.split(',').map(Number)
    return parsed.length === value.length && parsed.every(Number.isFinite) ? parsed : undefined
  },
  format: (given) => given.map((one) => Number(one.toPrecision(4))).join(','),
})

const fields = {
  tab: choice('explore', 'fates', 'genes', 'evaluate', 'train', 'tour'),
  /** Time shown; null is the first one. */
  t: optionalNumber(),
  speed: number(1),
  /** The projection on the axes, such as X_umap; components if it is empty. */
  on: text(''),
  /** Components on the axes, from 0. */
  x: number(0),
  y: number(1),
  /** time, group, speed, growth, weight, parting, models, gene:NAME or fate:NAME */
  color: text('time'),
  /** The column of labels that group stands for; the first one if it is empty. */
  labels: text(''),
  /** The label that is highlighted, and those that are hidden, joined by dots: places in the list. */
  lit: optionalNumber(),
  off: text(''),
  /** Whether names of labels stand on the map, and arrows. */
  names: flag(true),
  arrows: flag(false),
  /** relay: the cells of the snapshot before the time shown. all: every cell. both: the population by both networks of
   * the model. Or the place of one snapshot. */
  shown: text('relay'),
  ghosts: flag(true),
  /** Centre in units of the plot, and magnification. */
  zoom: numbers([0.5, 0.5, 1]),
  cell: optionalNumber(),
  /** The cell that it is compared with. */
  beside: optionalNumber(),
  /** Cells that are looked at together, as group_choice.ts writes them; and those that they are compared with. */
  group: text(''),
  groupBeside: text(''),
  gene: text(''),
  /** What is left of the gene's expression: 0 is a knock-out. */
  level: number(0),
  /** Whose drivers are listed: the fate, or the most frequent one; the snapshot, or the first one that has any. */
  fate: text(''),
  from: optionalNumber(),
  /** The gene whose trend is shown; the first driver if it is empty. */
  trend: text(''),
  /** The snapshot that is held out, from 0: an inner one. */
  held: number(-1),
  theme: choice('auto', 'light', 'dark'),
  /** Simulated cells with a question, by name; empty is the lesson through the method, of which step is a place. */
  lesson: text(''),
  step: number(0),
  /** Of simulated cells: the gene that is never made; whether five times were measured instead of two; their truth. */
  knocked: text(''),
  often: flag(false),
  truth: flag(false),
  /** auto: as the browser wants. */
  lang: choice<'auto' | Language>('auto', ...(Object.keys(LANGUAGES) as Language[])),
  /** What a teacher sets: parts that are not shown, joined by commas; larger letters; nothing can be changed; views
   * with a number, each as it stands in an address, joined by bars. */
  hide: text(''),
  large: flag(false),
  freeze: flag(false),
  views: text(''),
  seed: number(0),
  lr: number(5e-4),
  kinetic: number(0.1),
  sigma: number(0.5),
  steps: number(1000),
}

type Fields = typeof fields
type Value<K extends keyof Fields> = Fields[K] extends Kind<infer T> ? T : never
export type State = { readonly [K in keyof Fields]: Signal<Value<K>> }

const kinds = Object.entries(fields) as unknown as [keyof Fields, Kind<unknown>][]

export const state = Object.fromEntries(kinds.map(([name, kind]) => [name, signal(kind.default)])) as unknown as State
const all = state as unknown as Record<keyof Fields, Signal<unknown>>

export function readHash(hash: string): void {
  const given = new URLSearchParams(hash.replace(/^#/, ''))
  for (const [name, kind] of kinds) {
    const value = given.get(name)
    all[name].value = (value === null ? undefined : kind.parse(value)) ?? kind.default
  }
}

export function writeHash(): string {
  const given = new URLSearchParams()
  for (const [name, kind] of kinds) {
    const value = all[name].value
    if (kind.format(value) !== kind.format(kind.default)) given.set(name, kind.format(value))
  }
  return given.toString()
}

/** What was chosen of the cells before means nothing for others. */
export function forgetChoices(): void {
  for (const name of [
    'cell',
    'beside',
    't',
    'lit',
    'group',
    'groupBeside',
    'gene',
    'on',
    'labels',
    'off',
    'color',
    'shown',
    'zoom',
    'held',
    'x',
    'y',
  ] as const)
    all[name].value = fields[name].default
}

/** What Back goes through: one thing after the other that was chosen. */
const CHOSEN: readonly (keyof Fields)[] = [
  'tab',
  'cell',
  'beside',
  'group',
  'groupBeside',
  'gene',
  'fate',
  'from',
  'trend',
  'on',
  'lesson',
  'step',
]

const chosenThings = (): string => CHOSEN.map((name) => String(all[name].value)).join('\n')

/** Keeps the address and the state the same. The address follows at most a few times a second. */
export function followAddress(): void {
  let known = '' // the hash that was read or written last
  let chosen = ''
  const read = () => {
    known = location.hash
    readHash(known)
    chosen = chosenThings()
  }
  const write = () => {
    timer = undefined
    if (location.hash !== known) return // it has changed since, and its event is still to come
    const [text, things] = [writeHash(), chosenThings()]
    const hash = text === '' ? '' : `#${text}`
    if (hash === known) return
    const address = hash === '' ? location.pathname + location.search : hash
    if (things === chosen) history.replaceState(null, '', address)
    else history.pushState(null, '', address)
    known = location.hash
    chosen = things
  }
  read()
  if (location.protocol === 'about:') return // a page inside a notebook has no address of its own
  addEventListener('hashchange', read)
  let timer: ReturnType<typeof setTimeout> | undefined
  effect(() => {
    writeHash()
    timer ??= setTimeout(write, 300)
  })
}

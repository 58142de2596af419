/** A page inside of another one: tells it what is chosen, and shows the view that it asks for. */
import { computed, effect } from '@preact/signals'
import { chosen } from '../selection/chosen.ts'
import { group } from '../selection/group.ts'
import { playing } from '../session/clock.ts'
import { dataset, now } from '../session/session.ts'
import { readHash, state, writeHash } from '../session/state.ts'

/** Of cells it holds names and rows, nothing that was measured. */
interface Told {
  /** The chosen cell, or else those of the chosen group. The row is that of the exported data, from 0. */
  cells: { name: string | null; row: number | null }[]
  /** The gene that is changed or held, or else the one that colours the cells; empty if there is none. */
  gene: string
  time: { value: number; unit: string }
  /** What stands in the address. */
  view: string
}

const OFTEN = 200 // ms from one message to the next, at least
const BY_GENE = /^gene:/

const cells = computed(() => {
  const data = dataset.value
  if (!data) return []
  const all = chosen.value !== null ? [chosen.value] : group.cells.value
  return all.map((cell) => ({ name: data.names[cell] ?? null, row: data.rows[cell] ?? null }))
})

const coloured = computed(() => (BY_GENE.test(state.color.value) ? state.color.value.replace(BY_GENE, '') : ''))

const told = computed<Told>(() => ({
  cells: cells.value,
  gene: state.gene.value || coloured.value,
  time: { value: Number(now.value.toPrecision(6)), unit: dataset.value?.timeUnit ?? '' },
  view: writeHash(),
}))

/** Whether a message is of the page around this one and, where a server sent this page, of the same server. */
const isOfParent = ({ source, origin }: MessageEvent): boolean =>
  source === parent && (!/^https?:$/.test(location.protocol) || origin === location.origin)

/** Says nothing until the page around it has spoken. */
export function followParent(): void {
  if (parent === window) return
  let origin: string | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const tell = () => {
    timer = undefined
    parent.postMessage({ source: 'cellmnn', state: told.peek() }, origin!)
  }
  const follow = () =>
    effect(() => {
      void told.value
      timer ??= setTimeout(tell, OFTEN)
    })
  addEventListener('message', (event: MessageEvent<unknown>) => {
    if (!isOfParent(event) || !isRequest(event.data)) return
    show(event.data.state)
    const isFirst = origin === undefined
    origin = /^https?:/.test(event.origin) ? event.origin : '*' // others cannot be named
    if (isFirst) follow()
    else timer ??= setTimeout(tell, OFTEN)
  })
}

const isRequest = (data: unknown): data is { state?: unknown } =>
  typeof data === 'object' && data !== null && 'target' in data && data.target === 'cellmnn'

function show(view: unknown): void {
  if (view === undefined) return
  if (typeof view !== 'string') {
    console.warn(`cellmnn: the state of a message must be a text such as 'cell=3&t=2', got one of type ${typeof view}`)
    return
  }
  readHash(view)
  if (state.t.peek() !== null) playing.value = false
}

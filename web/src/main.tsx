import { render } from 'preact'
import { App } from './app.tsx'
import { playing, showTime } from './session/clock.ts'
import { embeddedDataset } from './cells/dataset.ts'
import { compared } from './picture/picture.ts'
import { message, problem } from './session/problem.ts'
import { dataset, hasUnsaved, open, paths } from './session/session.ts'
import { followAddress, state } from './session/state.ts'
import './style.css'

/** The bytes that `cellmnn export` put into an element of the page. */
function embedded(id: string): Uint8Array | null {
  const element = document.getElementById(id)
  if (!element?.textContent) return null
  const text = atob(element.textContent.trim())
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; ++i) bytes[i] = text.charCodeAt(i)
  element.remove()
  return bytes
}

followAddress()
addEventListener('beforeunload', (event) => {
  if (hasUnsaved()) event.preventDefault() // the browser asks
})
const root = document.getElementById('page')!
root.textContent = ''
render(<App />, root)

const [cells, model] = [embedded('cellmnn-cells'), embedded('cellmnn-model')]
if (cells) {
  try {
    const plays =
      state.t.peek() === null &&
      state.tab.peek() !== 'evaluate' &&
      !matchMedia('(prefers-reduced-motion: reduce)').matches
    const stop = paths.subscribe((found) => {
      if (!found) return
      playing.value = plays
      queueMicrotask(() => stop())
    })
    void open(embeddedDataset(cells), model)
    if (state.t.peek() === null && compared.peek()) showTime(dataset.peek()!.snapshots[compared.peek()!.to]!.time)
  } catch (error) {
    problem.value = `The cells in this page are damaged: ${message(error)}`
  }
}

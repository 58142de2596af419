import { render } from 'preact'
import { App } from './app.tsx'
import { mayMove, playing, showTime } from './session/clock.ts'
import { embeddedDataset } from './cells/dataset.ts'
import { compared } from './picture/picture.ts'
import { message, problem } from './session/problem.ts'
import { embedded } from './session/embedded.ts'
import { embeddedExpression } from './session/expression.ts'
import { dataset, hasUnsaved, open, paths } from './session/session.ts'
import { followAddress, state } from './session/state.ts'
import { readTruth } from './session/truth.ts'
import { stageLesson } from './lesson/steps.ts'
import { followLesson } from './session/cases.ts'
import { followParent } from './save/embed.ts'
import { strings } from './session/language.ts'
import { fill } from './text/terms.ts'
import './style.css'

followAddress()
followParent()
addEventListener('beforeunload', (event) => {
  if (hasUnsaved()) event.preventDefault() // the browser asks
})
const root = document.getElementById('page')!
root.textContent = ''
render(<App />, root)

const [cells, model] = [embedded('cellmnn-cells'), embedded('cellmnn-model')]
if (cells) {
  try {
    const plays = () => state.t.peek() === null && state.tab.peek() !== 'evaluate' && mayMove()
    const stop = paths.subscribe((found) => {
      if (!found) return
      playing.value = plays()
      queueMicrotask(() => stop())
    })
    const data = { ...embeddedDataset(cells), expression: embeddedExpression() }
    readTruth(data)
    void open(data, model)
    if (state.tab.peek() === 'tour' && state.cell.peek() === null) stageLesson()
    if (state.t.peek() === null && compared.peek()) showTime(dataset.peek()!.snapshots[compared.peek()!.to]!.time)
  } catch (error) {
    problem.value = fill(strings.peek().frame.damaged, { why: message(error) })
  }
}
followLesson()

import { useSignal } from '@preact/signals'
import { copyLink, saveCells, savedInteractions, saveInteractions, saveModel, savePng, saveSvg } from './save.ts'
import { message, problem } from '../session/problem.ts'
import { model } from '../session/session.ts'
import { pathsWait } from '../session/training.ts'
import { strings } from '../session/language.ts'

type Action = () => void | Promise<void>

export function SaveMenu() {
  const says = strings.value.save
  const said = useSignal('')
  const perform = async (action: Action, done: string, menu: HTMLDetailsElement) => {
    try {
      said.value = says.working
      await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)))
      await action()
      said.value = done
      if (!done) menu.open = false
    } catch (error) {
      problem.value = message(error)
    }
  }
  const does =
    (action: Action, done = '') =>
    (event: Event) =>
      void perform(action, done, (event.currentTarget as Element).closest('details')!)
  return (
    <details
      class="menu"
      onToggle={() => (said.value = '')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.open = false
      }}>
      <summary>{says.save}</summary>
      <div>
        <button onClick={does(copyLink, says.copied)}>{says.link}</button>
        <button disabled={pathsWait.value} onClick={does(saveSvg)}>
          {says.svg}
        </button>
        <button disabled={pathsWait.value} onClick={does(savePng)}>
          {says.png}
        </button>
        <button disabled={pathsWait.value} onClick={does(saveCells)}>
          {says.cells}
        </button>
        <button disabled={savedInteractions.value.length === 0} onClick={does(saveInteractions)}>
          {says.interactions}
        </button>
        <button disabled={!model.value} onClick={does(saveModel)}>
          {says.model}
        </button>
        {said.value && (
          <p class="hint" role="status">
            {said.value}
          </p>
        )}
      </div>
    </details>
  )
}

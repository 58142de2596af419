import { useSignal } from '@preact/signals'
import { copyLink, saveCells, savedInteractions, saveInteractions, saveModel, savePng, saveSvg } from './save.ts'
import { message, problem } from '../session/problem.ts'
import { model } from '../session/session.ts'

type Action = () => void | Promise<void>

export function SaveMenu() {
  const said = useSignal('')
  const perform = async (action: Action, done: string, menu: HTMLDetailsElement) => {
    try {
      said.value = 'working …'
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
      <summary>Save</summary>
      <div>
        <button onClick={does(copyLink, 'Copied: it holds the whole view.')}>Copy link to this view</button>
        <button onClick={does(saveSvg)}>Picture as SVG</button>
        <button onClick={does(savePng)}>Picture as PNG</button>
        <button onClick={does(saveCells)}>Cells as CSV, with where they are now</button>
        <button disabled={savedInteractions.value.length === 0} onClick={does(saveInteractions)}>
          Interactions as CSV
        </button>
        <button disabled={!model.value} onClick={does(saveModel)}>
          Model as safetensors
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

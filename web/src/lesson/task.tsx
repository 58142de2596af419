/** An exercise of a figure: what is to be reached, and that it is. */
import type { FigureProps } from './figure_props.ts'

export function Task({ figure, done }: FigureProps & { done: boolean }) {
  return (
    <p class={`task ${done ? 'done' : ''}`} role="status">
      {done ? `✓ ${figure.done}` : figure.task}
    </p>
  )
}

import { signedColor } from '../cells/coloring.ts'
import { dark } from '../picture/picture.ts'

/** A cell of a table: a bar to the left (less) or to the right (more). */
export function SignedBar({ value, most }: { value: number; most: number }) {
  return (
    <td class="signed-bar">
      <i
        style={{
          background: signedColor(Math.sign(value), dark.value),
          width: `${most > 0 ? (50 * Math.abs(value)) / most : 0}%`,
          [value < 0 ? 'right' : 'left']: '50%',
        }}
      />
    </td>
  )
}

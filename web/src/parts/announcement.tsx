/** What is chosen, for those who do not see the plot. */
import { chosen, landing } from '../selection/chosen.ts'
import { group } from '../selection/group.ts'
import { cellName } from '../session/session.ts'
import { counted, percent } from '../cells/text.ts'

function text(): string {
  const found = chosen.value !== null ? landing.value : group.landing.value
  const [first] = found?.shares ?? []
  const arrives = first ? `, ${first.label} ${percent(first.share)}` : ''
  if (chosen.value !== null) return `Chosen: ${cellName(chosen.value)}${arrives}`
  return group.cells.value.length > 0 ? `Chosen: ${counted(group.cells.value.length, 'cell')}${arrives}` : ''
}

export const Announcement = () => (
  <p class="hidden announcement" role="status">
    {text()}
  </p>
)

/** What is chosen, for those who do not see the plot. */
import { chosen, landing } from '../selection/chosen.ts'
import { group } from '../selection/group.ts'
import { cellName } from '../session/session.ts'
import { pathsWait } from '../session/training.ts'
import { counted, percent, strings } from '../session/language.ts'
import { fill } from '../text/terms.ts'

function text(): string {
  const found = chosen.value !== null ? landing.value : group.landing.value
  const [first] = found?.shares ?? []
  const count = group.cells.value.length
  const what = chosen.value !== null ? cellName(chosen.value) : count > 0 ? counted(count, 'cell') : null
  if (what === null) return ''
  const says = strings.value.shared
  if (!first || pathsWait.value) return fill(says.chosen, { what })
  return fill(says.chosenArrives, { what, label: first.label, share: percent(first.share) })
}

export const Announcement = () => (
  <p class="hidden announcement" role="status">
    {text()}
  </p>
)

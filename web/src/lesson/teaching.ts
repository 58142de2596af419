/** What can be hidden, and the views of a link. */
import { computed } from '@preact/signals'
import { state } from '../session/state.ts'

export const HIDEABLE = [
  'explore',
  'fates',
  'genes',
  'evaluate',
  'train',
  'tour',
  'controls',
  'timeline',
  'files',
  'panel',
  'teacher',
] as const
export type Hideable = (typeof HIDEABLE)[number]

/** Parts that are not shown. Names that do not exist are left out. */
export const hidden = computed<ReadonlySet<string>>(() => {
  const names = state.hide.value.split(',')
  return new Set(HIDEABLE.filter((part) => names.includes(part)))
})

const MOST = 20

/** As they stand in an address, in the order of their numbers. */
export const viewsOf = (text: string): string[] => text.split('|').filter((view) => view !== '')

/** The list with one more view; a view holds no list itself. */
export function withView(text: string, view: string): string {
  const given = new URLSearchParams(view)
  given.delete('views')
  given.delete('freeze')
  return [...viewsOf(text), given.toString() || 't='].slice(0, MOST).join('|')
}

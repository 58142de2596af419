/** Where the keyboard goes when what had it is gone. */

const focus = (heading: Element | null | undefined): void => {
  if (!(heading instanceof HTMLElement)) return
  heading.tabIndex = -1
  heading.focus({ preventScroll: true })
}

export const focusPanel = (): void => focus(document.querySelector('aside h2'))

/** After a press of a button that goes away: to the heading of its section, or else of the panel. */
export function keepFocus({ target }: Event): void {
  const section = (target as Element).closest('section')
  const look = () => {
    if (document.activeElement !== document.body) return
    if (section?.isConnected) focus(section.querySelector('h3'))
    else focusPanel()
  }
  requestAnimationFrame(() => requestAnimationFrame(look))
}

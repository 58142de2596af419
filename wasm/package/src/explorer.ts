/**
 * The element `<cellmnn-explorer>`: a page that `cellmnn export` made, inside of another one. Import it for its effect.
 *
 * @packageDocumentation
 */

/** What the page in the element shows. */
export interface ExplorerState {
  /** The chosen cell, or else those of the chosen group: their names, and their rows in the exported data, from 0. Null
   * is what is not known. */
  cells: { name: string | null; row: number | null }[]
  /** The gene that is changed or held, or else the one that colours the cells; empty if there is none. */
  gene: string
  /** The time shown; the unit is empty if it is not known. */
  time: { value: number; unit: string }
  /** The whole view, as it stands behind the # of the page's address: what the attribute `state` takes. */
  view: string
}

const STYLE = ':host { display: block; height: 720px } iframe { width: 100%; height: 100%; border: 0 }'

/**
 * Attributes: `src`, the address of the page, which has to come from the same server, and `state`, the view that it
 * shows. The event `cellmnn-state` tells in `detail` what was chosen in the page.
 */
export class CellmnnExplorer extends HTMLElement {
  static readonly observedAttributes = ['src', 'state']
  readonly #frame = document.createElement('iframe')

  constructor() {
    super()
    const style = document.createElement('style')
    style.textContent = STYLE
    this.#frame.title = 'cellmnn'
    this.#frame.addEventListener('load', this.#ask)
    this.attachShadow({ mode: 'open' }).append(style, this.#frame)
  }

  connectedCallback(): void {
    addEventListener('message', this.#hear)
  }

  disconnectedCallback(): void {
    removeEventListener('message', this.#hear)
  }

  attributeChangedCallback(name: string, _: string | null, value: string | null): void {
    if (name === 'state') this.#ask()
    else if (value === null) this.#frame.removeAttribute('src')
    else this.#frame.src = value
  }

  /** The page says nothing until it is spoken to. */
  readonly #ask = (): void => {
    const view = this.getAttribute('state')
    this.#frame.contentWindow?.postMessage({ target: 'cellmnn', ...(view !== null && { state: view }) }, '*')
  }

  readonly #hear = ({ source, data }: MessageEvent<{ source: unknown; state: ExplorerState } | null>): void => {
    if (source === null || source !== this.#frame.contentWindow || data?.source !== 'cellmnn') return
    this.dispatchEvent(new CustomEvent('cellmnn-state', { detail: data.state, bubbles: true, composed: true }))
  }
}

customElements.define('cellmnn-explorer', CellmnnExplorer)

declare global {
  interface HTMLElementTagNameMap {
    'cellmnn-explorer': CellmnnExplorer
  }
  interface HTMLElementEventMap {
    'cellmnn-state': CustomEvent<ExplorerState>
  }
}

import { usage } from './errors.js'
import type { Handle } from './wasm/cellmnn.js'

const disposal: typeof Symbol.dispose = Symbol.dispose ?? Symbol.for('Symbol.dispose') // younger than some browsers

/** An object whose memory JavaScript does not free by itself: call {@link dispose} when it is of no more use. */
export abstract class Held<H extends Handle> {
  #handle: H | undefined
  readonly #what: string

  /** @internal */
  constructor(handle: H, what: string) {
    this.#handle = handle
    this.#what = what
    Object.defineProperty(this, disposal, { value: () => this.dispose() })
  }

  /** @internal */
  protected get handle(): H {
    if (!this.#handle) throw usage(`this ${this.#what} has been disposed of`)
    return this.#handle
  }

  /** Frees the memory. Any later use throws; disposing again does nothing. */
  dispose(): void {
    this.#handle?.delete()
    this.#handle = undefined
  }

  /** For `using model = lib.loadModel(bytes)`. */
  declare [Symbol.dispose]: () => void
}

/** Discs with soft edges, drawn pixel by pixel: where the processor draws, nothing is faster. */

const PHASES = 4 // places of a middle within a pixel, across and down

/** The side of the square that any disc of a diameter lies in. */
export const sideOf = (diameter: number): number => Math.ceil(diameter) + 1

export class Discs {
  readonly #pixels: Uint32Array
  readonly #width: number
  readonly #height: number
  readonly #radius: number
  readonly #side: number
  /** Of a disc in each phase: which pixels from the corner of its square on, and their alpha, 1 to 255. */
  readonly #stamps: readonly { at: Int32Array; alpha: Uint8Array }[]

  /** Into pixels as ImageData has them, of a sheet of this width: R, G, B, A from the lowest byte on. */
  constructor(pixels: Uint32Array, width: number, diameter: number, opacity: number) {
    this.#pixels = pixels
    this.#width = width
    this.#height = pixels.length / width
    this.#radius = diameter / 2
    this.#side = sideOf(diameter)
    this.#stamps = Array.from({ length: PHASES ** 2 }, (_, phase) => this.#stampOf(phase, opacity))
  }

  #stampOf(phase: number, opacity: number) {
    const middle = (place: number) => this.#radius + (place + 0.5) / PHASES
    const [x, y] = [middle(phase % PHASES), middle(Math.floor(phase / PHASES))]
    const [at, alpha]: [number[], number[]] = [[], []]
    for (let row = 0; row < this.#side; ++row) {
      for (let column = 0; column < this.#side; ++column) {
        const inside = this.#radius - Math.hypot(column + 0.5 - x, row + 0.5 - y)
        const value = Math.round(255 * opacity * Math.min(1, Math.max(0, inside)))
        if (value === 0) continue
        at.push(row * this.#width + column)
        alpha.push(value)
      }
    }
    return { at: Int32Array.from(at), alpha: Uint8Array.from(alpha) }
  }

  /** Over what is there; nothing where its square reaches beyond the sheet. `color` is B, G, R from the top on. */
  draw(x: number, y: number, color: number): void {
    const [left, top] = [Math.floor(x - this.#radius), Math.floor(y - this.#radius)]
    const [width, side] = [this.#width, this.#side]
    if (!(left >= 0 && top >= 0 && left + side <= width && top + side <= this.#height)) return
    const across = Math.floor((x - this.#radius - left) * PHASES)
    const { at, alpha } = this.#stamps[across + PHASES * Math.floor((y - this.#radius - top) * PHASES)]!
    const pixels = this.#pixels
    const first = top * width + left
    for (let i = 0; i < at.length; ++i) {
      const place = first + at[i]!
      const under = pixels[place]!
      pixels[place] = under === 0 ? (alpha[i]! << 24) | color : over(under, color, alpha[i]!)
    }
  }
}

/** A colour with alpha over a pixel: colours are not multiplied by alpha, so that theirs are means by weight. */
function over(under: number, color: number, alpha: number): number {
  const below = ((under >>> 24) * (255 - alpha)) / 255
  const all = alpha + below
  const opaque = Math.round(all) << 24
  if (((under ^ color) & 0xffffff) === 0) return opaque | color
  const share = alpha / all
  const mixed = (shift: number) => {
    const before = (under >>> shift) & 255
    return Math.round(before + share * (((color >>> shift) & 255) - before)) << shift
  }
  return opaque | mixed(16) | mixed(8) | mixed(0)
}

/** Cells as discs without WebGL: for browsers that have none, take it away, or have no graphics card to run it. */
import type { Frame } from '../cells/frame.ts'
import { FAINTEST } from '../cells/paths.ts'
import { Discs, sideOf } from './discs.ts'
import { lookOf, MOST, type Draw, type Layer } from './layer.ts'

const COLORS = 256
const STEPS = 4 // of sizes, where a weight doubles

export class CanvasLayer implements Layer {
  readonly #canvas: HTMLCanvasElement
  readonly #context: CanvasRenderingContext2D
  #count = 0
  #positions: Float32Array | null = null
  #values: Float32Array = new Float32Array()
  #weights: Float32Array | null = null
  #spans: Float32Array = new Float32Array()
  /** B, G, R from the top on. */
  #colors: Uint32Array = new Uint32Array(COLORS)
  /** The picture with room for a disc on all sides. */
  #sheet = new ImageData(1, 1)
  #pixels = new Uint32Array(this.#sheet.data.buffer)

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas
    this.#context = canvas.getContext('2d')!
  }

  dispose(): void {
    this.#positions = null
  }

  setPositions(positions: Float32Array | null, count: number): void {
    this.#positions = positions
    this.#count = count
  }

  setValues(values: Float32Array): void {
    this.#values = values
  }

  setWeights(weights: Float32Array | null): void {
    this.#weights = weights
  }

  setSpans(spans: Float32Array): void {
    this.#spans = spans
  }

  setRamp(pixels: Uint8Array): void {
    const { buffer, byteOffset } = pixels
    this.#colors = new Uint32Array(buffer, byteOffset, COLORS).map((color) => color & 0xffffff)
  }

  draw({ frame, mix, time, size, opacity, domain: [low, high] }: Draw, view: Frame): void {
    const ratio = devicePixelRatio
    const border = sideOf(size * ratio * (this.#weights ? MOST : 1))
    const [width, height] = [Math.round(view.width * ratio), Math.round(view.height * ratio)]
    this.#clear(width, height, border)
    const [positions, values, spans, count] = [this.#positions, this.#values, this.#spans, this.#count]
    const weights = this.#weights
    if (positions && count > 0 && opacity > 0) {
      const discsOf = this.#discsBySize(size * ratio, opacity)
      const usual = discsOf(1)
      const [sx, sy, ox, oy] = view.clip
      const [a, b] = positions.length > 2 * count ? [2 * frame * count, 2 * (frame + 1) * count] : [0, 0]
      const [va, vb] = values.length > count ? [frame * count, (frame + 1) * count] : [0, 0]
      const [wa, wb] = weights && weights.length > count ? [frame * count, (frame + 1) * count] : [0, 0]
      for (let i = 0; i < count; ++i) {
        if (time < spans[2 * i]! || time > spans[2 * i + 1]!) continue
        const x = positions[a + 2 * i]! * (1 - mix) + positions[b + 2 * i]! * mix
        const y = positions[a + 2 * i + 1]! * (1 - mix) + positions[b + 2 * i + 1]! * mix
        const value = values[va + i]! * (1 - mix) + values[vb + i]! * mix
        const color = Math.round((COLORS - 1) * Math.min(1, Math.max(0, (value - low) / (high - low))))
        const [px, py] = [((x * sx + ox + 1) / 2) * width, ((1 - (y * sy + oy)) / 2) * height]
        const discs = weights ? discsOf(weights[wa + i]! * (1 - mix) + weights[wb + i]! * mix) : usual
        discs.draw(border + px, border + py, this.#colors[color]!)
      }
    }
    this.#context.putImageData(this.#sheet, -border, -border)
  }

  /** Those of a weight, made once. */
  #discsBySize(diameter: number, opacity: number): (weight: number) => Discs {
    const made = new Map<number, Discs>()
    return (weight) => {
      const level = Math.round(STEPS * Math.log2(Math.max(weight, FAINTEST)))
      const known = made.get(level)
      if (known) return known
      const look = lookOf(2 ** (level / STEPS))
      const discs = new Discs(this.#pixels, this.#sheet.width, diameter * look.size, opacity * look.opacity)
      made.set(level, discs)
      return discs
    }
  }

  #clear(width: number, height: number, border: number): void {
    if (this.#canvas.width !== width || this.#canvas.height !== height)
      [this.#canvas.width, this.#canvas.height] = [width, height]
    const [across, down] = [width + 2 * border, height + 2 * border]
    if (this.#sheet.width !== across || this.#sheet.height !== down) {
      this.#sheet = new ImageData(across, down)
      this.#pixels = new Uint32Array(this.#sheet.data.buffer)
    } else this.#pixels.fill(0)
  }
}

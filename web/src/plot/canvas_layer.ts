/** Cells as circles without WebGL, for browsers that have none, or take it away. */
import type { Frame } from '../cells/frame.ts'
import type { Draw, Layer } from './layer.ts'

const COLORS = 256

export class CanvasLayer implements Layer {
  readonly #canvas: HTMLCanvasElement
  readonly #context: CanvasRenderingContext2D
  #count = 0
  #positions: Float32Array | null = null
  #values: Float32Array = new Float32Array()
  #spans: Float32Array = new Float32Array()
  #ramp: Uint8Array = new Uint8Array(4 * COLORS)

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

  setSpans(spans: Float32Array): void {
    this.#spans = spans
  }

  setRamp(pixels: Uint8Array): void {
    this.#ramp = pixels
  }

  draw({ frame, mix, time, size, opacity, domain: [low, high] }: Draw, view: Frame): void {
    const ratio = devicePixelRatio
    const context = this.#context
    this.#canvas.width = Math.round(view.width * ratio) // which clears it
    this.#canvas.height = Math.round(view.height * ratio)
    const [positions, values, spans, count] = [this.#positions, this.#values, this.#spans, this.#count]
    if (!positions || count === 0 || opacity === 0) return
    context.globalAlpha = opacity
    const discs = this.#discs(size * ratio)
    const side = discs.height
    const [sx, sy, ox, oy] = view.clip
    const [a, b] = positions.length > 2 * count ? [2 * frame * count, 2 * (frame + 1) * count] : [0, 0]
    const [va, vb] = values.length > count ? [frame * count, (frame + 1) * count] : [0, 0]
    for (let i = 0; i < count; ++i) {
      if (time < spans[2 * i]! || time > spans[2 * i + 1]!) continue
      const x = positions[a + 2 * i]! * (1 - mix) + positions[b + 2 * i]! * mix
      const y = positions[a + 2 * i + 1]! * (1 - mix) + positions[b + 2 * i + 1]! * mix
      const value = values[va + i]! * (1 - mix) + values[vb + i]! * mix
      const color = Math.round((COLORS - 1) * Math.min(1, Math.max(0, (value - low) / (high - low))))
      const px = ((x * sx + ox + 1) / 2) * this.#canvas.width - side / 2
      const py = ((1 - (y * sy + oy)) / 2) * this.#canvas.height - side / 2
      context.drawImage(discs, color * side, 0, side, side, px, py, side, side)
    }
  }

  /** A disc of each colour, side by side. */
  #discs(diameter: number): OffscreenCanvas {
    const side = Math.ceil(diameter) + 2
    const discs = new OffscreenCanvas(COLORS * side, side)
    const context = discs.getContext('2d')!
    for (let i = 0; i < COLORS; ++i) {
      context.fillStyle = `rgb(${this.#ramp.slice(4 * i, 4 * i + 3).join()})`
      context.beginPath()
      context.arc((i + 0.5) * side, side / 2, diameter / 2, 0, 2 * Math.PI)
      context.fill()
    }
    return discs
  }
}

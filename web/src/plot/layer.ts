/** Points on a canvas: drawn by WebGL, or without it. */
import type { Frame } from '../cells/frame.ts'

export interface Draw {
  frame: number
  mix: number
  time: number
  /** Diameter in pixels of the screen. */
  size: number
  opacity: number
  domain: readonly [number, number]
}

export interface Layer {
  /** Positions (N, 2), or (T, N, 2) of all frames; none to draw nothing. */
  setPositions(positions: Float32Array | null, count: number): void
  /** What is coloured: (N), or (T, N) of all frames. */
  setValues(values: Float32Array): void
  /** The first and the last time at which a point is seen: (N, 2). */
  setSpans(spans: Float32Array): void
  /** 256 colours as RGBA. */
  setRamp(pixels: Uint8Array): void
  draw(what: Draw, view: Frame): void
  dispose(): void
}

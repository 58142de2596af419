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

/** The least and the largest diameter by weight, of the usual one. */
export const [LEAST, MOST] = [0.45, 2.6]

/** How a point of some weight looks beside the usual one: its area is its weight, and what is left fades. */
export function lookOf(weight: number): { size: number; opacity: number } {
  const size = Math.min(MOST, Math.max(LEAST, Math.sqrt(weight)))
  return { size, opacity: Math.min(1, weight / size ** 2) }
}

export interface Layer {
  /** Positions (N, 2), or (T, N, 2) of all frames; none to draw nothing. */
  setPositions(positions: Float32Array | null, count: number): void
  /** What is coloured: (N), or (T, N) of all frames. */
  setValues(values: Float32Array): void
  /** How much a point counts, 1 as usual: (N), or (T, N) of all frames, or none. Its area and opacity follow. */
  setWeights(weights: Float32Array | null): void
  /** The first and the last time at which a point is seen: (N, 2). */
  setSpans(spans: Float32Array): void
  /** 256 colours as RGBA. */
  setRamp(pixels: Uint8Array): void
  draw(what: Draw, view: Frame): void
  dispose(): void
}

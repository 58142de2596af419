/** From two components to pixels: equal units on both axes, centred and magnified as the state says. */
export interface Frame {
  width: number
  height: number
  /** Extent of the cells on both axes. */
  extent: readonly [x0: number, x1: number, y0: number, y1: number]
  /** Pixels per unit. */
  scale: number
  /** What lies in the middle. */
  center: readonly [number, number]
  /** clip = position * (0, 1) + (2, 3) */
  clip: readonly [number, number, number, number]
}

export const MARGIN = 0.84

export function frameOf(width: number, height: number, extent: Frame['extent'], [cx, cy, k]: readonly number[]): Frame {
  const [x0, x1, y0, y1] = extent
  const scale = MARGIN * k! * Math.min(width / (x1 - x0), height / (y1 - y0))
  const center = [x0 + cx! * (x1 - x0), y0 + cy! * (y1 - y0)] as const
  const [sx, sy] = [(2 * scale) / width, (2 * scale) / height]
  return { width, height, extent, scale, center, clip: [sx, sy, -center[0] * sx, -center[1] * sy] }
}

export const toPixels = ({ width, height, scale, center }: Frame, x: number, y: number): [number, number] => [
  width / 2 + (x - center[0]) * scale,
  height / 2 - (y - center[1]) * scale,
]

export const fromPixels = ({ width, height, scale, center }: Frame, px: number, py: number): [number, number] => [
  center[0] + (px - width / 2) / scale,
  center[1] - (py - height / 2) / scale,
]

const OUTLIERS = 0.002

/** Extent of places (N, 2) but a few outliers. */
export function extentOf(places: ArrayLike<number>): Frame['extent'] {
  const range = (d: number): [number, number] => {
    const values = Float32Array.from({ length: places.length / 2 }, (_, i) => places[2 * i + d]!).sort()
    const left = Math.floor(OUTLIERS * values.length)
    const [low = 0, high = 0] = [values[left], values[values.length - 1 - left]]
    return high > low ? [low, high] : [low - 1, low + 1]
  }
  return [...range(0), ...range(1)]
}

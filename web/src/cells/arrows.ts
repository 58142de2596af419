/** Arrows on a grid out of many movements. */
export interface Movement {
  /** In pixels. */
  at: readonly [number, number]
  move: readonly [number, number]
}

export interface Arrow {
  from: readonly [number, number]
  to: readonly [number, number]
}

const SHARE = 0.95 // of the arrows are at most as long as a square is wide

/** The mean movement in each square of this size that holds any, from the mean place; lengths in proportion. */
export function arrowsOf(movements: readonly Movement[], square: number): Arrow[] {
  const sums = new Map<string, [count: number, x: number, y: number, dx: number, dy: number]>()
  for (const { at, move } of movements) {
    const key = `${Math.floor(at[0] / square)} ${Math.floor(at[1] / square)}`
    const [count, x, y, dx, dy] = sums.get(key) ?? [0, 0, 0, 0, 0]
    sums.set(key, [count + 1, x + at[0], y + at[1], dx + move[0], dy + move[1]])
  }
  const means = [...sums.values()].map(([count, ...sum]) => sum.map((value) => value / count))
  const speeds = means.map(([, , dx, dy]) => Math.hypot(dx!, dy!)).sort((a, b) => a - b)
  const usual = speeds[Math.floor(SHARE * (speeds.length - 1))] ?? 0
  if (usual === 0) return []
  return means.map(([x, y, dx, dy]) => {
    const speed = Math.hypot(dx!, dy!)
    const length = speed === 0 ? 0 : (square * Math.min(1, speed / usual)) / speed
    return { from: [x!, y!], to: [x! + dx! * length, y! + dy! * length] }
  })
}

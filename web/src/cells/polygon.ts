/** Whether a polygon holds a point: it crosses a ray from there an odd number of times. */
export function contains(corners: readonly (readonly [number, number])[], x: number, y: number): boolean {
  let inside = false
  corners.forEach(([ax, ay], i) => {
    const [bx, by] = corners[(i + 1) % corners.length]!
    if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside
  })
  return inside
}

/** Small linear equations of the lesson's figures, solved in closed form or by short steps. */

/** The solution of dx/dt = a x + b at time t. */
export const amountAt = (a: number, b: number, x: number, t: number): number =>
  a === 0 ? x + b * t : (x + b / a) * Math.exp(a * t) - b / a

/** Where x comes to rest; null where it does not. */
export const restOf = (a: number, b: number): number | null => (a < 0 ? -b / a : null)

/** Of two genes around their middle: (own, onFirst; onSecond, own). */
export type TwoGenes = readonly [own: number, onFirst: number, onSecond: number]

export const rateOf = ([own, onFirst, onSecond]: TwoGenes, x: number, y: number): [number, number] => [
  own * x + onFirst * y,
  onSecond * x + own * y,
]

/** Whether paths go around: the eigenvalues own +- sqrt(onFirst onSecond) are complex. */
export const turns = ([, onFirst, onSecond]: TwoGenes): boolean => onFirst * onSecond < 0

/** The path from a place, in steps of Runge and Kutta, until it leaves |x|, |y| <= reach. */
export function pathFrom(genes: TwoGenes, x: number, y: number, time: number, reach: number): [number, number][] {
  const steps = 120
  const h = time / steps
  const path: [number, number][] = [[x, y]]
  for (let i = 0; i < steps && Math.max(Math.abs(x), Math.abs(y)) <= reach; ++i) {
    const [a0, a1] = rateOf(genes, x, y)
    const [b0, b1] = rateOf(genes, x + (h / 2) * a0, y + (h / 2) * a1)
    const [c0, c1] = rateOf(genes, x + (h / 2) * b0, y + (h / 2) * b1)
    const [d0, d1] = rateOf(genes, x + h * c0, y + h * c1)
    x += (h / 6) * (a0 + 2 * b0 + 2 * c0 + d0)
    y += (h / 6) * (a1 + 2 * b1 + 2 * c1 + d1)
    path.push([x, y])
  }
  return path
}

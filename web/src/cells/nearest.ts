/** Nearest neighbours by a k-d tree: the points are halved at the median of their widest component, down to leaves. */

const LEAF = 12

export interface Neighbours {
  /** (Q, count) places of points, the nearest first; -1 where there are fewer points. */
  cells: Int32Array
  /** (Q, count) squared distances. */
  distances: Float32Array
}

export class Tree {
  readonly #dims: number
  /** Points in the order of the leaves, and where each one stood. */
  readonly #points: Float32Array
  readonly #cells: Int32Array
  /** Of the node that halves the points [begin, end): the component and the median, by the place of the middle. */
  readonly #axes: Uint8Array
  readonly #medians: Float32Array

  /** Points (N, dims), of which [begin, end) are taken. */
  constructor(points: Float32Array, dims: number, begin = 0, end = points.length / dims) {
    this.#dims = dims
    this.#cells = Int32Array.from({ length: end - begin }, (_, i) => begin + i)
    this.#axes = new Uint8Array(end - begin)
    this.#medians = new Float32Array(end - begin)
    this.#halve(points, 0, end - begin)
    this.#points = new Float32Array((end - begin) * dims)
    this.#cells.forEach((cell, i) => this.#points.set(points.subarray(cell * dims, (cell + 1) * dims), i * dims))
  }

  #halve(points: Float32Array, begin: number, end: number): void {
    if (end - begin <= LEAF) return
    const axis = this.#widest(points, begin, end)
    const middle = (begin + end) >> 1
    this.#axes[middle] = axis
    const at = (i: number) => points[this.#cells[i]! * this.#dims + axis]!
    // Hoare's selection: what is below the median comes to the left of the middle.
    for (let [low, high] = [begin, end - 1]; low < high;) {
      const pivot = at((low + high) >> 1)
      let [i, j] = [low, high]
      while (i <= j) {
        while (at(i) < pivot) ++i
        while (at(j) > pivot) --j
        if (i > j) break
        const swapped = this.#cells[i]!
        this.#cells[i++] = this.#cells[j]!
        this.#cells[j--] = swapped
      }
      if (middle <= j) high = j
      else if (middle >= i) low = i
      else break
    }
    this.#medians[middle] = at(middle)
    this.#halve(points, begin, middle)
    this.#halve(points, middle, end)
  }

  #widest(points: Float32Array, begin: number, end: number): number {
    let [best, widest] = [0, -1]
    for (let d = 0; d < this.#dims; ++d) {
      let [low, high] = [Infinity, -Infinity]
      for (let i = begin; i < end; ++i) {
        const value = points[this.#cells[i]! * this.#dims + d]!
        if (value < low) low = value
        if (value > high) high = value
      }
      if (high - low > widest) [best, widest] = [d, high - low]
    }
    return best
  }

  /** The `count` points nearest to each of the places (Q, dims). */
  nearest(places: ArrayLike<number>, count: number): Neighbours {
    const [dims, points, order, axes, medians] = [this.#dims, this.#points, this.#cells, this.#axes, this.#medians]
    const queries = places.length / dims
    const cells = new Int32Array(queries * count).fill(-1)
    const distances = new Float32Array(queries * count).fill(Infinity)
    let [x, first, last] = [0, 0, 0]
    const search = (begin: number, end: number): void => {
      if (end - begin > LEAF) {
        const middle = (begin + end) >> 1
        const away = places[x + axes[middle]!]! - medians[middle]!
        if (away < 0) search(begin, middle)
        else search(middle, end)
        if (away * away > distances[last]!) return
        if (away < 0) search(middle, end)
        else search(begin, middle)
        return
      }
      for (let i = begin; i < end; ++i) {
        let distance = 0
        for (let d = 0; d < dims; ++d) distance += (places[x + d]! - points[i * dims + d]!) ** 2
        if (distance >= distances[last]!) continue
        let at = last
        for (; at > first && distances[at - 1]! > distance; --at) {
          distances[at] = distances[at - 1]!
          cells[at] = cells[at - 1]!
        }
        distances[at] = distance
        cells[at] = order[i]!
      }
    }
    for (let q = 0; q < queries; ++q) {
      x = q * dims
      first = q * count
      last = first + count - 1
      search(0, order.length)
    }
    return { cells, distances }
  }
}

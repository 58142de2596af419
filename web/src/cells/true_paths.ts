/** True paths of simulated cells in the components that the page shows. */
import { readSafetensors, type Matrix } from 'cellmnn'

export interface TruePaths {
  data: Float32Array
  shape: readonly [paths: number, times: number, dims: number]
}

type Edge = readonly [source: string, target: string, sign: number]

/** What `cellmnn export` put into the page. */
export function truthIn(bytes: Uint8Array) {
  const { metadata, tensors } = readSafetensors(bytes)
  const edges = JSON.parse(metadata.network!) as Edge[]
  const genes = [...new Set(edges.flatMap(([source, target]) => [source, target]))]
  const { values, shape } = tensors.get('paths')!
  return {
    genes,
    measured: genes.length,
    network: edges.map(([source, target, sign]) => ({
      source: genes.indexOf(source),
      target: genes.indexOf(target),
      sign,
    })),
    times: [...tensors.get('time')!.values],
    paths: { data: values as Float32Array, shape: shape as unknown as TruePaths['shape'] },
  }
}

/** Of expression (P, T, G): coordinates = (expression - mean) loadings, with loadings (G, D) and mean (G). */
export function projectedPaths(
  { data, shape: [paths, times, genes] }: TruePaths,
  loadings: Matrix,
  mean: ArrayLike<number>,
): TruePaths {
  const dims = loadings.shape[1]
  const result = new Float32Array(paths * times * dims)
  for (let row = 0; row < paths * times; ++row)
    for (let g = 0; g < genes; ++g) {
      const above = data[row * genes + g]! - mean[g]!
      for (let d = 0; d < dims; ++d) result[row * dims + d]! += above * loadings.data[g * dims + d]!
    }
  return { data: result, shape: [paths, times, dims] }
}

/** All places of all paths on two axes: (P T, 2). */
export function onAxes(
  { data, shape: [paths, times, dims] }: TruePaths,
  [a, b]: readonly [number, number],
): Float32Array {
  return Float32Array.from({ length: 2 * paths * times }, (_, i) => data[(i >> 1) * dims + (i % 2 === 0 ? a : b)]!)
}

/** Where each path is on two axes at a time between the first and the last, linearly between its times. */
export function placesAt(
  { data, shape: [paths, count, dims] }: TruePaths,
  times: readonly number[],
  t: number,
  [a, b]: readonly [number, number],
): [number, number][] {
  let k = 0
  while (k + 2 < count && times[k + 1]! <= t) ++k
  const mix = Math.min(1, Math.max(0, (t - times[k]!) / (times[k + 1]! - times[k]!)))
  const at = (p: number, d: number) =>
    data[(p * count + k) * dims + d]! * (1 - mix) + data[(p * count + k + 1) * dims + d]! * mix
  return Array.from({ length: paths }, (_, p) => [at(p, a), at(p, b)])
}

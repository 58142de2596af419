/** Colours of cells: one object that the points, the legend and the exports share. */
import { scaleLinear } from 'd3-scale'
import { darkened } from './contrast.ts'
import { interpolateViridis } from 'd3-scale-chromatic'
import type { CellLabels } from 'cellmnn'
import { perTime } from './axis_names.ts'
import type { Table } from '../text/table.ts'
import { fill } from '../text/terms.ts'
import type { Dataset } from './dataset.ts'
import { expressionOf, type Genes } from './gene_space.ts'
import { FAINTEST, type Paths } from './paths.ts'

export interface Coloring {
  title: string
  unit?: string
  /** Values at both ends of the ramp. */
  domain: [number, number]
  /** 0 to 1 to a colour. */
  ramp(u: number): string
  /** Names of the values 0, 1, 2, ... */
  labels?: readonly string[]
  /** What the cells without a label are called, if there are any: they have the last value. */
  others?: string
  /** Values at which the legend has a mark. */
  ticks?: readonly number[]
  /** (N) of the cells as measured. */
  values: Float32Array
  /** (T, N) along the paths, if it changes. */
  along?: Float32Array
}

// Okabe and Ito's palette, which the colour-blind can tell apart; then paler ones for long lists.
const CATEGORIES = [
  '#0072b2',
  '#e69f00',
  '#009e73',
  '#cc79a7',
  '#56b4e9',
  '#d55e00',
  '#8a7f00',
  '#7f5fc4',
  '#8c8c8c',
  '#004c75',
  '#9c6b00',
  '#5fb89a',
]
const LIGHTEST_ON_PAPER = 0.27 // relative luminance, beside 0.93 of the ground
const NONE = '#9a9a9a'
const [UNLIT, UNLIT_DARK] = ['#d0d4da', '#3a3f49']
const GOLDEN_ANGLE = 137.508

/** Beyond the palette each hue lies far from those before, and every other one is darker. */
export const categoryColor = (index: number): string =>
  index < 0
    ? NONE
    : (CATEGORIES[index] ?? `hsl(${Math.round((index * GOLDEN_ANGLE) % 360)} 55% ${index % 2 === 0 ? 42 : 58}%)`)

/** Ordered: dark to light, with a contrast of 3 to the ground that the dots lie on. */
const ordered = (dark: boolean) => (u: number) =>
  dark ? interpolateViridis(0.36 + 0.64 * u) : darkened(interpolateViridis(u), LIGHTEST_ON_PAPER)

/** Signed: orange is negative, blue positive, in the middle a grey near the ground. */
export function signedColor(u: number, dark: boolean): string {
  const stops = dark ? ['#f5933a', '#4a4d55', '#58a9f0'] : ['#c2500a', '#e4e4e6', '#1b63a8']
  return scaleLinear<string>().domain([-1, 0, 1]).range(stops).clamp(true)(u)
}

/** What a legend says, in the language of the page. */
type Says = Table['legend']

export function byTime(data: Dataset, dark: boolean, says: Says): Coloring {
  const times = data.snapshots.map(({ time }) => time)
  return {
    title: data.timeUnit === '' ? says.time : fill(says.timeIn, { unit: data.timeUnit }),
    domain: [times[0]!, times.at(-1)!],
    ramp: ordered(dark),
    ticks: times,
    values: Float32Array.from(data.times),
  }
}

/** Where one label is highlighted, the colours of the others are lost in the ground. */
export function byGroup({ name, labels, codes }: CellLabels, lit: number | null, dark: boolean, says: Says): Coloring {
  const last = labels.length
  const colorAt = (place: number): string => {
    if (lit !== null && place !== lit) return dark ? UNLIT_DARK : UNLIT
    return categoryColor(place === last ? -1 : place)
  }
  return {
    title: name,
    domain: [0, last],
    ramp: (u) => colorAt(Math.round(u * last)),
    labels,
    ...(codes.includes(-1) && { others: says.noLabel }),
    values: Float32Array.from(codes, (code) => (code < 0 ? last : code)),
  }
}

export function byGene(
  data: Dataset,
  genes: Genes,
  gene: number,
  paths: Paths | null,
  dark: boolean,
  says: Says,
): Coloring {
  const [count, dims] = data.cells.shape
  const at = (x: Float32Array, i: number) => expressionOf(genes, gene, x, i * dims, dims)
  const values = new Float32Array(count).map((_, i) => at(data.cells.data, i))
  const coloring: Coloring = {
    title: genes.names[gene]!,
    unit: says.expression,
    domain: rangeOf(values),
    ramp: ordered(dark),
    values,
  }
  if (paths) coloring.along = new Float32Array(paths.data.length / dims).map((_, i) => at(paths.data, i))
  return coloring
}

/** Probability of one of the fates (N, F). */
export function byFate(
  { names, probabilities }: { names: readonly string[]; probabilities: Float32Array },
  fate: number,
  dark: boolean,
  says: Says,
): Coloring {
  const count = names.length
  return {
    title: fill(says.fate, { name: names[fate]! }),
    unit: says.byChain,
    domain: [0, 1],
    ramp: ordered(dark),
    values: new Float32Array(probabilities.length / count).map((_, i) => probabilities[i * count + fate]!),
  }
}

export function bySpeed(values: Float32Array, dark: boolean, says: Says, data: Dataset): Coloring {
  return {
    title: says.speed,
    unit: fill(says.ofComponents, { per: perTime(data, says) }),
    domain: [0, rangeOf(values)[1]],
    ramp: ordered(dark),
    values,
  }
}

export function byGrowth(values: Float32Array, dark: boolean, says: Says, data: Dataset): Coloring {
  const most = Math.max(...rangeOf(values).map(Math.abs), 1e-6)
  return {
    title: says.growth,
    unit: perTime(data, says),
    domain: [-most, most],
    ramp: (u) => signedColor(2 * u - 1, dark),
    values,
  }
}

/** How much cells count along their paths (T, N), as powers of 2: a half is as far from 1 as a double. */
export function byWeight(data: Dataset, weights: Float32Array, dark: boolean, says: Says): Coloring {
  const along = weights.map((weight) => Math.log2(Math.max(weight, FAINTEST)))
  const most = Math.max(...rangeOf(along).map(Math.abs), 1)
  return {
    title: says.weight,
    unit: says.weightUnit,
    domain: [-most, most],
    ramp: (u) => signedColor(2 * u - 1, dark),
    values: new Float32Array(data.cells.shape[0]),
    along,
  }
}

export function byParting(values: Float32Array, dark: boolean, says: Says): Coloring {
  return { title: says.parting, unit: says.partingUnit, domain: [0, rangeOf(values)[1]], ramp: ordered(dark), values }
}

export function byModels(values: Float32Array, dark: boolean, says: Says): Coloring {
  return { title: says.models, unit: says.modelsUnit, domain: [0, rangeOf(values)[1]], ramp: ordered(dark), values }
}

/** Predicted cells come from one snapshot; measured ones are those of another. */
export function byRole(
  data: Dataset,
  { from, to }: { from: number; to: number },
  says: Says,
  timeName: (place: number) => string,
): Coloring {
  const values = new Float32Array(data.cells.shape[0])
  const { begin, end } = data.snapshots[from]!
  values.fill(1, begin, end)
  return {
    title: says.compared,
    domain: [0, 2],
    ramp: (u) => categoryColor(Math.round(2 * u)),
    labels: [fill(says.measuredAt, { time: timeName(to) }), fill(says.predictedFrom, { time: timeName(from) })],
    values,
  }
}

/** Without the two outermost per cent. */
function rangeOf(values: Float32Array): [number, number] {
  const sorted = values.slice().sort()
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
  const [low, high] = [at(0.01), at(0.99)]
  return high > low ? [low, high] : [low, low + 1]
}

/** The ramp as 256 RGBA pixels. */
export function rampPixels({ ramp }: Coloring): Uint8Array {
  const context = new OffscreenCanvas(256, 1).getContext('2d', { willReadFrequently: true })!
  for (let i = 0; i < 256; ++i) {
    context.fillStyle = ramp(i / 255)
    context.fillRect(i, 0, 1, 1)
  }
  return new Uint8Array(context.getImageData(0, 0, 256, 1).data)
}

export const colorOf = ({ domain: [low, high], ramp }: Coloring, value: number): string =>
  ramp(Math.min(1, Math.max(0, (value - low) / (high - low))))

/** The mean expression of the genes on which the components of an h5ad file are centred. */
import { centring, LARGEST_MISFIT, meanWithOffset, offsetError, type Centring } from './centring.js'
import { H5adFrame } from './h5ad_frame.js'
import { matrixShape, storageOf, visitAll, visitRows } from './h5ad_matrix.js'
import type { H5Node } from './hdf5_node.js'
import { numberText } from './text.js'

/** @internal */
export interface GeneMeansRequest {
  /** The index of var. */
  index: readonly string[]
  /** (G, D) */
  loadings: Float32Array
  /** (N, D) in the order of the file. */
  coordinates: Float32Array
  dims: number
  /** Else the file is only tested for expression that fits. */
  compute: boolean
}

/** @internal */
export interface GeneMeans {
  mean?: Float32Array
  reading: { source: string } | { problem: string }
  notes: string[]
}

/** Expression that may be what the components were computed from. */
interface Expression {
  name: string
  matrix: H5Node
  /** Of each column the gene, or -1. */
  genes: Int32Array
}

interface Fit {
  centring: Centring
  /** (G) */
  sum: Float64Array
  negative: boolean
}

interface Match {
  name: string
  expression: Expression
  log: boolean
  fit: Fit
}

const TEST_BLOCKS = 4
const TEST_ROWS = 64 // of cells, spread over the file
const LARGEST_OFFSET_ERROR = 0.05

const cellsOf = ({ coordinates, dims }: GeneMeansRequest): number => coordinates.length / dims

/** Of raw/var by names; undefined if a modelled gene is missing. */
function genesByName(root: H5Node, { index, loadings, dims }: GeneMeansRequest): Int32Array | undefined {
  const place = new Map(index.map((name, g) => [name, g]))
  const genes = Int32Array.from(new H5adFrame(root, 'raw/var').index, (name) => place.get(name) ?? -1)
  const found = new Set(genes)
  const isModelled = (g: number) => loadings.subarray(g * dims, (g + 1) * dims).some((value) => value !== 0)
  return index.every((_, g) => found.has(g) || !isModelled(g)) ? genes : undefined
}

function candidates(root: H5Node, request: GeneMeansRequest): Expression[] {
  const inOrder = Int32Array.from(request.index, (_, g) => g)
  const layers = root.find('layers')?.children() ?? []
  const hasRaw = root.find('raw/X') !== undefined && root.find('raw/var') !== undefined
  const named: [name: string, genes: Int32Array | undefined][] = [
    ['X', inOrder],
    ...layers.map((name) => [`layers/${name}`, inOrder] as [string, Int32Array]),
    ['raw/X', hasRaw ? genesByName(root, request) : undefined],
  ]
  return named.flatMap(([name, genes]) => {
    const matrix = genes && root.find(name)
    const storage = matrix && storageOf(matrix)
    if (!genes || !matrix || storage === undefined || storage === 'dataframe') return []
    const [rows, columns] = matrixShape(matrix)
    return rows === cellsOf(request) && columns === genes.length ? [{ name, matrix, genes }] : []
  })
}

type Block = [begin: number, end: number]

function testBlocks(cells: number): Block[] {
  if (cells <= TEST_BLOCKS * TEST_ROWS) return [[0, cells]]
  return Array.from({ length: TEST_BLOCKS }, (_, b) => {
    const begin = Math.floor((b * (cells - TEST_ROWS)) / (TEST_BLOCKS - 1))
    return [begin, begin + TEST_ROWS]
  })
}

/** How the coordinates follow from this expression, over all cells or those of the blocks. */
function fitOf({ matrix, genes }: Expression, request: GeneMeansRequest, log: boolean, blocks?: Block[]): Fit {
  const { loadings, coordinates, dims, index } = request
  const products = new Float64Array(coordinates.length)
  const sum = new Float64Array(index.length)
  let negative = false
  const visit = (row: number, column: number, value: number) => {
    const gene = genes[column]!
    if (value === 0 || gene < 0) return
    negative ||= value < 0
    const used = log ? Math.log1p(value) : value
    for (let d = 0; d < dims; ++d) products[row * dims + d]! += used * loadings[gene * dims + d]!
    sum[gene]! += used
  }
  if (blocks) for (const [begin, end] of blocks) visitRows(matrix, begin, end, visit)
  else visitAll(matrix, visit)
  const rows = (blocks ?? [[0, cellsOf(request)] as Block]).flatMap(([begin, end]) =>
    Array.from({ length: end - begin }, (_, i) => begin + i),
  )
  return { centring: centring(products, coordinates, dims, rows), sum, negative }
}

function matchOf(root: H5Node, request: GeneMeansRequest, tried: string[]): Match | undefined {
  for (const expression of candidates(root, request)) {
    const hasRows = storageOf(expression.matrix) !== 'csc'
    if (!hasRows && !request.compute) {
      tried.push(`${expression.name} is not tested`) // it would have to be read whole
      continue
    }
    const blocks = hasRows ? testBlocks(cellsOf(request)) : undefined
    const plain = fitOf(expression, request, false, blocks)
    if (plain.centring.misfit <= LARGEST_MISFIT) return { name: expression.name, expression, log: false, fit: plain }
    tried.push(`${expression.name} is off by ${numberText(Math.round(100 * plain.centring.misfit) / 100)}`)
    if (plain.negative) continue
    const log = fitOf(expression, request, true, blocks)
    if (log.centring.misfit <= LARGEST_MISFIT)
      return { name: `log(1 + ${expression.name})`, expression, log: true, fit: log }
  }
  return undefined
}

function storedMean(root: H5Node, genes: number): Float32Array | undefined {
  const stored = root.find('uns/pca_mean')
  if (stored?.kind() !== 'number' || stored.shape().length !== 1 || stored.shape()[0] !== genes) return undefined
  const mean = Float32Array.from(stored.numbers())
  return mean.every(Number.isFinite) ? mean : undefined
}

/** The mean of what was found to match. */
function computedMean(request: GeneMeansRequest, { name, expression, log }: Match, notes: string[]): Float32Array {
  const { centring: centre, sum, negative } = fitOf(expression, request, log)
  const mean = sum.map((value) => value / cellsOf(request))
  if (offsetError(mean, request.loadings, centre) > LARGEST_OFFSET_ERROR)
    notes.push(
      'the components are not centred on the mean of these cells (they may be some of more cells): the mean of the ' +
        'genes is moved to that centre',
    )
  if (negative)
    notes.push(
      `${name} holds negative values, as scaled data do: an expression of 0 is then the mean of a gene and not its ` +
        'absence',
    )
  return meanWithOffset(mean, request.loadings, centre.offset)
}

/** @internal What the file stores, or what its expression shows if that gives the coordinates. */
export function geneMeans(root: H5Node, request: GeneMeansRequest): GeneMeans {
  const stored = storedMean(root, request.index.length)
  const compute = request.compute && !stored
  const tried: string[] = []
  const notes: string[] = []
  const found = matchOf(root, { ...request, compute }, tried)
  const isWrong =
    stored &&
    found &&
    offsetError(Float64Array.from(stored), request.loadings, found.fit.centring) > LARGEST_OFFSET_ERROR
  if (isWrong)
    notes.push(`uns['pca_mean'] does not belong to the components and is left out: ${found.name} shows another centre`)
  if (stored && !isWrong) return { mean: stored, reading: { source: "uns['pca_mean']" }, notes }
  if (found) {
    const mean = request.compute ? computedMean(request, found, notes) : undefined
    return { ...(mean && { mean }), reading: { source: found.name }, notes }
  }
  const problem =
    tried.length === 0
      ? "the file has neither uns['pca_mean'] nor expression (X) of these genes"
      : "the coordinates are not the components of the file's expression: (X - mean) PCs should give them, but in " +
        `units of their spread ${tried.join(', ')}; put the log-normalised expression of which they were computed ` +
        "into X, or store its mean as uns['pca_mean']"
  return { reading: { problem }, notes }
}

/** Matrices of an h5ad file: dense, sparse by rows or columns, or a data frame of numbers. */
import type { H5Node } from './hdf5_node.js'

const BLOCK_VALUES = 2 ** 20

/** @internal */
export type Storage = 'dense' | 'csr' | 'csc' | 'dataframe'

/** @internal Undefined for what is no matrix of numbers. */
export function storageOf(node: H5Node): Storage | undefined {
  if (!node.isGroup) return node.kind() === 'number' && node.shape().length === 2 ? 'dense' : undefined
  const encoding = node.textAttribute('encoding-type')
  if (encoding === 'csr_matrix' || node.textAttribute('h5sparse_format') === 'csr') return 'csr'
  if (encoding === 'csc_matrix' || node.textAttribute('h5sparse_format') === 'csc') return 'csc'
  if (encoding !== 'dataframe') return undefined
  const names = node.textsAttribute('column-order')
  return names.length > 0 && names.every((name) => frameValues(node, name)?.kind() === 'number')
    ? 'dataframe'
    : undefined
}

/** Of a column of a data frame: itself, or those beside a mask. */
function frameValues(frame: H5Node, name: string): H5Node | undefined {
  const column = frame.find(name)
  return column?.find('mask') ? column.find('values') : column
}

/** @internal */
export function matrixShape(node: H5Node): [rows: number, columns: number] {
  const storage = storageOf(node)
  if (storage === 'dense') return node.shape() as [number, number]
  if (storage === 'dataframe') {
    const names = node.textsAttribute('column-order')
    return [frameValues(node, names[0]!)!.shape()[0]!, names.length]
  }
  if (storage === undefined) {
    const encoding = node.textAttribute('encoding-type') ?? (node.isGroup ? 'group' : 'dataset')
    throw node.error(
      `is stored as '${encoding}', expected a matrix of numbers, dense or sparse, or a dataframe of numbers`,
    )
  }
  const [rows, columns] = [...node.numbersAttribute('shape'), ...node.numbersAttribute('h5sparse_shape')]
  if (rows === undefined || columns === undefined || rows < 0 || columns < 0) throw node.error('has no valid shape')
  return [rows, columns]
}

/** @internal The first `columns` columns, row-major. */
export function readMatrix(node: H5Node, columns: number, rows: number): Float32Array {
  const [count] = matrixShape(node)
  if (count !== rows) throw node.error(`has ${count} rows, expected ${rows}`)
  const storage = storageOf(node)
  if (storage === 'dense') return Float32Array.from(node.rows(0, rows, columns))
  const values = new Float32Array(rows * columns)
  if (storage !== 'dataframe') {
    visitAll(node, (row, column, value) => {
      if (column < columns) values[row * columns + column]! += value
    })
    return values
  }
  node
    .textsAttribute('column-order')
    .slice(0, columns)
    .forEach((name, d) => {
      const numbers = frameValues(node, name)!.numbers()
      const missing = node.at(name).find('mask')?.numbers()
      if (numbers.length !== rows)
        throw node.error(`has ${numbers.length} values in the column '${name}', expected ${rows}`)
      numbers.forEach((value, row) => (values[row * columns + d] = missing?.[row] ? NaN : value))
    })
  return values
}

/** @internal */
export type Visit = (row: number, column: number, value: number) => void

/** @internal The stored values of all rows, in blocks. */
export function visitAll(node: H5Node, visit: Visit): void {
  const [rows, columns] = matrixShape(node)
  if (storageOf(node) === 'csc') visitSparse(node, 0, columns, (column, row, value) => visit(row, column, value))
  else visitRows(node, 0, rows, visit)
}

/** @internal The stored values of some rows of a matrix that is dense or sparse by rows. */
export function visitRows(node: H5Node, begin: number, end: number, visit: Visit): void {
  if (storageOf(node) === 'csr') return visitSparse(node, begin, end, visit)
  const columns = matrixShape(node)[1]
  const blockRows = Math.max(1, Math.floor(BLOCK_VALUES / Math.max(1, columns)))
  for (let first = begin; first < end; first += blockRows) {
    const values = node.rows(first, Math.min(blockRows, end - first), columns)
    for (let i = 0; i < values.length; ++i) visit(first + Math.floor(i / columns), i % columns, values[i]!)
  }
}

/** Rows of a csr matrix, or columns of a csc matrix. */
function visitSparse(node: H5Node, begin: number, end: number, visit: Visit): void {
  const damaged = (what: string) => node.error(`is a damaged sparse matrix: ${what}`)
  const [rows, columns] = matrixShape(node)
  const [major, minor] = storageOf(node) === 'csr' ? [rows, columns] : [columns, rows]
  const starts = node.at('indptr').numbers()
  if (starts.length !== major + 1) throw damaged('indptr has another length than the shape')
  if (starts[0] !== 0 || starts.some((start, i) => i > 0 && start < starts[i - 1]!))
    throw damaged('indptr does not ascend from 0')
  const [data, indices] = [node.at('data'), node.at('indices')]
  if (data.shape()[0] !== starts[major] || indices.shape()[0] !== starts[major])
    throw damaged('data, indices and indptr do not agree on the number of entries')
  for (let first = begin; first < end;) {
    let last = first + 1
    while (last < end && starts[last + 1]! - starts[first]! <= BLOCK_VALUES) ++last
    const offset = starts[first]!
    const values = data.rows(offset, starts[last]! - offset, 1)
    const places = indices.rows(offset, starts[last]! - offset, 1)
    for (let i = first; i < last; ++i)
      for (let entry = starts[i]! - offset; entry < starts[i + 1]! - offset; ++entry) {
        const place = places[entry]!
        if (!(place >= 0 && place < minor)) throw damaged(`index ${place} is outside of ${minor}`)
        visit(i, place, values[entry]!)
      }
    first = last
  }
}

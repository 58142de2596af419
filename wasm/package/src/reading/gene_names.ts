/** How the genes of an h5ad file are called. */
import type { H5adFrame } from './h5ad_frame.js'
import { isMissing, lowerCase, quoted } from './text.js'

/** Ensembl's of any species, FlyBase's, WormBase's, or a plain number as NCBI has it. */
const isGeneId = (name: string): boolean => /^(?:(?:ENS.*|FBgn|WBGene)\d{6,}|\d+)$/.test(name.split('.')[0]!)

const SYMBOLS = [
  'feature_name',
  'gene_symbols',
  'gene_symbol',
  'gene_names',
  'gene_name',
  'gene_short_name',
  'symbol',
  'symbols',
  'hgnc_symbol',
  'mgi_symbol',
  'external_gene_name',
  'gene',
  'genes',
  'features',
  'feature',
  'name',
  'names',
  'original_gene_symbols',
]

/** @internal The column `given`, else the index, or a usual column of symbols where the index holds ids. */
export function geneNames(varFrame: H5adFrame, given: string | undefined): string[] {
  const { columns, index } = varFrame
  if (given !== undefined && !columns.includes(given)) {
    const held = columns.length === 0 ? 'only the index' : quoted(columns)
    throw varFrame.error(`has no column '${given}' (geneNames): it holds ${held}`)
  }
  const usual = () => SYMBOLS.flatMap((name) => columns.find((column) => lowerCase(column) === name) ?? [])[0]
  const areIds = 2 * index.filter(isGeneId).length > index.length
  const column = given ?? (areIds ? usual() : undefined)
  if (column === undefined) return index
  const symbols = varFrame.texts(column)
  const count = new Map<string, number>()
  for (const symbol of symbols) count.set(symbol, (count.get(symbol) ?? 0) + 1)
  return symbols.map((symbol, g) => (isMissing(symbol) || count.get(symbol)! > 1 ? index[g]! : symbol))
}

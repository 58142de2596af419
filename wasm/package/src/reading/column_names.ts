/** What the names of columns and arrays tell. */
import { lowerCase, trimmed } from './text.js'

/** In lower case, with '_' for '.', '-' and spaces. */
const plain = (name: string): string => lowerCase(trimmed(name)).replace(/[.\- ]/g, '_')

const words = (text: string): Set<string> => new Set(text.trim().split(/\s+/))

const INDEX = words(`
  index cell cells cell_id cellid cell_name cellname cell_index barcode barcodes cell_barcode cellbarcode id obs_names
  obs_name row row_names row_name rownames rowname level_0`)

/** @internal Names of cells, or their numbers. */
export function isIndexName(name: string): boolean {
  const text = plain(name)
  return text === '' || text.startsWith('unnamed:') || INDEX.has(text)
}

const ANNOTATIONS = words(`
  batch cluster clusters seurat_clusters phase s_score g2m_score size_factor size_factors sizefactor reads umis umi
  total_umis library_size libsize mapping_rate num_genes genes_detected pseudotime latent_time orig_ident celltype
  cell_type fate replicate donor plate label labels doublet doublets in_tissue is_doublet branch lineage state n_counts
  total_counts`)
const ANNOTATION_BEGINNINGS = [
  ...words(`
    n_genes n_counts n_cells n_umi ncount_ nfeature_ pct_ percent total_counts log1p_ log10_ leiden louvain rna_snn_res
    sct_snn_res integrated_snn_res doublet_ scrublet velocity_confidence velocity_length velocity_pseudotime cellmnn_`),
]

/** @internal Numbers that are no coordinates: clusters, quality measures. */
export function isAnnotationName(name: string): boolean {
  const text = plain(name)
  return (
    ANNOTATIONS.has(text) ||
    ANNOTATION_BEGINNINGS.some((beginning) => text.startsWith(beginning)) ||
    /_(pseudotime|content|score)$/.test(text)
  )
}

const RANKS = [
  words('x_pca pca pcs pc x_pc'),
  words(`
    x_pca_harmony x_harmony harmony x_scvi scvi x_scanvi scanvi x_lsi lsi x_ica ica ic x_mofa factor latent x_latent lv
    x_cellmnn`),
  words('x z dim dimension component comp coord coordinate'),
]
const PICTURES = words('fa spring x_fa x_spring fitsne')

/** @internal 0 for principal components, 1 for other latent coordinates, 2 for names that may mean such, -1 for what is
 * not known, -2 for pictures such as UMAP. */
export function rankOfArray(name: string): number {
  const text = plain(name)
  const rank = RANKS.findIndex((names) => names.has(text))
  if (rank >= 0) return rank
  return /umap|tsne|phate|draw_graph/.test(text) || PICTURES.has(text) ? -2 : -1
}

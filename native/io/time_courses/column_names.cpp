#include "native/io/time_courses/column_names.hpp"

#include <algorithm>
#include <initializer_list>
#include <string_view>

#include "native/io/files/text.hpp"

namespace cellmnn {
namespace {

bool begins_with(std::string_view name, std::initializer_list<std::string_view> beginnings) {
  return std::any_of(beginnings.begin(), beginnings.end(),
                     [&](std::string_view beginning) { return name.starts_with(beginning); });
}

/// In lower case, with '_' for '.', '-' and spaces.
std::string plain(const std::string& name) {
  std::string text = lower_case(trimmed(name));
  for (char& c : text) c = c == '.' || c == '-' || c == ' ' ? '_' : c;
  return text;
}

}  // namespace

bool is_index_name(const std::string& name) {
  const std::string text = plain(name);
  return text.starts_with("unnamed:") ||
         is_one_of(text, {"",         "index",        "cell",        "cells",      "cell_id",
                          "cellid",   "cell_name",    "cellname",    "cell_index", "barcode",
                          "barcodes", "cell_barcode", "cellbarcode", "id",         "obs_names",
                          "obs_name", "row",          "row_names",   "row_name",   "rownames",
                          "rowname",  "level_0"});
}

bool is_annotation_name(const std::string& name) {
  const std::string text = plain(name);
  return is_one_of(text, {"batch",       "cluster",      "clusters",    "seurat_clusters", "phase",
                          "s_score",     "g2m_score",    "size_factor", "size_factors",    "sizefactor",
                          "reads",       "umis",         "umi",         "total_umis",      "library_size",
                          "libsize",     "mapping_rate", "num_genes",   "genes_detected",  "pseudotime",
                          "latent_time", "orig_ident",   "celltype",    "cell_type",       "fate",
                          "replicate",   "donor",        "plate",       "label",           "labels",
                          "doublet",     "doublets",     "in_tissue",   "is_doublet",      "branch",
                          "lineage",     "state",        "n_counts",    "total_counts"}) ||
         begins_with(text, {"n_genes",
                            "n_counts",
                            "n_cells",
                            "n_umi",
                            "ncount_",
                            "nfeature_",
                            "pct_",
                            "percent",
                            "total_counts",
                            "log1p_",
                            "log10_",
                            "leiden",
                            "louvain",
                            "rna_snn_res",
                            "sct_snn_res",
                            "integrated_snn_res",
                            "doublet_",
                            "scrublet",
                            "velocity_confidence",
                            "velocity_length",
                            "velocity_pseudotime",
                            "cellmnn_"}) ||
         text.ends_with("_pseudotime") || text.ends_with("_content") || text.ends_with("_score");
}

int rank_of_array(const std::string& name) {
  const std::string text = plain(name);
  if (is_one_of(text, {"x_pca", "pca", "pcs", "pc", "x_pc"})) return 0;
  if (is_one_of(text,
                {"x_pca_harmony", "x_harmony", "harmony", "x_scvi", "scvi", "x_scanvi", "scanvi", "x_lsi",
                 "lsi", "x_ica", "ica", "ic", "x_mofa", "factor", "latent", "x_latent", "lv", "x_cellmnn"}))
    return 1;
  if (is_one_of(text, {"x", "z", "dim", "dimension", "component", "comp", "coord", "coordinate"})) return 2;
  const bool picture = text.find("umap") != std::string::npos || text.find("tsne") != std::string::npos ||
                       text.find("phate") != std::string::npos ||
                       text.find("draw_graph") != std::string::npos ||
                       is_one_of(text, {"fa", "spring", "x_fa", "x_spring", "fitsne"});
  return picture ? -2 : -1;
}

}  // namespace cellmnn

/// What columns of tables of cells are usually called.
#pragma once

#include <string>

namespace cellmnn {

/// Names of cells: "cell", "barcode", "index", pandas' "Unnamed: 0", or nothing.
bool is_index_name(const std::string& name);

/// Clusters, batches, quality measures, pseudotimes: numbers that are no coordinates.
bool is_annotation_name(const std::string& name);

/// How good an array of this name is as coordinates: 0 for principal components, then other latent spaces;
/// -1 for a name that says nothing, -2 for pictures such as UMAP.
int rank_of_array(const std::string& name);

}  // namespace cellmnn

/// Preprocessed data as .h5ad, under scanpy's names.
#pragma once

#include <string>

#include "native/commands/preprocess/preprocessing.hpp"

namespace cellmnn {

/// X, layers counts (with `keep_counts`); obs and var with highly_variable, means, dispersions,
/// dispersions_norm, mean, std; obsm X_pca; varm PCs, 0 for genes that were not chosen; uns pca, pca_mean,
/// hvg and cellmnn, whose `preprocess` is the text `options`.
void write_preprocessed(const std::string& path, const Preprocessed& result, const std::string& options,
                        bool keep_counts, Executor& executor);

}  // namespace cellmnn

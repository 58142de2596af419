/// The readers behind open_cells(): each looks at everything but what can be checked once for all formats.
#pragma once

#include <memory>
#include <string>

#include "native/io/time_courses/cell_source.hpp"

namespace cellmnn {

std::unique_ptr<CellSource> open_h5ad(const std::string& path, const DataOptions& options);
std::unique_ptr<CellSource> open_npz(const std::string& path, const DataOptions& options);
std::unique_ptr<CellSource> open_csv(const std::string& path, const DataOptions& options);

/// The usual names of principal components, the most usual first.
inline constexpr const char* kEmbeddingNames[] = {"X_pca", "pca", "pcs"};

/// How many of `available` dimensions are to be read; throws bad_input for fewer than asked for.
Index dims_to_read(const DataOptions& options, const std::string& path, const std::string& embedding,
                   Index available);

}  // namespace cellmnn

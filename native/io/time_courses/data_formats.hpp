/// The readers behind read_data(): each fills everything but what can be checked once for all formats.
#pragma once

#include <string>

#include "native/io/time_courses/data_file.hpp"

namespace cellmnn {

DataFile read_h5ad(const std::string& path, const DataOptions& options);
DataFile read_npz(const std::string& path, const DataOptions& options);
DataFile read_csv(const std::string& path, const DataOptions& options);

/// The usual names of principal components, the most usual first.
inline constexpr const char* kEmbeddingNames[] = {"X_pca", "pca", "pcs"};

/// How many of `available` dimensions are to be read; throws bad_input for fewer than asked for.
Index dims_to_read(const DataOptions& options, const std::string& path, const std::string& embedding,
                   Index available);

}  // namespace cellmnn

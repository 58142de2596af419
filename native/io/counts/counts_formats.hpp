/// The readers behind read_counts(): each fills what its format has, names as they stand in the file.
#pragma once

#include <string>

#include "native/io/counts/counts_file.hpp"

namespace cellmnn {

CountsFile read_h5ad_counts(const std::string& path, const CountsOptions& options);
CountsFile read_10x_counts(const std::string& folder, const CountsOptions& options);
CountsFile read_csv_counts(const std::string& path, const CountsOptions& options);

}  // namespace cellmnn

/// The readers behind read_counts(): each fills what its format has, names as they stand in the file.
#pragma once

#include <string>

#include "native/io/counts/counts_file.hpp"

namespace cellmnn {

CountsFile read_h5ad_counts(const std::string& path, const CountsOptions& options);
/// `given` is the folder, or the .mtx file itself.
CountsFile read_10x_counts(const std::string& given, const CountsOptions& options);
CountsFile read_10x_h5_counts(const std::string& path, const CountsOptions& options);
CountsFile read_npz_counts(const std::string& path, const CountsOptions& options);

/// Reads rows as cells, or as genes with options.transpose.
CountsFile read_csv_counts(const std::string& path, const CountsOptions& options);

/// Leaves out the features that are not of the type "Gene Expression", with a warning; throws bad_input with
/// the types that there are if none is. No type is one, too.
void keep_measured_genes(CountsFile& file, const std::vector<std::string>& types);

}  // namespace cellmnn

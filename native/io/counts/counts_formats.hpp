/// The readers behind read_counts(): each fills what its format has, names as they stand in the file.
#pragma once

#include <string>
#include <vector>

#include "native/io/counts/counts_file.hpp"

namespace cellmnn {

CountsBlocks read_h5ad_counts(const std::string& path, const CountsOptions& options);
/// `given` is the folder, or the .mtx file itself.
CountsBlocks read_10x_counts(const std::string& given, const CountsOptions& options);
CountsBlocks read_10x_h5_counts(const std::string& path, const CountsOptions& options);
CountsBlocks read_npz_counts(const std::string& path, const CountsOptions& options);

/// Reads rows as cells, or as genes with options.transpose.
CountsBlocks read_csv_counts(const std::string& path, const CountsOptions& options);

/// anndata's make_index_unique: the second "A" becomes "A-1", or the next number that is free. Warns that
/// there is such a `what`.
void make_unique(std::vector<std::string>& names, const std::string& what, CountsTable& file);

/// Leaves out the features that are not of the type "Gene Expression", with a warning; throws bad_input with
/// the types that there are if none is. No type is one, too.
void keep_measured_genes(CountsBlocks& file, const std::vector<std::string>& types);

}  // namespace cellmnn

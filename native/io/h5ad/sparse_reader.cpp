#include "native/io/h5ad/sparse_reader.hpp"

#include <limits>

namespace cellmnn {

void check_columns(const hdf5::Node& matrix, Index columns) {
  if (columns <= std::numeric_limits<std::int32_t>::max()) return;
  throw matrix.error("has " + std::to_string(columns) + " genes, expected fewer than 2^31");
}

SparseMatrix SparseReader::rows(Index first, Index last) {
  check_columns(group_, minor_);
  SparseMatrix result;
  result.rows = last - first;
  result.columns = minor_;
  for (Index row = first; row <= last; ++row) result.starts.push_back(start(row) - start(first));
  const Index entries = result.starts.back();
  result.values.resize(static_cast<std::size_t>(entries));
  result.indices.resize(static_cast<std::size_t>(entries));
  data_.read_rows(start(first), entries, 1, result.values.data());
  indices_.read_rows(start(first), entries, 1, result.indices.data());
  if (is_tidy(result)) return result;
  for (const std::int32_t index : result.indices) check(index);
  try {
    tidy_rows(result, first);
  } catch (const Error& error) {
    throw group_.error(error.what());
  }
  return result;
}

}  // namespace cellmnn

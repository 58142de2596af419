#include "python/bindings/arrays.hpp"

#include "cellmnn/error.hpp"

namespace cellmnn::python {

SparseMatrix sparse_of(const SparseArrays& arrays, Index columns) {
  const auto entries = static_cast<std::int64_t>(arrays.values.shape(0));
  const std::int64_t* starts = arrays.starts.data();
  const auto rows = static_cast<Index>(arrays.starts.shape(0)) - 1;
  bool fits = rows >= 0 && static_cast<std::int64_t>(arrays.columns.shape(0)) == entries && starts[0] == 0 &&
              starts[rows] == entries;
  for (Index row = 0; fits && row < rows; ++row) fits = starts[row] <= starts[row + 1];
  for (std::int64_t k = 0; fits && k < entries; ++k) {
    fits = arrays.columns.data()[k] >= 0 && arrays.columns.data()[k] < columns;
  }
  if (!fits) throw Error(ErrorCode::bad_input, "the sparse matrix is damaged: its parts do not fit together");
  return sparse_matrix(rows, columns, [&](const auto& visit) {
    for (Index row = 0; row < rows; ++row) {
      for (std::int64_t k = starts[row]; k < starts[row + 1]; ++k)
        visit(row, arrays.columns.data()[k], arrays.values.data()[k]);
    }
  });
}

nb::tuple tuple_of(SparseMatrix matrix) {
  const std::vector<std::int64_t> starts(matrix.starts.begin(), matrix.starts.end());
  return nb::make_tuple(array_of(std::move(matrix.values)), array_of(std::move(matrix.indices)),
                        array_of(starts), nb::make_tuple(matrix.rows, matrix.columns));
}

}  // namespace cellmnn::python

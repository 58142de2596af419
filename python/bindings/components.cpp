#include <nanobind/stl/vector.h>

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "cellmnn/error.hpp"
#include "cellmnn/pca.hpp"
#include "python/bindings/arrays.hpp"
#include "python/bindings/bindings.hpp"
#include "python/bindings/job.hpp"

namespace cellmnn::python {
namespace {

using namespace nb::literals;

/// Scores (N, D) of all rows; of the components of the rows `cells` the loadings (G, D), the mean (G) and the
/// variances (D), with divisor n - 1.
nb::tuple components(const Floats& values, const Codes& columns, const Whole& starts, Index genes,
                     const Whole& cells, Index dims, int threads) {
  const SparseMatrix x = sparse_of({values, columns, starts}, genes);
  for (const float value : x.values) {
    if (!std::isfinite(value))
      throw Error(ErrorCode::bad_input, "the expression holds values that are not finite");
  }
  const std::vector<Index> rows = indices_of(cells);
  for (const Index row : rows) {
    if (row < 0 || row >= x.rows)
      throw Error(ErrorCode::bad_input, "cells", " names a row that is not there");
  }
  Pca pca =
      result_with(threads, [&](Executor& executor) { return principal_components(x, rows, dims, executor); });
  const auto count = static_cast<double>(rows.size());
  return nb::make_tuple(array_of(std::move(pca.scores)), array_of(std::move(pca.loadings)),
                        array_of(std::move(pca.mean)),
                        array_of(Vector<double>(pca.variance * (count / (count - 1)))));
}

}  // namespace

void bind_components(nb::module_& module) {
  module.def("components", &components, "values"_a, "columns"_a, "starts"_a, "genes"_a, "cells"_a, "dims"_a,
             "threads"_a);
}

}  // namespace cellmnn::python

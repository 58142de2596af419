/// NumPy arrays as the core's matrices, and back.
#pragma once

#include <nanobind/ndarray.h>

#include <complex>
#include <cstdint>
#include <utility>
#include <vector>

#include "cellmnn/sparse.hpp"
#include "cellmnn/tensor.hpp"
#include "cellmnn/types.hpp"

namespace cellmnn::python {

namespace nb = nanobind;

/// (N, D), row-major, not copied if it is so already.
using FloatRows = nb::ndarray<const float, nb::ndim<2>, nb::c_contig, nb::device::cpu>;
/// (N, D) with any strides, such as some columns of a wider array.
using FloatTable = nb::ndarray<const float, nb::ndim<2>, nb::device::cpu>;
using Doubles = nb::ndarray<const double, nb::ndim<1>, nb::c_contig, nb::device::cpu>;
using Floats = nb::ndarray<const float, nb::ndim<1>, nb::c_contig, nb::device::cpu>;
using Whole = nb::ndarray<const std::int64_t, nb::ndim<1>, nb::c_contig, nb::device::cpu>;
using Flags = nb::ndarray<const bool, nb::ndim<1>, nb::c_contig, nb::device::cpu>;
using Codes = nb::ndarray<const std::int32_t, nb::ndim<1>, nb::c_contig, nb::device::cpu>;

inline Eigen::Map<const Matrix<float>> rows_of(const FloatRows& array) {
  return {array.data(), static_cast<Index>(array.shape(0)), static_cast<Index>(array.shape(1))};
}

/// The numbers of the array itself; a Vector made of it is a copy.
template <typename Scalar, typename Array>
Eigen::Map<const Vector<Scalar>> vector_of(const Array& array) {
  return {array.data(), static_cast<Index>(array.shape(0))};
}

inline std::vector<Index> indices_of(const Whole& array) {
  return {array.data(), array.data() + array.shape(0)};
}

/// An array that owns `values`, which hold the numbers of `shape` at data().
template <typename Scalar, typename Values>
nb::ndarray<nb::numpy, Scalar> owned(Values values, std::initializer_list<Index> shape) {
  auto* kept = new Values(std::move(values));
  const nb::capsule owner(kept, [](void* pointer) noexcept { delete static_cast<Values*>(pointer); });
  std::vector<std::size_t> extents;
  for (const Index extent : shape) extents.push_back(static_cast<std::size_t>(extent));
  return nb::ndarray<nb::numpy, Scalar>(kept->data(), extents.size(), extents.data(), owner);
}

template <typename Scalar>
auto array_of(Matrix<Scalar> matrix) {
  const Index rows = matrix.rows(), columns = matrix.cols();
  return owned<Scalar>(std::move(matrix), {rows, columns});
}

template <typename Scalar>
auto array_of(Vector<Scalar> vector) {
  const Index size = vector.size();
  return owned<Scalar>(std::move(vector), {size});
}

template <typename Scalar>
auto array_of(Tensor3<Scalar> tensor) {
  const auto [n, rows, columns] = tensor.shape();
  return owned<Scalar>(std::move(tensor), {n, rows, columns});
}

template <typename Scalar>
auto array_of(std::vector<Scalar> values) {
  const auto size = static_cast<Index>(values.size());
  return owned<Scalar>(std::move(values), {size});
}

/// Compressed rows as SciPy has them: (values, columns, starts of the rows).
struct SparseArrays {
  Floats values;
  Codes columns;
  Whole starts;
};

/// Rows are sorted, entries of 0 are left out. Throws bad_input for what is no such matrix.
SparseMatrix sparse_of(const SparseArrays& arrays, Index columns);

/// The other way round, as a tuple.
nb::tuple tuple_of(SparseMatrix matrix);

}  // namespace cellmnn::python

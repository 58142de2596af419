/// N-dimensional results, such as positions at T times of N cells in D dimensions.
#pragma once

#include <array>
#include <vector>

#include "cellmnn/types.hpp"

namespace cellmnn {

/// Row-major array with three axes; the doc comment of each function names them.
template <typename Scalar>
class Tensor3 {
 public:
  Tensor3() = default;

  /// (n, rows, columns), all 0.
  Tensor3(Index n, Index rows, Index columns)
      : shape_{n, rows, columns}, values_(static_cast<std::size_t>(n * rows * columns)) {}

  const std::array<Index, 3>& shape() const { return shape_; }
  Index size() const { return static_cast<Index>(values_.size()); }
  Scalar* data() { return values_.data(); }
  const Scalar* data() const { return values_.data(); }

  Scalar& operator()(Index i, Index r, Index c) { return values_[place(i, r, c)]; }
  const Scalar& operator()(Index i, Index r, Index c) const { return values_[place(i, r, c)]; }

  /// Entry i of the first axis, (rows, columns), without a copy.
  Eigen::Map<Matrix<Scalar>> slice(Index i) {
    return {data() + i * shape_[1] * shape_[2], shape_[1], shape_[2]};
  }
  Eigen::Map<const Matrix<Scalar>> slice(Index i) const {
    return {data() + i * shape_[1] * shape_[2], shape_[1], shape_[2]};
  }

  bool operator==(const Tensor3&) const = default;

 private:
  std::size_t place(Index i, Index r, Index c) const {
    return static_cast<std::size_t>((i * shape_[1] + r) * shape_[2] + c);
  }

  std::array<Index, 3> shape_ = {0, 0, 0};
  std::vector<Scalar> values_;
};

}  // namespace cellmnn

/// A matrix that many blocks of rows are multiplied with: it is packed once, where Eigen would pack it for
/// each.
#pragma once

#include "cellmnn/types.hpp"

namespace cellmnn {

/// Products with it have the bits of those of Eigen.
template <typename Scalar>
class PackedMatrix {
 public:
  using View = Eigen::Map<const Matrix<Scalar>>;
  using Rows = Eigen::Ref<const Matrix<Scalar>>;
  using RowsOut = Eigen::Ref<Matrix<Scalar>>;

  /// Takes w (k, n), whose numbers must stay where they are.
  void pack(const View& w);

  /// Takes the transpose of w (n, k).
  void pack_transposed(const View& w);

  /// Adds x (m, k) times the matrix to out (m, n).
  void add_product(const Rows& x, RowsOut out) const;

 private:
  void take(const View& w, bool transposed);

  const Scalar* numbers_ = nullptr;  // of w
  Index rows_ = 0, cols_ = 0;
  bool transposed_ = false;
  Vector<Scalar> packed_;
};

}  // namespace cellmnn

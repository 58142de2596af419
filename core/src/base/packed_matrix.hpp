/// A matrix that many blocks of rows are multiplied with: it is packed once, where Eigen would pack it for
/// each.
#pragma once

#include "cellmnn/types.hpp"

namespace cellmnn {

/// Its products have the bits of those of Eigen, but for single rows or columns and the smallest matrices,
/// for which Eigen has other ways.
template <typename Scalar>
class PackedMatrix {
 public:
  using View = Eigen::Map<const Matrix<Scalar>>;

  /// Takes w (k, n).
  void pack(const View& w);

  /// Takes the transpose of w (n, k).
  void pack_transposed(const View& w);

  /// Adds x (m, k) times the matrix to out (m, n).
  void add_product(const Eigen::Ref<const Matrix<Scalar>>& x, Eigen::Ref<Matrix<Scalar>> out) const;

 private:
  /// Calls use(first, rows, packed) for pieces of rows of the matrix, as Eigen cuts long sums.
  template <typename Values, typename Use>
  void for_pieces(Values& packed, const Use& use) const;
  void resize(Index rows, Index cols);

  Index rows_ = 0, cols_ = 0;
  Vector<Scalar> packed_;
};

}  // namespace cellmnn

#include "base/packed_matrix.hpp"

#include <cstddef>

#include "base/eigen_kernels.hpp"

namespace cellmnn {
namespace {

namespace internal = Eigen::internal;

template <typename Scalar>
using Traits = internal::gebp_traits<Scalar, Scalar>;

template <typename Scalar, int Order>
using Mapper = internal::const_blas_data_mapper<Scalar, Index, Order>;

// Row-major matrices are transposed column-major ones: out^T = matrix^T x^T, so the matrix is on the left.
template <typename Scalar, int Order>
using PackLeft =
    internal::gemm_pack_lhs<Scalar, Index, Mapper<Scalar, Order>, Traits<Scalar>::mr,
                            Traits<Scalar>::LhsProgress, typename Traits<Scalar>::LhsPacket4Packing, Order>;
template <typename Scalar>
using PackRight = internal::gemm_pack_rhs<Scalar, Index, Mapper<Scalar, Eigen::ColMajor>, Traits<Scalar>::nr,
                                          Eigen::ColMajor>;
template <typename Scalar>
using Result = internal::blas_data_mapper<Scalar, Index, Eigen::ColMajor>;
template <typename Scalar>
using Kernel =
    internal::gebp_kernel<Scalar, Scalar, Index, Result<Scalar>, Traits<Scalar>::mr, Traits<Scalar>::nr>;

/// Whether Eigen sums all k products of an element in one go. It cuts long sums in pieces.
template <typename Scalar>
bool is_one_piece(Index k, Index n, Index m) {
  Index depth = k, rows = n, columns = m;
  internal::computeProductBlockingSizes<Scalar, Scalar>(depth, rows, columns, Index{1});
  return depth == k && rows == n;
}

}  // namespace

template <typename Scalar>
void PackedMatrix<Scalar>::pack(const View& w) {
  take(w, false);
  PackLeft<Scalar, Eigen::ColMajor>()(packed_.data(), {w.data(), w.cols()}, w.rows(), w.cols());
}

template <typename Scalar>
void PackedMatrix<Scalar>::pack_transposed(const View& w) {
  take(w, true);
  PackLeft<Scalar, Eigen::RowMajor>()(packed_.data(), {w.data(), w.cols()}, w.cols(), w.rows());
}

template <typename Scalar>
void PackedMatrix<Scalar>::take(const View& w, bool transposed) {
  numbers_ = w.data();
  rows_ = w.rows();
  cols_ = w.cols();
  transposed_ = transposed;
  packed_.resize(w.size());
}

template <typename Scalar>
void PackedMatrix<Scalar>::add_product(const Rows& x, RowsOut out) const {
  const Index m = x.rows(), k = x.cols(), n = out.cols();
  const bool is_small = m == 1 || n == 1 || k + m + n < EIGEN_GEMM_TO_COEFFBASED_THRESHOLD;
  if (is_small || !is_one_piece<Scalar>(k, n, m)) {  // for these Eigen has other ways
    const View matrix(numbers_, rows_, cols_);
    if (transposed_) {
      out.noalias() += x * matrix.transpose();
    } else {
      out.noalias() += x * matrix;
    }
    return;
  }
  const auto size = static_cast<std::size_t>(k * m);
  ei_declare_aligned_stack_constructed_variable(Scalar, block, size, nullptr);
  PackRight<Scalar>()(block, {x.data(), x.outerStride()}, k, m);
  Kernel<Scalar>()(Result<Scalar>(out.data(), out.outerStride()), packed_.data(), block, n, k, m, Scalar(1));
}

template class PackedMatrix<float>;
template class PackedMatrix<double>;

}  // namespace cellmnn

#include "base/packed_matrix.hpp"

#include <algorithm>
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

constexpr Index kAligned = 64;  // numbers

/// How many products Eigen sums at once.
template <typename Scalar>
Index rows_of_piece(Index rows, Index cols) {
  Index others = cols, columns = cols;
  internal::computeProductBlockingSizes<Scalar, Scalar>(rows, others, columns, Index{1});
  return rows;
}

}  // namespace

template <typename Scalar>
template <typename Values, typename Use>
void PackedMatrix<Scalar>::for_pieces(Values& packed, const Use& use) const {
  const Index most = rows_of_piece<Scalar>(rows_, cols_);
  Index place = 0;
  for (Index first = 0; first < rows_; first += most) {
    const Index rows = std::min(most, rows_ - first);
    use(first, rows, packed.data() + place);
    place += (rows * cols_ + kAligned - 1) / kAligned * kAligned;
  }
}

template <typename Scalar>
void PackedMatrix<Scalar>::resize(Index rows, Index cols) {
  rows_ = rows;
  cols_ = cols;
  packed_.resize(rows * cols + (rows / rows_of_piece<Scalar>(rows, cols) + 1) * kAligned);
}

template <typename Scalar>
void PackedMatrix<Scalar>::pack(const View& w) {
  resize(w.rows(), w.cols());
  for_pieces(packed_, [&](Index first, Index rows, Scalar* packed) {
    PackLeft<Scalar, Eigen::ColMajor>()(packed, {w.data() + first * cols_, cols_}, rows, cols_);
  });
}

template <typename Scalar>
void PackedMatrix<Scalar>::pack_transposed(const View& w) {
  resize(w.cols(), w.rows());
  for_pieces(packed_, [&](Index first, Index rows, Scalar* packed) {
    PackLeft<Scalar, Eigen::RowMajor>()(packed, {w.data() + first, rows_}, rows, cols_);
  });
}

template <typename Scalar>
void PackedMatrix<Scalar>::add_product(const Eigen::Ref<const Matrix<Scalar>>& x,
                                       Eigen::Ref<Matrix<Scalar>> out) const {
  const Index m = x.rows();
  const auto size = static_cast<std::size_t>(m * rows_);
  ei_declare_aligned_stack_constructed_variable(Scalar, block, size, nullptr);
  for_pieces(packed_, [&](Index first, Index rows, const Scalar* packed) {
    PackRight<Scalar>()(block, {x.data() + first, x.outerStride()}, rows, m);
    Kernel<Scalar>()(Result<Scalar>(out.data(), out.outerStride()), packed, block, cols_, rows, m, Scalar(1));
  });
}

template class PackedMatrix<float>;
template class PackedMatrix<double>;

}  // namespace cellmnn

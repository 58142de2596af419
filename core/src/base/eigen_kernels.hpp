#pragma once

#include <Eigen/Core>

/// Eigen's kernels of dense products, of type S, which are never inlined. EXTERN is extern, to declare them,
/// or nothing, to compile them: once, in eigen_kernels.cpp, instead of in every file with a product.
// NOLINTBEGIN(bugprone-macro-parentheses): a type has none
#define CELLMNN_EIGEN_KERNELS(EXTERN, S)                                                                     \
  namespace Eigen::internal {                                                                                \
  EXTERN template struct gebp_kernel<S, S, Index, blas_data_mapper<S, Index, ColMajor>,                      \
                                     gebp_traits<S, S>::mr, gebp_traits<S, S>::nr>;                          \
  EXTERN template struct gemm_pack_lhs<S, Index, const_blas_data_mapper<S, Index, ColMajor>,                 \
                                       gebp_traits<S, S>::mr, gebp_traits<S, S>::LhsProgress,                \
                                       gebp_traits<S, S>::LhsPacket4Packing, ColMajor>;                      \
  EXTERN template struct gemm_pack_lhs<S, Index, const_blas_data_mapper<S, Index, RowMajor>,                 \
                                       gebp_traits<S, S>::mr, gebp_traits<S, S>::LhsProgress,                \
                                       gebp_traits<S, S>::LhsPacket4Packing, RowMajor>;                      \
  EXTERN template struct gemm_pack_rhs<S, Index, const_blas_data_mapper<S, Index, ColMajor>,                 \
                                       gebp_traits<S, S>::nr, ColMajor>;                                     \
  EXTERN template struct gemm_pack_rhs<S, Index, const_blas_data_mapper<S, Index, RowMajor>,                 \
                                       gebp_traits<S, S>::nr, RowMajor>;                                     \
  EXTERN template struct general_matrix_vector_product<Index, S, const_blas_data_mapper<S, Index, RowMajor>, \
                                                       RowMajor, false, S,                                   \
                                                       const_blas_data_mapper<S, Index, ColMajor>, false>;   \
  EXTERN template struct general_matrix_vector_product<Index, S, const_blas_data_mapper<S, Index, ColMajor>, \
                                                       ColMajor, false, S,                                   \
                                                       const_blas_data_mapper<S, Index, RowMajor>, false>;   \
  }
// NOLINTEND(bugprone-macro-parentheses)

CELLMNN_EIGEN_KERNELS(extern, float)
CELLMNN_EIGEN_KERNELS(extern, double)

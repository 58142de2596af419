/// Index, matrices and the dimension letters used everywhere in this project.
///
///   N cells            B cells of a batch     D latent dimensions   G genes
///   T times            K snapshots            L hidden layers       W width of a hidden layer
///
/// A matrix is row-major with one cell a row, which is numpy's and JavaScript's order.
#pragma once

#include <Eigen/Core>
#include <limits>

namespace cellmnn {

using Index = Eigen::Index;

/// The largest number of latent dimensions.
inline constexpr Index kMaxDims = 100;

/// What stands for a number that is not known: NaN.
inline constexpr double kNotKnown = std::numeric_limits<double>::quiet_NaN();

/// (rows, columns), row-major.
template <typename Scalar>
using Matrix = Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

template <typename Scalar>
using Vector = Eigen::Matrix<Scalar, Eigen::Dynamic, 1>;

/// A read-only view of a row-major matrix; binds to blocks of rows without a copy.
template <typename Scalar>
using MatrixView = Eigen::Ref<const Matrix<Scalar>>;

/// The same of a vector.
template <typename Scalar>
using VectorView = Eigen::Ref<const Vector<Scalar>>;

}  // namespace cellmnn

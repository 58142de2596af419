/// Searches over all pairs of points, with costs computed on the fly.
#pragma once

#include <vector>

#include "wasserstein_problem.hpp"

namespace cellmnn {

/// min over j of cost(from_i, to_j) - to_dual(j), for every i: the largest dual variables that are
/// feasible beside to_dual.
Vector<double> c_transform(const Matrix<double>& from, const Matrix<double>& to, const Vector<double>& to_dual,
                           TransportCost kind);

/// Finds the pairs of least cost(from_i, to_j) - to_dual(j). Screens in float, decides in double.
class PairFinder {
 public:
  PairFinder(const Matrix<double>& from, const Matrix<double>& to, TransportCost kind);

  struct Pair {
    Index from;
    Index to;
    double cost;
  };

  /// Of each i the pairs whose cost - to_dual is below limit(i): all if they are not more than `most`,
  /// else `most` of them, the least but for the error of float.
  std::vector<Pair> below(const Vector<double>& limit, std::size_t most, const Vector<double>& to_dual);

 private:
  void compute_keys(Index i);
  float screening_limit(double limit, std::size_t most);

  const Matrix<double>& from_;
  const Matrix<double>& to_;
  TransportCost kind_;
  Matrix<float> lanes_;           // (D, padded points): `to`, by dimension
  Eigen::ArrayXf lane_dual_;      // (padded points)
  Eigen::ArrayXf keys_;           // (padded points): cost - to_dual of one i, in float
  Eigen::ArrayXf chunk_minimum_;  // of the keys
  std::vector<float> sorted_minimum_;
  float margin_;  // more than the error of a key
};

}  // namespace cellmnn

/// Searches over all pairs of points, with costs computed on the fly.
#pragma once

#include <vector>

#include "transport/problem.hpp"
#include "transport/screen.hpp"

namespace cellmnn {

/// Finds pairs (i, j) by their key, cost(from_i, to_j) - to_dual(j): screened in float, decided in double.
class PairFinder {
 public:
  /// Refers to the points, whose coordinates lie in [-1, 1].
  PairFinder(const Matrix<double>& from, const Matrix<double>& to, TransportCost kind)
      : from_(from), to_(to), kind_(kind), screen_(to, kind) {}

  struct Pair {
    Index from;
    Index to;
    double key;
  };

  /// Of every i the pairs with a key below limit(i); if they are more than `most`, the least.
  std::vector<Pair> below(const Vector<double>& limit, std::size_t most, const Vector<double>& to_dual);

  /// Of every i the pairs with the `count` least keys. Faster if from_dual is near the least key.
  std::vector<Pair> least(std::size_t count, const Vector<double>& to_dual, const Vector<double>& from_dual);

  /// The least key of every i: the largest dual variables that are feasible beside to_dual. Faster if
  /// `near` is near them.
  Vector<double> c_transform(const Vector<double>& to_dual, const Vector<double>& near);
  Vector<double> c_transform(const Vector<double>& to_dual);

 private:
  struct Partner {
    double key;
    Index to;
  };
  void search(Index i, double limit, std::size_t most, const Vector<double>& to_dual);
  void keep_least(std::size_t count);

  const Matrix<double>& from_;
  const Matrix<double>& to_;
  TransportCost kind_;
  PointScreen screen_;
  std::vector<Partner> partners_;  // what search() has found
};

}  // namespace cellmnn

#include "base/near_order.hpp"

#include <algorithm>
#include <numeric>
#include <span>

namespace cellmnn {
namespace {

Index widest_dimension(const MatrixView<float>& points, const std::span<Index>& some) {
  Eigen::RowVectorXd sum = Eigen::RowVectorXd::Zero(points.cols()), squares = sum;
  const Eigen::RowVectorXd first = points.row(some.front()).cast<double>();
  for (const Index i : some) {
    const Eigen::RowVectorXd x = points.row(i).cast<double>() - first;
    sum += x;
    squares += x.cwiseAbs2();
  }
  Index widest = 0;
  (squares - sum.cwiseAbs2() / static_cast<double>(some.size())).maxCoeff(&widest);
  return widest;
}

void halve(const MatrixView<float>& points, const std::span<Index>& some) {
  if (some.size() < 2) return;
  const Index widest = widest_dimension(points, some);
  std::sort(some.begin(), some.end(), [&](Index a, Index b) {
    const float at_a = points(a, widest), at_b = points(b, widest);
    return at_a != at_b ? at_a < at_b : a < b;
  });
  halve(points, some.first(some.size() / 2));
  halve(points, some.subspan(some.size() / 2));
}

}  // namespace

std::vector<Index> near_order(const MatrixView<float>& points) {
  std::vector<Index> order(static_cast<std::size_t>(points.rows())), places(order.size());
  std::iota(order.begin(), order.end(), Index{0});
  halve(points, order);
  for (std::size_t k = 0; k < order.size(); ++k) {
    places[static_cast<std::size_t>(order[k])] = static_cast<Index>(k);
  }
  return places;
}

}  // namespace cellmnn

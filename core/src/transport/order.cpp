#include "transport/order.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace cellmnn {
namespace {

using Member = std::vector<Index>::iterator;

Index widest_coordinate(const Matrix<double>& points, Member begin, Member end) {
  Eigen::RowVectorXd low = points.row(*begin), high = low;
  for (Member p = begin; p != end; ++p) {
    low = low.cwiseMin(points.row(*p));
    high = high.cwiseMax(points.row(*p));
  }
  Index widest = 0;
  (high - low).maxCoeff(&widest);
  return widest;
}

void order(const Matrix<double>& points, Index run, Member begin, Member end) {
  const Index runs = (end - begin + run - 1) / run;
  if (runs < 2) return;
  const Index d = widest_coordinate(points, begin, end);
  const Member middle = begin + runs / 2 * run;
  std::nth_element(begin, middle, end, [&points, d](Index p, Index q) {
    return std::pair(points(p, d), p) < std::pair(points(q, d), q);
  });
  order(points, run, begin, middle);
  order(points, run, middle, end);
}

}  // namespace

std::vector<Index> spatial_order(const Matrix<double>& points, Index run) {
  std::vector<Index> members(static_cast<std::size_t>(points.rows()));
  std::iota(members.begin(), members.end(), Index{0});
  order(points, run, members.begin(), members.end());
  return members;
}

}  // namespace cellmnn

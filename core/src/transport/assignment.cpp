/// Shortest augmenting paths: Jonker and Volgenant, "A shortest augmenting path algorithm for dense and
/// sparse linear assignment problems", Computing 1987.
#include "transport/assignment.hpp"

#include <cstddef>
#include <limits>
#include <utility>

namespace cellmnn {
namespace {

constexpr Index kNone = -1;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

class AssignmentProblem {
 public:
  explicit AssignmentProblem(const Matrix<double>& cost)
      : cost_(cost),
        row_dual_(cost.rows()),
        column_dual_(cost.rows()),
        open_dual_(cost.rows()),
        distance_(cost.rows()),
        before_(cost.rows()),
        column_of_(static_cast<std::size_t>(cost.rows()), kNone),
        row_of_(static_cast<std::size_t>(cost.rows()), kNone) {}

  std::vector<Index> solve() {
    match_cheapest();
    for (Index row = 0; row < cost_.rows(); ++row) {
      if (at(column_of_, row) == kNone) augment(row);
    }
    return std::move(column_of_);
  }

 private:
  struct Reached {
    Index column;
    double distance;
  };

  static Index& at(std::vector<Index>& values, Index i) { return values[static_cast<std::size_t>(i)]; }

  void match(Index row, Index column) {
    at(column_of_, row) = column;
    at(row_of_, column) = row;
  }

  /// Feasible duals, and pairs on which they are tight.
  void match_cheapest() {
    if (cost_.size() == 0) return;
    column_dual_ = cost_.colwise().minCoeff().transpose();
    for (Index row = 0; row < cost_.rows(); ++row) {
      Index column = 0;
      row_dual_(row) = (cost_.row(row).transpose() - column_dual_).minCoeff(&column);
      if (at(row_of_, column) == kNone) match(row, column);
    }
  }

  /// Shortens the distances by way of `row`, which is `offset` less its reduced costs away.
  void relax(Index row, double offset) {
    const double* cost = cost_.row(row).data();
    const double* dual = open_dual_.data();
    double* distance = distance_.data();
    Index* before = before_.data();
    for (Index j = 0, columns = cost_.cols(); j < columns; ++j) {
      const double through = offset + cost[j] - dual[j];
      const bool shorter = through < distance[j];
      distance[j] = shorter ? through : distance[j];
      before[j] = shorter ? row : before[j];
    }
  }

  /// Matches one more row, along the path of least reduced cost to a free column (Dijkstra's algorithm).
  /// A column that has been reached is closed by a dual of -infinity and a distance of infinity.
  void augment(Index start) {
    distance_.setConstant(kInfinity);
    open_dual_ = column_dual_;
    reached_.clear();
    double length = 0;
    Index column = kNone;
    for (Index row = start; row != kNone; row = at(row_of_, column)) {
      relax(row, length - row_dual_(row));
      length = distance_.minCoeff();
      column = 0;
      while (distance_(column) != length) ++column;
      reached_.push_back({column, length});
      distance_(column) = kInfinity;
      open_dual_(column) = -kInfinity;
    }

    row_dual_(start) += length;
    for (const auto& [reached, distance] : reached_) {
      column_dual_(reached) -= length - distance;
      if (reached != column) row_dual_(at(row_of_, reached)) += length - distance;
    }
    for (Index row = kNone; row != start;) {
      row = before_(column);
      const Index next = at(column_of_, row);
      match(row, column);
      column = next;
    }
  }

  const Matrix<double>& cost_;
  Vector<double> row_dual_, column_dual_;  // their sum is at most cost(i, j), and equal on matched pairs
  Vector<double> open_dual_;               // of columns not yet reached
  Vector<double> distance_;                // to columns not yet reached
  Vector<Index> before_;                   // the row before a column on its shortest path
  std::vector<Reached> reached_;
  std::vector<Index> column_of_, row_of_;
};

}  // namespace

std::vector<Index> optimal_assignment(const Matrix<double>& cost) { return AssignmentProblem(cost).solve(); }

}  // namespace cellmnn

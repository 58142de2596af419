#include "cellmnn/label_flows.hpp"

#include "cellmnn/label_shares.hpp"
#include "fates/fate_step.hpp"

namespace cellmnn {
namespace {

/// 1 where a cell has a label: (N, count).
Matrix<double> indicators(const std::vector<int>& labels, Index count) {
  Matrix<double> result = Matrix<double>::Zero(static_cast<Index>(labels.size()), count);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (labels[i] >= 0) result(static_cast<Index>(i), labels[i]) = 1;
  }
  return result;
}

}  // namespace

std::vector<Matrix<double>> label_flows(const TimeCourse& data, const std::vector<std::vector<int>>& labels,
                                        Index count, const FateOptions& options, const CellMover& mover,
                                        Executor& executor) {
  require_two_snapshots(data);
  const FateSpace space(data);
  std::vector<Matrix<double>> flows;
  for (std::size_t s = 0; s + 1 < data.snapshots.size(); ++s) {
    const FateStep step(data, s, space, options, mover, executor);
    const Matrix<double> next = step.of_later(indicators(labels[s + 1], count), executor);
    Matrix<double> flow = indicators(labels[s], count).transpose() * next;
    const Vector<double> shares = label_shares(labels[s], count);
    for (Index a = 0; a < count; ++a) {
      const double sum = flow.row(a).sum();
      if (sum > 0) flow.row(a) *= shares(a) / sum;
    }
    flows.push_back(std::move(flow));
  }
  return flows;
}

}  // namespace cellmnn

#include "cellmnn/soft_maps.hpp"

#include <algorithm>

#include "base/for_blocks.hpp"
#include "fates/fate_step.hpp"

namespace cellmnn {
namespace {

constexpr Index kMapRows = 64;  // of a block

struct SparseRow {
  std::vector<std::int32_t> columns;
  std::vector<float> values;
};

/// The least value that is kept.
float threshold(const Eigen::RowVectorXf& row) {
  std::vector<float> ascending(row.begin(), row.end());
  std::sort(ascending.begin(), ascending.end());
  double omitted = 0;
  for (const float value : ascending) {
    omitted += static_cast<double>(value);
    if (omitted > kOmittedMass) return value;
  }
  return 0;
}

SparseRow without_small(const Eigen::RowVectorXf& row, const std::vector<Index>& seen) {
  const float least = threshold(row);
  SparseRow result;
  double sum = 0;
  for (Index j = 0; j < row.size(); ++j) {
    if (row(j) < least || row(j) == 0) continue;
    result.columns.push_back(static_cast<std::int32_t>(seen[static_cast<std::size_t>(j)]));
    result.values.push_back(row(j));
    sum += static_cast<double>(row(j));
  }
  for (float& value : result.values) value = static_cast<float>(static_cast<double>(value) / sum);
  return result;
}

SparseMatrix map_of(const FateStep& step, Index cells, Index later, Executor& executor) {
  std::vector<SparseRow> rows(static_cast<std::size_t>(cells));
  for_blocks(cells, kMapRows, executor, [&](Index begin, Index count) {
    const Matrix<float> dense = step.rows(begin, count);
    for (Index i = 0; i < count; ++i) {
      rows[static_cast<std::size_t>(begin + i)] = without_small(dense.row(i), step.seen());
    }
  });
  SparseMatrix map;
  map.rows = cells;
  map.columns = later;
  map.starts = {0};
  for (const SparseRow& row : rows) {
    map.indices.insert(map.indices.end(), row.columns.begin(), row.columns.end());
    map.values.insert(map.values.end(), row.values.begin(), row.values.end());
    map.starts.push_back(static_cast<Index>(map.indices.size()));
  }
  return map;
}

}  // namespace

std::vector<SparseMatrix> soft_maps(const TimeCourse& data, const FateOptions& options, const CellMnn* model,
                                    Executor& executor) {
  require_two_snapshots(data);
  const FateSpace space(data);
  std::vector<SparseMatrix> maps;
  for (std::size_t s = 0; s + 1 < data.snapshots.size(); ++s) {
    const FateStep step(data, s, space, options, model, executor);
    maps.push_back(
        map_of(step, data.snapshots[s].cells.rows(), data.snapshots[s + 1].cells.rows(), executor));
  }
  return maps;
}

}  // namespace cellmnn

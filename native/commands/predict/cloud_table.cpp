#include "native/commands/predict/cloud_table.hpp"

#include <algorithm>
#include <map>

#include "cellmnn/error.hpp"
#include "native/io/files/text.hpp"
#include "native/runtime/report.hpp"
#include "native/runtime/vectors.hpp"

namespace cellmnn {
namespace {

struct CloudRows {
  std::vector<double> times, predicted_times, weights, known;
  std::vector<std::string> before, after;
  std::vector<Eigen::RowVectorXf> points;
};

void add_cloud(const DataFile& file, std::size_t from, std::size_t to, const Matrix<Index>& clouds,
               const Vector<double>& known, CloudRows& rows) {
  for (Index i = 0; i < clouds.rows(); ++i) {
    std::map<Index, Index> times_drawn;
    for (const Index cell : clouds.row(i)) ++times_drawn[cell];
    const std::string before = cell_name(file, static_cast<Index>(from), i);
    for (const auto& [cell, count] : times_drawn) {
      rows.times.push_back(file.data.snapshots[from].time);
      rows.predicted_times.push_back(file.data.snapshots[to].time);
      rows.weights.push_back(static_cast<double>(count) / static_cast<double>(clouds.cols()));
      rows.known.push_back(known(i));
      rows.before.push_back(before);
      rows.after.push_back(cell_name(file, static_cast<Index>(to), cell));
      rows.points.emplace_back(file.data.snapshots[to].cells.row(cell));
    }
  }
}

CellTable table_of(const CloudRows& rows) {
  CellTable table;
  table.columns = {{"time", to_vector(rows.times)},
                   {"predicted_time", to_vector(rows.predicted_times)},
                   {"weight", to_vector(rows.weights)},
                   {"known", to_vector(rows.known)}};
  table.labels = {{"cell_before", label_column(rows.before)}, {"cell_after", label_column(rows.after)}};
  Matrix<float> points(static_cast<Index>(rows.points.size()), rows.points.front().size());
  for (std::size_t i = 0; i < rows.points.size(); ++i) points.row(static_cast<Index>(i)) = rows.points[i];
  table.arrays.emplace_back("X_predicted", std::move(points));
  return table;
}

}  // namespace

CloudTable cloud_table(const CellMnn& model, const DataFile& file, const CloudRequest& request,
                       Executor& executor) {
  const std::size_t snapshots = file.data.snapshots.size();
  std::vector<bool> is_wanted(snapshots, request.times.empty());
  for (const double time : request.times) {
    is_wanted[static_cast<std::size_t>(snapshot_at(file.data, time))] = true;
  }
  std::size_t begin = 0, end = snapshots - 1;
  if (request.from) {
    begin = static_cast<std::size_t>(snapshot_at(file.data, *request.from));
    end = std::min(begin + 1, end);
  }
  CloudRows rows;
  Table text({"from", "to", "known of the place of a cell", ""});
  for (std::size_t from = begin; from < end; ++from) {
    const std::vector<Matrix<Index>> clouds =
        future_clouds(file.data, from, request.clouds, &model, executor);
    for (std::size_t to = from + 1; to < snapshots; ++to) {
      if (!is_wanted[to]) continue;
      const Matrix<Index>& there = clouds[to - from - 1];
      const Vector<double> known = known_places(file.data, to, there);
      add_cloud(file, from, to, there, known, rows);
      text.add({number_text(file.data.snapshots[from].time), number_text(file.data.snapshots[to].time),
                fixed(known.mean(), 2),
                known.mean() < kLeastKnownPlace ? "no more than of the population" : ""});
    }
  }
  if (rows.points.empty()) {
    throw Error(ErrorCode::bad_input,
                "none of --times is later than the cells: --cloud gives measured later cells");
  }
  return {table_of(rows), text.text()};
}

}  // namespace cellmnn

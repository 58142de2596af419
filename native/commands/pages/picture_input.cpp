#include "native/commands/pages/picture_input.hpp"

#include <algorithm>

namespace cellmnn {
namespace {

constexpr Index kPaths = 40, kPathSteps = 60;

}  // namespace

SnapshotsPicture snapshots_picture(const DataFile& file, const CellMnn* model, Executor& executor) {
  SnapshotsPicture picture;
  const TimeCourse& data = file.data;
  const Index dims = std::min<Index>(data.dims(), 2);
  const auto two = [&](const Matrix<float>& cells) {
    Matrix<float> result = Matrix<float>::Zero(cells.rows(), 2);
    result.leftCols(dims) = cells.leftCols(dims);
    return result;
  };
  for (const Snapshot& snapshot : data.snapshots) {
    picture.times.push_back(snapshot.time);
    picture.cells.push_back(two(snapshot.cells));
  }
  picture.x_name = file.embedding_key.empty() ? "first coordinate" : file.embedding_key + " 1";
  picture.y_name = file.embedding_key.empty() ? "second coordinate" : file.embedding_key + " 2";
  picture.unit = file.time_unit;
  if (model == nullptr || data.snapshots.size() < 2) return picture;
  const Snapshot& first = data.snapshots.front();
  const double last = data.snapshots.back().time;
  std::vector<double> times;
  for (Index k = 0; k <= kPathSteps; ++k) {
    times.push_back(first.time +
                    (last - first.time) * static_cast<double>(k) / static_cast<double>(kPathSteps));
  }
  std::vector<Index> some;
  const Index step = std::max<Index>(1, first.cells.rows() / kPaths);
  for (Index i = 0; i < first.cells.rows(); i += step) some.push_back(i);
  const Matrix<float> starts = first.cells(some, Eigen::all).leftCols(model->config.dims);
  const Tensor3<float> positions = model->predict(starts, Vector<double>::Constant(starts.rows(), first.time),
                                                  times, executor, FarAway::nan);
  for (Index i = 0; i < starts.rows(); ++i) {
    Matrix<float> path(static_cast<Index>(times.size()), starts.cols());
    for (Index t = 0; t < path.rows(); ++t) path.row(t) = positions.slice(t).row(i);
    if (path.allFinite()) picture.paths.push_back(two(path));
  }
  return picture;
}

FatesPicture fates_picture(const TimeCourse& data, const Fates& fates,
                           const std::vector<std::string>& colors) {
  FatesPicture picture{fates.names, colors, {}, {}, {}, fates.base_rates};
  for (std::size_t s = 0; s < data.snapshots.size(); ++s) {
    const bool is_last = s + 1 == data.snapshots.size();
    picture.times.push_back(data.snapshots[s].time);
    picture.means.emplace_back(fates.probabilities[s].colwise().mean());
    picture.known.push_back(is_last ? "given" : known_in_words(fates.known[s]));
  }
  return picture;
}

ScoresPicture scores_picture(const SuiteResult& result, const MetricName& metric) {
  ScoresPicture picture{metric.title, {}, {}};
  for (const ScoreGroup& group : groups_of(result)) {
    picture.methods.push_back(group.label());
    picture.values.emplace_back();
    for (const auto& [time, part] : group.split_by(&Score::hold_out)) {
      picture.values.back().push_back(mean(part.values(metric)));
    }
  }
  return picture;
}

}  // namespace cellmnn

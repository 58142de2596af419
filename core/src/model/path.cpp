/// Where cells go: CellMnn::predict().
#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "base/text.hpp"
#include "cellmnn/error.hpp"
#include "cellmnn/model.hpp"
#include "model/encoded_cells.hpp"
#include "model/flow.hpp"
#include "model/mass.hpp"

namespace cellmnn {
namespace {

constexpr double kMostRadii = 100;  // distance of a prediction from the centre, in those of training cells

/// The training times before and after a time: how far an operator that is encoded there is followed.
struct Reach {
  double before = -std::numeric_limits<double>::infinity();
  double after = std::numeric_limits<double>::infinity();
};

Reach reach_from(const std::vector<double>& training_times, double time) {
  Reach reach;
  for (const double each : training_times) {
    if (each < time) reach.before = each;
    if (each > time) return {reach.before, each};
  }
  return reach;
}

/// A time of the list that is asked for.
struct Asked {
  std::size_t place;
  double time;
};

/// Cells somewhere on their way.
struct Waypoint {
  Matrix<float> positions;   ///< (n, D), whitened; rows of NaN are cells that went far away before
  Vector<double> log_sizes;  ///< (n) of how many cells each has become, 0 at first; empty without mass
};

/// Cells of one time on their way.
class Walk {
 public:
  Walk(const CellMnn& model, const TimeBlock& block, FarAway far_away, std::span<const Index> rows)
      : model_(model), block_(block), far_away_(far_away), rows_(rows) {}

  /// From cells at `now` to the asked times: with one operator within `reach`, and from its ends on with a
  /// new one. Calls use(asked, waypoint).
  template <typename Use>
  void follow(const Waypoint& cells, double now, const Reach& reach, const std::vector<Asked>& asked,
              const Use& use) const {
    std::vector<Asked> stops, before, after;
    for (const Asked& each : asked) {
      (each.time > reach.after ? after : each.time < reach.before ? before : stops).push_back(each);
    }
    const std::size_t within = stops.size();
    if (!after.empty()) stops.push_back({0, reach.after});
    if (!before.empty()) stops.push_back({0, reach.before});

    const std::vector<Waypoint> waypoints = at_stops(cells, now, stops);
    for (std::size_t k = 0; k < within; ++k) use(stops[k], waypoints[k]);
    if (!after.empty()) {
      const Reach next{reach.after, reach_from(model_.training_times, reach.after).after};
      follow(waypoints[within], reach.after, next, after, use);
    }
    if (!before.empty()) {
      const Reach next{reach_from(model_.training_times, reach.before).before, reach.before};
      follow(waypoints.back(), reach.before, next, before, use);
    }
  }

 private:
  /// With one operator.
  std::vector<Waypoint> at_stops(const Waypoint& from, double now, const std::vector<Asked>& stops) const {
    const Matrix<float>& whitened = from.positions;
    FlowTimes<float> flow_times;
    for (const Asked& stop : stops) {
      flow_times.positions.push_back(static_cast<float>((stop.time - now) / model_.time_scale.unit));
    }
    const Index dims = model_.config.dims, count = whitened.rows();
    const EncodedCells cells = encoded(model_, whitened.array().isNaN().select(0.F, whitened), now);
    Field<float> positions(static_cast<Index>(stops.size()) * dims, count);
    Flow<float>(dims).forward(cells.a.view(), cells.b(), cells.x.view(), flow_times, positions.view());
    const FieldView<const float> all = std::as_const(positions).view();
    std::vector<Waypoint> result;
    result.reserve(stops.size());
    for (std::size_t k = 0; k < stops.size(); ++k) {
      result.push_back({Matrix<float>(count, dims), from.log_sizes});
      if (model_.config.mass) {
        const double way = (stops[k].time - now) / model_.time_scale.unit;
        const double shift = shift_between(model_, now, stops[k].time);
        for (Index i = 0; i < count; ++i) result.back().log_sizes(i) += way * (cells.growth_of(i) + shift);
      }
      Matrix<float>& there = result.back().positions;
      field_to_cells<float>(all.from_feature(static_cast<Index>(k) * dims), dims, there.data(), dims);
      there = whitened.array().isNaN().select(whitened, there);
      judge(there, stops[k].time);
    }
    return result;
  }

  void judge(Matrix<float>& positions, double time) const {
    for (Index r = 0; r < positions.rows(); ++r) {
      // Whitened training cells have a root mean square of sqrt(D).
      const double radii =
          positions.row(r).cast<double>().norm() / std::sqrt(static_cast<double>(model_.config.dims));
      if (radii <= kMostRadii) continue;
      positions.row(r).setConstant(std::numeric_limits<float>::quiet_NaN());
      if (far_away_ == FarAway::nan) continue;
      const Index row = block_.rows[static_cast<std::size_t>(r)];
      throw Error(ErrorCode::numerical,
                  "the prediction of cell " +
                      std::to_string(rows_.empty() ? row : rows_[static_cast<std::size_t>(row)]) +
                      " from time " + text(block_.time) + " to " + text(time) + " is " +
                      text(std::round(radii)) +
                      " times as far from the centre as training cells are on average, at most " +
                      text(kMostRadii) + " can be meant; predict a time nearer to the cell's own");
    }
  }

  const CellMnn& model_;
  const TimeBlock& block_;
  FarAway far_away_;
  std::span<const Index> rows_;
};

/// Turns logarithms (T, N) into weights; those of blocks of the same time sum to 1.
void normalise_by_time(const std::vector<TimeBlock>& blocks, Matrix<double>& weights) {
  for (std::size_t begin = 0, end = 0; begin < blocks.size(); begin = end) {
    std::vector<Index> rows;
    for (; end < blocks.size() && blocks[end].time == blocks[begin].time; ++end)
      rows.insert(rows.end(), blocks[end].rows.begin(), blocks[end].rows.end());
    for (Index time = 0; time < weights.rows(); ++time) {
      Vector<double> own = weights(time, rows).transpose();
      normalise_logs(own);
      weights(time, rows) = own.transpose();
    }
  }
}

}  // namespace

Paths CellMnn::paths(const MatrixView<float>& cells, const VectorView<double>& t,
                     const std::vector<double>& times, Executor& executor, FarAway far_away,
                     std::span<const Index> rows) const {
  const auto count = static_cast<Index>(times.size());
  Paths result{Tensor3<float>(count, cells.rows(), config.dims), {}, {}};
  if (config.mass) result.weights.resize(count, cells.rows());
  const TimeBlocks by_time = blocks_by_time(*this, cells, t);
  const std::vector<TimeBlock>& blocks = by_time.blocks;
  std::vector<Asked> asked;
  for (std::size_t i = 0; i < times.size(); ++i) asked.push_back({i, times[i]});
  if (asked.empty()) return result;
  executor.run(static_cast<Index>(blocks.size()), [&](Index i) {
    const TimeBlock& block = blocks[static_cast<std::size_t>(i)];
    const auto keep = [&](const Asked& to, const Waypoint& there) {
      const auto time = static_cast<Index>(to.place);
      const Matrix<float> positions = latent.unwhiten(there.positions);
      for (Index r = 0; r < positions.rows(); ++r) {
        const Index row = block.rows[static_cast<std::size_t>(r)];
        result.positions.slice(time).row(row) = positions.row(r);
        if (config.mass) result.weights(time, row) = there.log_sizes(r);
      }
    };
    const Reach reach = reach_from(training_times, block.time);
    Waypoint start{latent.whiten(cells(block.rows, Eigen::all)), {}};
    if (config.mass) start.log_sizes = Vector<double>::Zero(start.positions.rows());
    Walk(*this, block, far_away, rows).follow(start, block.time, reach, asked, keep);
  });
  if (!config.mass) return result;
  if (knows_sizes()) result.log_sizes = result.weights;
  normalise_by_time(blocks, result.weights);
  return result;
}

Tensor3<float> CellMnn::predict(const MatrixView<float>& cells, const VectorView<double>& t,
                                const std::vector<double>& times, Executor& executor,
                                FarAway far_away) const {
  return paths(cells, t, times, executor, far_away).positions;
}

}  // namespace cellmnn

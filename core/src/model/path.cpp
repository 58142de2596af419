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

/// Follows whitened cells (n, D) from `now` to the asked times: with one operator within `reach`, and from
/// its ends on with a new one. Calls use(asked, positions (n, D), whitened).
template <typename Use>
void follow(const CellMnn& model, const Matrix<float>& whitened, double now, const Reach& reach,
            const std::vector<Asked>& asked, const Use& use) {
  std::vector<Asked> within, before, after;
  for (const Asked& each : asked) {
    (each.time > reach.after ? after : each.time < reach.before ? before : within).push_back(each);
  }
  FlowTimes<float> flow_times;
  const auto ask = [&](double time) {
    flow_times.positions.push_back(static_cast<float>((time - now) / model.time_scale.unit));
  };
  for (const Asked& each : within) ask(each.time);
  if (!after.empty()) ask(reach.after);
  if (!before.empty()) ask(reach.before);

  const Index dims = model.config.dims, count = whitened.rows();
  const EncodedCells cells = encoded(model, whitened, now);
  Field<float> positions(static_cast<Index>(flow_times.positions.size()) * dims, count);
  Flow<float>(dims).forward(cells.a.view(), cells.b(), cells.x.view(), flow_times, positions.view());
  const auto at = [&](std::size_t place) {
    Matrix<float> result(count, dims);
    const FieldView<const float> all = std::as_const(positions).view();
    field_to_cells<float>(all.from_feature(static_cast<Index>(place) * dims), dims, result.data(), dims);
    return result;
  };
  for (std::size_t k = 0; k < within.size(); ++k) use(within[k], at(k));
  std::size_t place = within.size();
  if (!after.empty()) {
    const Reach next{reach.after, reach_from(model.training_times, reach.after).after};
    follow(model, at(place++), reach.after, next, after, use);
  }
  if (!before.empty()) {
    const Reach next{reach_from(model.training_times, reach.before).before, reach.before};
    follow(model, at(place), reach.before, next, before, use);
  }
}

}  // namespace

Tensor3<float> CellMnn::predict(const MatrixView<float>& cells, const Vector<double>& t,
                                const std::vector<double>& times, Executor& executor) const {
  Tensor3<float> result(static_cast<Index>(times.size()), cells.rows(), config.dims);
  const std::vector<TimeBlock> blocks = blocks_by_time(*this, cells, t);
  const Matrix<float> whitened = latent.whiten(cells);
  std::vector<Asked> asked;
  for (std::size_t i = 0; i < times.size(); ++i) asked.push_back({i, times[i]});
  if (asked.empty()) return result;
  executor.run(static_cast<Index>(blocks.size()), [&](Index i) {
    const TimeBlock& block = blocks[static_cast<std::size_t>(i)];
    follow(*this, whitened(block.rows, Eigen::all), block.time, reach_from(training_times, block.time), asked,
           [&](const Asked& to, const Matrix<float>& positions) {
             for (Index r = 0; r < positions.rows(); ++r) {
               const Index row = block.rows[static_cast<std::size_t>(r)];
               const Eigen::RowVectorXd z = positions.row(r).cast<double>();
               result.slice(static_cast<Index>(to.place)).row(row) =
                   (latent.mean.transpose() + z.cwiseProduct(latent.std.transpose())).cast<float>();
               // Whitened training cells have a root mean square of sqrt(D).
               const double radii = z.norm() / std::sqrt(static_cast<double>(config.dims));
               if (radii <= kMostRadii) continue;
               throw Error(ErrorCode::numerical,
                           "the prediction of cell " + std::to_string(row) + " from time " +
                               text(block.time) + " to " + text(to.time) + " is " + text(std::round(radii)) +
                               " times as far from the centre as training cells are on average, at most " +
                               text(kMostRadii) + " can be meant; predict a time nearer to the cell's own");
             }
           });
  });
  return result;
}

}  // namespace cellmnn

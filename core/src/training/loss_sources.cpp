#include "training/loss_sources.hpp"

#include <cmath>

#include "distances/kernel_sums.hpp"

namespace cellmnn {
namespace {

/// The kinetic term follows a cell over the whole of a short course. Over a long one expm(A dt) of an
/// untrained operator leaves the range of float, so there it follows a cell over some mean gaps between
/// snapshots, on either side.
constexpr double kShortCourse = 7, kReachOfLong = 4;  // in mean gaps

/// Whether a kinetic time counts for the cells of a snapshot.
bool counts(const ObjectiveOptions& options, double kinetic_time, std::size_t snapshot) {
  constexpr double tolerance = 1e-9;  // the grid is rounded
  const auto gaps = static_cast<double>(options.times.size() - 1);
  const double reach = kReachOfLong * (options.times.back() - options.times.front()) / gaps + tolerance;
  const bool near = std::abs(kinetic_time - options.times[snapshot]) <= reach;
  if (gaps > kShortCourse && !near) return false;
  if (options.kinetic_range == KineticRange::all) return true;
  if (kinetic_time < options.times[snapshot] - tolerance) return false;
  const bool is_last = snapshot + 1 == options.times.size();
  return options.kinetic_range == KineticRange::ahead || is_last ||
         kinetic_time <= options.times[snapshot + 1] + tolerance;
}

template <typename Scalar>
void add_target(const ObjectiveOptions& options, std::size_t snapshot, double weight,
                LossSource<Scalar>& source) {
  source.times.positions.push_back(static_cast<Scalar>(options.times[snapshot]) - source.time);
  source.targets.push_back(static_cast<Index>(snapshot));
  source.weights.push_back(weight);
}

template <typename Scalar>
void add_meeting(std::size_t partner, std::size_t pair, std::size_t partner_meeting,
                 LossSource<Scalar>& source) {
  const auto position = static_cast<Index>(source.times.positions.size());
  source.times.positions.push_back(0);  // drawn with the batch
  source.meetings.push_back({partner, pair, position, partner_meeting});
}

}  // namespace

template <typename Scalar>
std::vector<LossSource<Scalar>> loss_sources(const ObjectiveOptions& options) {
  const std::size_t snapshots = options.times.size();
  const bool both_ways = options.backward > 0 || options.agreement > 0;
  std::vector<LossSource<Scalar>> sources(both_ways ? snapshots : snapshots - 1);
  for (std::size_t k = 0; k < sources.size(); ++k) {
    LossSource<Scalar>& source = sources[k];
    source.time = static_cast<Scalar>(options.times[k]);
    double weight = 1;
    for (std::size_t d = k + 1; d < snapshots && weight != 0; ++d, weight *= options.gamma) {
      add_target(options, d, weight, source);
    }
    if (k > 0 && options.backward > 0) add_target(options, k - 1, options.backward, source);
    if (options.agreement > 0) {
      // The next snapshot comes first in this list, the one before it second.
      if (k + 1 < sources.size()) add_meeting(k + 1, k, k + 2 < sources.size() ? 1 : 0, source);
      if (k > 0) add_meeting(k - 1, k - 1, 0, source);
    }
    if (options.lambda_kinetic == 0) continue;
    for (const double time : options.kinetic_times) {
      if (counts(options, time, k)) {
        source.times.energies.push_back(static_cast<Scalar>(time - options.times[k]));
      }
    }
  }
  return sources;
}

template <typename Scalar>
double target_term(const LossSource<Scalar>& source, const std::vector<Matrix<Scalar>>& targets,
                   Scalar sigma) {
  double sum = 0;
  for (std::size_t r = 0; r < targets.size(); ++r) {
    const Matrix<Scalar>& target = targets[r];
    const Index dims = target.cols();
    Field<Scalar> field(dims, target.rows());
    cells_to_field(target.data(), dims, dims, field.view());
    const Scalar kernel = kernel_sum<Scalar>(field.view(), points_of<Scalar>(target), dims, sigma);
    sum +=
        source.weights[r] * static_cast<double>(kernel) / static_cast<double>(target.rows() * target.rows());
  }
  return sum;
}

template std::vector<LossSource<float>> loss_sources(const ObjectiveOptions&);
template std::vector<LossSource<double>> loss_sources(const ObjectiveOptions&);
template double target_term(const LossSource<float>&, const std::vector<Matrix<float>>&, float);
template double target_term(const LossSource<double>&, const std::vector<Matrix<double>>&, double);

}  // namespace cellmnn

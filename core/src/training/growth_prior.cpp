#include "training/growth_prior.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "base/text.hpp"
#include "cellmnn/error.hpp"
#include "model/mass.hpp"

namespace cellmnn {
namespace {

constexpr const char* kOption = "growth_prior";

[[noreturn]] void refuse(const std::string& about_it) {
  throw Error(ErrorCode::bad_input, kOption, about_it);
}

void require_values(const Snapshot& snapshot) {
  const Index cells = snapshot.cells.rows();
  const Index known =
      snapshot.growth_prior.size() == cells ? snapshot.growth_prior.array().isFinite().count() : 0;
  if (known == cells) return;
  refuse(" has no number for " + std::to_string(cells - known) + " of the " + std::to_string(cells) +
         " cells of time " + text(snapshot.time) +
         ": give each cell its rate of division less that of death, such as 0 where nothing is known");
}

void require_possible(const Snapshot& snapshot, const TimeScale& scale) {
  const auto largest = static_cast<double>(snapshot.growth_prior.cwiseAbs().maxCoeff());
  const double most = kMostGrowth / scale.unit;
  if (largest < most) return;
  refuse(" is up to " + text(largest) + " in absolute value at time " + text(snapshot.time) +
         ", but cells grow by less than " + text(most) +
         " per unit of time in a model: give rates of division less those of death per unit of time");
}

}  // namespace

bool has_growth_prior(const TimeCourse& data) {
  return kMassIsTrained &&
         std::any_of(data.snapshots.begin(), data.snapshots.end(),
                     [](const Snapshot& snapshot) { return snapshot.growth_prior.size() > 0; });
}

void validate_growth_prior(const TimeCourse& data, const ModelConfig& config, const TimeScale& scale) {
  if (!has_growth_prior(data)) return;
  if (!config.mass)
    throw Error(ErrorCode::usage, kOption,
                " is about the weights of cells, which only a model with mass has");
  for (const Snapshot& snapshot : data.snapshots) {
    require_values(snapshot);
    require_possible(snapshot, scale);
  }
}

}  // namespace cellmnn

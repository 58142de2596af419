#include "model/mass.hpp"

#include <algorithm>

namespace cellmnn {

double shift_between(const CellMnn& model, double from, double to) {
  const std::vector<double>& shift = model.growth_shift;
  if (shift.empty()) return 0;
  const std::vector<double>& times = model.training_times;
  const auto after = std::upper_bound(times.begin(), times.end(), (from + to) / 2) - times.begin();
  return shift[static_cast<std::size_t>(std::clamp<Index>(after - 1, 0, std::ssize(shift) - 1))];
}

}  // namespace cellmnn

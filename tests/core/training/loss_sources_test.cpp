#include "training/loss_sources.hpp"

#include <algorithm>
#include <cmath>

#include "catch.hpp"

using namespace cellmnn;

TEST_CASE("the kinetic term follows a cell over all of a short course, and over 4 gaps of a long one",
          "[loss_sources]") {
  for (const std::size_t snapshots : {5U, 8U, 9U, 100U}) {
    ObjectiveOptions options;
    for (std::size_t k = 0; k < snapshots; ++k) options.times.push_back(static_cast<double>(k));
    options.kinetic_times = options.times;
    for (const LossSource<float>& source : loss_sources<float>(options)) {
      const auto expected = std::count_if(options.times.begin(), options.times.end(), [&](double time) {
        return snapshots <= 8 || std::abs(time - static_cast<double>(source.time)) <= 4;
      });
      CHECK(static_cast<std::ptrdiff_t>(source.times.energies.size()) == expected);
    }
  }
}

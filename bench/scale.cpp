#include "benches.hpp"
#include "cellmnn/simd.hpp"
#include "eb_shaped.hpp"
#include "measure.hpp"

namespace cellmnn {

nlohmann::json bench_scale(const ScaleBench& bench, Executor& executor) {
  nlohmann::json sizes = nlohmann::json::array();
  std::vector<Trainer> trainers;
  std::vector<std::vector<double>> seconds(bench.cells.size());
  TrainOptions options = paper_preset();
  options.model.dims = bench.dims;
  for (const Index cells : bench.cells)
    trainers.emplace_back(eb_shaped(cells, bench.dims), options, executor);
  for (int repeat = -1; repeat < bench.repeats; ++repeat) {  // the first round warms up
    for (std::size_t i = 0; i < trainers.size(); ++i) {
      const double once = time_repeats(1, [&] {
                            for (int s = 0; s < bench.steps; ++s) trainers[i].step();
                          }).front();
      if (repeat >= 0) seconds[i].push_back(once / bench.steps);
    }
  }
  for (std::size_t i = 0; i < trainers.size(); ++i) {
    sizes.push_back({{"cells", bench.cells[i]}, {"ms_per_step", timing(seconds[i], 1e3)}});
  }
  return {{"bench", "scale"}, {"simd", simd_level()}, {"threads", executor.threads()}, {"sizes", sizes}};
}

}  // namespace cellmnn

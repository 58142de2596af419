#include <memory>

#include "benches.hpp"
#include "cellmnn/simd.hpp"
#include "cellmnn/trainer.hpp"
#include "gemm.hpp"
#include "measure.hpp"
#include "native/thread_pool.hpp"

namespace cellmnn {
namespace {

/// Normal cells in the shapes of EB without its second snapshot, as in the PyTorch reference.
TimeCourse eb_shaped() {
  TimeCourse data;
  Rng rng(0);
  const std::vector<std::pair<double, Index>> shapes{{0, 2381}, {2, 3278}, {3, 3665}, {4, 3332}};
  for (std::size_t k = 0; k < shapes.size(); ++k) {
    Snapshot snapshot{shapes[k].first, "", Matrix<float>(shapes[k].second, 5), {}};
    for (Index i = 0; i < snapshot.cells.size(); ++i) {
      snapshot.cells.data()[i] = static_cast<float>(rng.normal() + static_cast<double>(k));
    }
    data.snapshots.push_back(std::move(snapshot));
  }
  return data;
}

}  // namespace

nlohmann::json bench_step(const StepBench& bench) {
  TrainOptions options = paper_preset();
  options.model.operator_kind = operator_kind(bench.operator_kind).value();
  options.kinetic_times = bench.operator_kind == "dense" ? KineticTimes::data : KineticTimes::grid;
  ThreadPool pool(bench.threads);
  Trainer trainer(eb_shaped(), options, pool);
  BareGemms gemms(options.model.encoder_shape(), 198);
  const auto train = [&] {
    for (int i = 0; i < bench.steps; ++i) trainer.step();
  };
  const auto multiply = [&] {
    for (int i = 0; i < bench.steps; ++i) gemms.run();
  };
  train();
  multiply();
  std::vector<double> steps, products;
  for (int repeat = 0; repeat < bench.repeats; ++repeat) {
    steps.push_back(time_repeats(1, train).front() / bench.steps);
    products.push_back(time_repeats(1, multiply).front() / bench.steps);
  }
  nlohmann::json json{{"bench", "step"},
                      {"operator", bench.operator_kind},
                      {"threads", bench.threads},
                      {"simd", simd_level()},
                      {"steps", bench.steps},
                      {"ms_per_step", timing(steps, 1e3)},
                      {"ms_bare_gemms", timing(products, 1e3)}};
  json["step_over_gemms"] =
      json["ms_per_step"]["median"].get<double>() / json["ms_bare_gemms"]["median"].get<double>();
  return json;
}

}  // namespace cellmnn

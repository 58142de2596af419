#include "benches.hpp"
#include "cellmnn/simd.hpp"
#include "eb_shaped.hpp"
#include "gemm.hpp"
#include "measure.hpp"

namespace cellmnn {

nlohmann::json bench_step(const StepBench& bench, Executor& executor) {
  TrainOptions options = paper_preset();
  options.model.operator_kind = operator_kind(bench.operator_kind).value();
  options.kinetic_times = bench.operator_kind == "dense" ? KineticTimes::data : KineticTimes::grid;
  Trainer trainer(eb_shaped(kEbCells, options.model.dims), options, executor);
  BareGemms gemms(encoder_shape(options.model), 198);
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
                      {"threads", executor.threads()},
                      {"simd", simd_level()},
                      {"steps", bench.steps},
                      {"ms_per_step", timing(steps, 1e3)},
                      {"ms_bare_gemms", timing(products, 1e3)}};
  json["step_over_gemms"] =
      json["ms_per_step"]["median"].get<double>() / json["ms_bare_gemms"]["median"].get<double>();
  return json;
}

}  // namespace cellmnn

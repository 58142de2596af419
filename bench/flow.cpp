#include "model/flow.hpp"

#include <algorithm>

#include "benches.hpp"
#include "cellmnn/simd.hpp"
#include "clouds.hpp"
#include "measure.hpp"

namespace cellmnn {
namespace {

constexpr Index kTimes = 41;
constexpr double kRange = 4;
constexpr Index kBlock = 48;  // as in a training step

Field<float> normal_field(Index features, Index cells, double scale, std::uint64_t seed) {
  const Matrix<float> values = (scale * normal_cloud(cells, features, seed)).cast<float>();
  Field<float> field(features, cells);
  cells_to_field(values.data(), features, features, field.view());
  return field;
}

}  // namespace

nlohmann::json bench_flow(const CellsBench& bench) {
  const Index dims = bench.dims, cells = bench.cells;
  const double scale = 0.5 / std::sqrt(static_cast<double>(dims));
  const Field<float> a = normal_field(dims * dims, cells, scale, 1), x = normal_field(dims, cells, 1, 2);
  Field<float> positions(kTimes * dims, cells), a_gradient(dims * dims, cells);
  FlowTimes<float> times;
  for (Index t = 0; t < kTimes; ++t) {
    times.positions.push_back(static_cast<float>(kRange * static_cast<double>(t) / (kTimes - 1)));
  }
  times.energies = times.positions;

  const FieldView<const float> none{};
  Flow<float> flow(dims);
  std::vector<double> forward, both;
  const auto over_blocks = [&](const auto& work) {
    for (Index begin = 0; begin < cells; begin += kBlock) work(begin, std::min(kBlock, cells - begin));
  };
  const auto run_forward = [&](Index begin, Index count) {
    flow.forward(a.view(begin, count), none, x.view(begin, count), times, positions.view(begin, count));
  };
  for (int repeat = 0; repeat < bench.repeats; ++repeat) {
    forward.push_back(time_repeats(1, [&] { over_blocks(run_forward); }).front());
    both.push_back(time_repeats(1, [&] {
                     over_blocks([&](Index begin, Index count) {
                       run_forward(begin, count);
                       flow.backward(a.view(begin, count), none, times, positions.view(begin, count), 1.0F,
                                     a_gradient.view(begin, count), {});
                     });
                   }).front());
  }
  return {{"bench", "flow"},
          {"cells", cells},
          {"times", kTimes},
          {"dims", dims},
          {"simd", simd_level()},
          {"ms_forward", timing(forward, 1e3)},
          {"ms_with_adjoint", timing(both, 1e3)}};
}

}  // namespace cellmnn

#include "cellmnn/mmd.hpp"

#include "benches.hpp"
#include "cellmnn/simd.hpp"
#include "clouds.hpp"
#include "measure.hpp"

namespace cellmnn {

nlohmann::json bench_mmd(const CellsBench& bench, Executor& executor) {
  const Matrix<double> u = normal_cloud(bench.cells, bench.dims, 1),
                       v = normal_cloud(bench.cells, bench.dims, 2);
  double value = 0;
  const std::vector<double> seconds = time_repeats(bench.repeats, [&] { value = mmd2(u, v, 1, executor); });
  const double pairs = 3 * static_cast<double>(bench.cells) * static_cast<double>(bench.cells);
  return {{"bench", "mmd"},
          {"cells", bench.cells},
          {"dims", bench.dims},
          {"value", value},
          {"simd", simd_level()},
          {"threads", executor.threads()},
          {"ms", timing(seconds, 1e3)},
          {"ns_per_pair", timing(seconds, 1e9 / pairs)}};
}

}  // namespace cellmnn

#include "benches.hpp"
#include "cellmnn/simd.hpp"
#include "cellmnn/trainer.hpp"
#include "eb_shaped.hpp"
#include "measure.hpp"

namespace cellmnn {

nlohmann::json bench_predict(const CellsBench& bench, Executor& executor) {
  const TimeCourse data = eb_shaped(bench.cells, bench.dims);
  TrainOptions options;
  options.model.dims = bench.dims;
  const CellMnn model = Trainer(data, options, executor).model();
  Matrix<float> cells(data.cells(), bench.dims);
  Index row = 0;
  for (const Snapshot& snapshot : data.snapshots) {
    cells.middleRows(row, snapshot.cells.rows()) = snapshot.cells;
    row += snapshot.cells.rows();
  }
  const Vector<double> t = Vector<double>::Constant(cells.rows(), 1);
  std::vector<double> many;
  for (int k = 0; k <= 40; ++k) many.push_back(k / 10.0);

  std::vector<double> one_time, all_times;
  for (int repeat = 0; repeat < bench.repeats; ++repeat) {
    one_time.push_back(time_repeats(1, [&] { model.predict(cells, t, {2}, executor); }).front());
    all_times.push_back(time_repeats(1, [&] { model.predict(cells, t, many, executor); }).front());
  }
  return {{"bench", "predict"},
          {"cells", cells.rows()},
          {"dims", bench.dims},
          {"threads", executor.threads()},
          {"simd", simd_level()},
          {"ms_1_time", timing(one_time, 1e3)},
          {"ms_41_times", timing(all_times, 1e3)}};
}

}  // namespace cellmnn

#include "benches.hpp"
#include "cellmnn/simd.hpp"
#include "cellmnn/wasserstein.hpp"
#include "clouds.hpp"
#include "measure.hpp"
#include "native/io/numpy/npz.hpp"

namespace cellmnn {
namespace {

struct Clouds {
  Matrix<double> sources, targets;
};

Clouds normal_clouds(const W1Bench& options) {
  const Matrix<double> targets = normal_cloud(options.targets, options.dims, 2);
  return {normal_cloud(options.sources, options.dims, 1), 1.1 * targets.array() + 0.5};
}

/// Two snapshots, each dimension whitened by all cells of the file.
Clouds snapshots(const W1Bench& options) {
  const NpzFile file(options.data);
  const auto values = file.numbers("pcs");
  const auto labels = file.numbers("sample_labels");
  const auto cells = static_cast<Index>(values.shape()[0]), columns = static_cast<Index>(values.shape()[1]);
  Matrix<double> points =
      Eigen::Map<const Matrix<double>>(values.data(), cells, columns).leftCols(options.dims);
  points.rowwise() -= points.colwise().mean().eval();
  const Eigen::RowVectorXd variance = points.colwise().squaredNorm() / static_cast<double>(cells);
  points.array().rowwise() /= variance.array().sqrt();
  const auto labelled = [&](double label) {
    std::vector<Index> rows;
    for (Index i = 0; i < cells; ++i) {
      if (labels(static_cast<std::size_t>(i)) == label) rows.push_back(i);
    }
    return Matrix<double>(points(rows, Eigen::all));
  };
  return {labelled(options.from), labelled(options.to)};
}

Matrix<double> moved(const Matrix<double>& points, double step) {
  Matrix<double> result = points;
  const Index dims = points.cols();
  for (Index d = 0; d < dims; ++d) {
    result.col(d).array() += step * (points.col((d + 1) % dims).array() + static_cast<double>(d)).sin();
  }
  return result;
}

}  // namespace

nlohmann::json bench_w1(const W1Bench& bench) {
  const Clouds clouds = bench.data.empty() ? normal_clouds(bench) : snapshots(bench);
  const Matrix<double> sources = moved(clouds.sources, bench.move);
  Transport transport;
  std::vector<double> cold, warm;
  for (int repeat = 0; repeat < bench.repeats; ++repeat) {
    TransportSolver solver(clouds.targets, TransportCost::euclidean);
    cold.push_back(time_repeats(1, [&] { transport = solver.solve(clouds.sources); }).front());
    warm.push_back(time_repeats(1, [&] { solver.solve(sources); }).front());
  }
  return {{"bench", "w1"},
          {"data", bench.data.empty() ? "normal" : bench.data},
          {"sources", clouds.sources.rows()},
          {"targets", clouds.targets.rows()},
          {"dims", bench.dims},
          {"simd", simd_level()},
          {"value", transport.value},
          {"gap", transport.gap},
          {"move", bench.move},
          {"ms_cold", timing(cold, 1e3)},
          {"ms_warm", timing(warm, 1e3)}};
}

}  // namespace cellmnn

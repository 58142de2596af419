#include "wasserstein_bench.hpp"

#include <cmath>

#include "cellmnn/rng.hpp"
#include "cellmnn/simd.hpp"
#include "measure.hpp"
#include "native/io/npz.hpp"

namespace cellmnn {
namespace {

struct Clouds {
  Matrix<double> sources, targets;
};

Clouds normal_clouds(const TransportBench& options) {
  Clouds clouds{{options.sources, options.dims}, {options.targets, options.dims}};
  Rng rng(0);
  for (double& value : clouds.sources.reshaped()) value = rng.normal();
  for (double& value : clouds.targets.reshaped()) value = 1.1 * rng.normal() + 0.5;
  return clouds;
}

/// Two snapshots, each dimension whitened by all cells of the file.
Clouds snapshots(const TransportBench& options) {
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

nlohmann::json bench_transport(const TransportBench& options) {
  const Clouds clouds = options.data.empty() ? normal_clouds(options) : snapshots(options);
  const Matrix<double> sources = moved(clouds.sources, options.move);
  Transport transport;
  std::vector<double> cold, warm;
  for (int repeat = 0; repeat < options.repeats; ++repeat) {
    TransportSolver solver(clouds.targets, options.cost);
    cold.push_back(time_repeats(1, [&] { transport = solver.solve(clouds.sources); }).front());
    warm.push_back(time_repeats(1, [&] { solver.solve(sources); }).front());
  }
  return {{"bench", "transport"},
          {"data", options.data.empty() ? "normal" : options.data},
          {"sources", clouds.sources.rows()},
          {"targets", clouds.targets.rows()},
          {"dims", options.dims},
          {"cost", options.cost == TransportCost::euclidean ? "euclidean" : "squared"},
          {"simd", simd_level()},
          {"value", transport.value},
          {"gap", transport.gap},
          {"move", options.move},
          {"ms_cold", timing(cold, 1e3)},
          {"ms_warm", timing(warm, 1e3)}};
}

}  // namespace cellmnn

#include <sys/resource.h>

#include <cmath>
#include <numeric>

#include "benches.hpp"
#include "cellmnn/drawn_network.hpp"
#include "cellmnn/network_perturbation.hpp"
#include "cellmnn/rng.hpp"
#include "cellmnn/simd.hpp"
#include "measure.hpp"

namespace cellmnn {
namespace {

constexpr Index kFactors = 8;

/// Expression of which so large a share is not 0: factors that drift with time, and noise.
SparseMatrix moving_expression(const NetworkBench& bench) {
  Rng rng(1);
  Matrix<float> loadings(bench.genes, kFactors);
  for (float& loading : loadings.reshaped()) loading = static_cast<float>(rng.normal());
  const double threshold = -std::sqrt(2.0) * (2 * bench.density - 1) * 2;
  SparseMatrix matrix{bench.cells, bench.genes, {0}, {}, {}};
  for (Index cell = 0; cell < bench.cells; ++cell) {
    const Index snapshot = cell * bench.snapshots / bench.cells;
    const auto time = static_cast<double>(snapshot);
    Vector<float> factors(kFactors);
    for (Index f = 0; f < kFactors; ++f) {
      factors(f) = static_cast<float>(rng.normal() * 0.3 + std::sin(0.5 * time + static_cast<double>(f)));
    }
    const Vector<float> mean = loadings * factors;
    for (Index g = 0; g < bench.genes; ++g) {
      const double value =
          static_cast<double>(mean(g)) / 2 + 2 * (rng.uniform() + rng.uniform() - 1) - threshold;
      if (value <= 0) continue;
      matrix.indices.push_back(static_cast<std::int32_t>(g));
      matrix.values.push_back(static_cast<float>(value));
    }
    matrix.starts.push_back(matrix.entries());
  }
  return matrix;
}

double peak_gigabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1e6;
}

}  // namespace

nlohmann::json bench_network(const NetworkBench& bench, Executor& executor) {
  const SparseMatrix expression = moving_expression(bench);
  std::vector<double> times;
  std::vector<std::vector<Index>> rows(static_cast<std::size_t>(bench.snapshots));
  for (Index k = 0; k < bench.snapshots; ++k) times.push_back(static_cast<double>(k));
  for (Index cell = 0; cell < bench.cells; ++cell) {
    rows[static_cast<std::size_t>(cell * bench.snapshots / bench.cells)].push_back(cell);
  }
  LaggedOptions options;
  options.regulators.resize(static_cast<std::size_t>(std::min(bench.regulators, bench.genes)));
  std::iota(options.regulators.begin(), options.regulators.end(), Index{0});
  const double before = peak_gigabytes();

  const std::vector<CellsOverTime> cells = {{times, rows}};
  const CellDraws draws = usual_draws(cells, bench.genes);
  DrawnNetwork fitted;
  const std::vector<double> fit = time_repeats(bench.repeats, [&] {
    fitted = drawn_network(expression, cells, {{}}, ExpressionScale::log, options, draws, executor);
  });
  const GeneCourse& course = fitted.courses.front();
  const LaggedNetwork& network = fitted.network;
  const std::vector<double> screen = time_repeats(bench.repeats, [&] {
    network_screen(course, network, 0, 0, bench.snapshots - 1, network.regulators, 0, 0, executor);
  });
  return {
      {"bench", "network"},
      {"simd", simd_level()},
      {"threads", executor.threads()},
      {"cells", bench.cells},
      {"genes", bench.genes},
      {"regulators", network.regulators.size()},
      {"snapshots", bench.snapshots},
      {"cells_at_once", draws.cells},
      {"draws", draws.draws},
      {"density", static_cast<double>(expression.entries()) / static_cast<double>(bench.cells * bench.genes)},
      {"converged", network.converged},
      {"fit_seconds", timing(fit, 1)},
      {"screen_seconds", timing(screen, 1)},
      {"gigabytes_before", before},
      {"gigabytes", peak_gigabytes()}};
}

}  // namespace cellmnn

/// Populations between snapshots.
#include <nanobind/stl/optional.h>

#include <optional>

#include "cellmnn/error.hpp"
#include "cellmnn/two_sided.hpp"
#include "native/io/models/model_file.hpp"
#include "python/bindings/arrays.hpp"
#include "python/bindings/bindings.hpp"
#include "python/bindings/course.hpp"
#include "python/bindings/job.hpp"

namespace cellmnn::python {
namespace {

using namespace nb::literals;

/// Rows of the AnnData, of cells of one snapshot.
auto rows_of_cells(const Course& course, Index snapshot, const std::vector<Index>& cells) {
  const std::vector<Index>& rows = course.file.rows[static_cast<std::size_t>(snapshot)];
  std::vector<std::int64_t> result;
  for (const Index cell : cells) result.push_back(rows[static_cast<std::size_t>(cell)]);
  return array_of(std::move(result));
}

/// (points (n, D), weights (n), rows of the cells before (n), of those after, (n) or empty).
nb::tuple population(const ModelFile& file, const Course& course, double time, double pool, double spread,
                     double bend, double bridge, std::optional<Index> resample, std::uint64_t seed,
                     std::uint64_t stream, int threads, const nb::object& progress) {
  if (!file.reversed)
    throw Error(ErrorCode::bad_input,
                "the model has one network, but a population between snapshots needs two: "
                "train with two_sided=True");
  const TwoSidedModel model{file.model, *file.reversed};
  Population result = result_of_job(threads, progress, [&](Job& job) {
    return model.population(course.file.data, time, {pool, spread, bend, bridge}, seed, job.executor);
  });
  if (resample) result = resampled(result, *resample, seed, stream);
  const auto before = rows_of_cells(course, result.before, result.sources);
  const auto after = rows_of_cells(course, result.after, result.targets);
  return nb::make_tuple(array_of(std::move(result.points)), array_of(std::move(result.weights)), before,
                        after);
}

}  // namespace

void bind_population(nb::module_& module) {
  const BetweenOptions usual;
  module.def("population", &population, "model"_a, "course"_a, "time"_a, "pool"_a, "spread"_a, "bend"_a,
             "bridge"_a, "resample"_a.none(), "seed"_a, "stream"_a, "threads"_a, "progress"_a.none());
  module.attr("TWO_SIDED_STEPS") = kTwoSidedSteps;
  module.attr("USUAL_BETWEEN") = nb::make_tuple(usual.pool, usual.spread, usual.bend, usual.bridge);
}

}  // namespace cellmnn::python

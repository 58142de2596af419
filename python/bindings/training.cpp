#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "cellmnn/error.hpp"
#include "cellmnn/population_sizes.hpp"
#include "cellmnn/training_loop.hpp"
#include "cellmnn/two_sided.hpp"
#include "native/io/models/model_file.hpp"
#include "native/io/models/provenance.hpp"
#include "python/bindings/arrays.hpp"
#include "python/bindings/bindings.hpp"
#include "python/bindings/course.hpp"
#include "python/bindings/job.hpp"
#include "python/bindings/options.hpp"

namespace cellmnn::python {
namespace {

using namespace nb::literals;

struct Trained {
  ModelFile file;
  std::vector<std::array<double, 5>> losses;  ///< of reported steps: step, loss, mmd, kinetic, det
};

Trained trained(const DataFile& file, TimeCourse data, const TrainOptions& options, bool two_sided,
                const std::optional<PopulationSizes>& sizes, Job& job) {
  Trained result;
  if (sizes) validate(*sizes, options.model, data);
  const TimeCourse training = sizes ? data : TimeCourse();
  result.file.provenance = provenance(file, data, options, {});
  std::optional<Trainer> reversed;
  if (two_sided) reversed.emplace(mirrored(data), reversed_options(options), job.executor);
  Trainer forward(std::move(data), options, job.executor);
  job.total = forward.steps();
  TrainingLoop loop(forward, reversed ? &*reversed : nullptr);
  const bool done = loop.run([&] { return job.stopped.load(); },
                             [&](bool reported) {
                               job.done = forward.steps_done();
                               if (!reported) return;
                               const LossParts& loss = loop.last_loss();
                               job.loss = loss.loss;
                               result.losses.push_back({static_cast<double>(forward.steps_done()), loss.loss,
                                                        loss.mmd, loss.kinetic, loss.det});
                             });
  if (!done) throw Error(ErrorCode::interrupted, "interrupted");
  result.file.model = forward.model();
  if (sizes) know_sizes(result.file.model, training, *sizes, job.executor);
  result.file.provenance["metrics"] = loss_json(loop.last_loss());
  if (reversed) {
    result.file.reversed = reversed_model(result.file.model, reversed->model().parameters);
    result.file.provenance["reversed"] = reversed_provenance(reversed->options(), loop.last_reversed_loss());
  }
  return result;
}

using SizesByTime = std::pair<std::vector<double>, std::vector<double>>;  ///< times, counts

/// Of all cells, in the order of the AnnData.
void set_growth_prior(Course& course, const Vector<double>& growth) {
  if (growth.size() != course.cells()) {
    throw Error(ErrorCode::bad_input, "growth_prior",
                " has " + std::to_string(growth.size()) + " numbers, but there are " +
                    std::to_string(course.cells()) + " cells");
  }
  for (std::size_t k = 0; k < course.file.rows.size(); ++k)
    course.file.data.snapshots[k].growth_prior = growth(course.file.rows[k]).cast<float>();
}

/// The model, and the losses (reported steps, 5). Takes the cells out of the course, to spare a copy.
std::pair<ModelFile, nb::ndarray<nb::numpy, double>> train(Course& course, const std::string& options,
                                                           bool two_sided,
                                                           std::optional<double> held_out_time,
                                                           const std::optional<SizesByTime>& counts,
                                                           const std::optional<Doubles>& growth_prior,
                                                           int threads, const nb::object& progress) {
  const TrainOptions parsed = train_options_of(options, course.file.data.dims());
  if (growth_prior) set_growth_prior(course, vector_of<double>(*growth_prior));
  std::optional<PopulationSizes> sizes;
  if (counts) sizes = {counts->first, counts->second};
  TimeCourse data = std::exchange(course.file.data, {});
  if (held_out_time) data = hold_out(data, snapshot_at(data, *held_out_time)).training;
  Trained result = result_of_job(threads, progress, [&](Job& job) {
    return trained(course.file, std::move(data), parsed, two_sided, sizes, job);
  });
  Matrix<double> losses(static_cast<Index>(result.losses.size()), 5);
  for (std::size_t i = 0; i < result.losses.size(); ++i) {
    for (std::size_t j = 0; j < 5; ++j)
      losses(static_cast<Index>(i), static_cast<Index>(j)) = result.losses[i][j];
  }
  return {std::move(result.file), array_of(std::move(losses))};
}

}  // namespace

void bind_training(nb::module_& module) {
  module.def("train", &train, "course"_a, "options"_a, "two_sided"_a, "hold_out"_a.none(), "counts"_a.none(),
             "growth_prior"_a.none(), "threads"_a, "progress"_a.none());
  module.def("preset", &preset_json);
}

}  // namespace cellmnn::python

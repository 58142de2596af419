#include "wasm/calls.hpp"

#include <emscripten.h>

#include <limits>
#include <utility>
#include <vector>

#include "cellmnn/edge_ranking.hpp"
#include "cellmnn/error.hpp"
#include "cellmnn/evaluation.hpp"
#include "cellmnn/methods.hpp"
#include "cellmnn/mmd.hpp"
#include "cellmnn/option_table.hpp"
#include "cellmnn/pca.hpp"
#include "cellmnn/perturbation.hpp"
#include "cellmnn/simd.hpp"
#include "cellmnn/simulate.hpp"
#include "cellmnn/wasserstein.hpp"
#include "wasm/boundary.hpp"

namespace cellmnn {
namespace {

using boundary::from_array;
using boundary::from_matrix;
using boundary::from_tensor;
using boundary::from_vector;
using boundary::OptionReader;
using boundary::OptionWriter;
using boundary::to_matrix;
using boundary::to_numbers;
using boundary::to_vector;
using emscripten::val;

SerialExecutor serial;  // more speed comes from more workers

template <typename Item, typename From>
val list_of(const std::vector<Item>& items, const From& from) {
  val list = val::array();
  for (const Item& item : items) list.call<void>("push", from(item));
  return list;
}

GeneSpace to_gene_space(const val& genes) {
  if (genes.isUndefined()) return {};
  GeneSpace space{emscripten::vecFromJSArray<std::string>(genes["names"]),
                  to_matrix<float>(genes["loadings"], "loadings"),
                  {}};
  const auto count = static_cast<Index>(space.genes.size());
  if (space.loadings.rows() != count) {
    throw Error(ErrorCode::bad_input, "there are " + std::to_string(count) + " names of genes but " +
                                          std::to_string(space.loadings.rows()) + " rows of loadings");
  }
  if (!genes["mean"].isUndefined()) {
    space.mean.resize(count);
    boundary::copy_values(genes["mean"], space.mean.data(), count, "the mean of the genes");
  }
  return space;
}

val from_gene_space(const GeneSpace& space) {
  if (space.empty()) return val::undefined();
  val genes = val::object();
  genes.set("names", val::array(space.genes));
  genes.set("loadings", from_matrix(space.loadings));
  if (space.mean.size() > 0) genes.set("mean", from_vector(space.mean));
  return genes;
}

TimeCourse to_time_course(const val& data) {
  TimeCourse course;
  const val snapshots = data["snapshots"];
  const auto count = snapshots["length"].as<unsigned>();
  for (unsigned k = 0; k < count; ++k) {
    const val snapshot = snapshots[k];
    const val label = snapshot["label"];
    course.snapshots.push_back({snapshot["time"].as<double>(),
                                label.isUndefined() ? "" : label.as<std::string>(),
                                to_matrix<float>(snapshot["cells"], "a snapshot"),
                                {}});
  }
  course.gene_space = to_gene_space(data["genes"]);
  validate(course);
  if (!course.gene_space.empty() && course.gene_space.loadings.cols() != course.dims()) {
    throw Error(ErrorCode::bad_input, "the loadings have " +
                                          std::to_string(course.gene_space.loadings.cols()) +
                                          " columns, the cells " + std::to_string(course.dims()));
  }
  return course;
}

val from_snapshot(const Snapshot& snapshot) {
  val result = val::object();
  result.set("time", snapshot.time);
  result.set("cells", from_matrix(snapshot.cells));
  if (!snapshot.label.empty()) result.set("label", snapshot.label);
  if (snapshot.expression.size() > 0) result.set("expression", from_matrix(snapshot.expression));
  return result;
}

val from_time_course(const TimeCourse& course) {
  val result = val::object();
  result.set("snapshots", list_of(course.snapshots, from_snapshot));
  if (!course.gene_space.empty()) result.set("genes", from_gene_space(course.gene_space));
  return result;
}

ModelConfig to_config(const val& object) {
  ModelConfig config;
  visit_model_options(config, OptionReader(object));
  validate(config);
  return config;
}

TrainOptions to_train_options(const val& object) {
  TrainOptions options;
  visit_train_options(options, OptionReader(object));
  return options;
}

template <typename Visit>
void visit_simulate_options(SimulateOptions& options, const Visit& visit) {
  visit("genes", options.genes);
  visit("times", options.times);
  visit("cells", options.cells);
  visit("dims", options.dims);
  visit("paths", options.trajectories);
  visit("noise", options.noise);
  visit("dropout", options.dropout);
  visit("seed", options.seed);
}

/// W1 and the MMD only: the other metrics of the core take seconds for thousands of cells.
val scored(const std::string& method, double time, const Prediction& prediction) {
  constexpr std::uint64_t kSeed = 0;
  const auto& [cloud, target] = prediction;
  val result = val::object();
  result.set("method", method);
  result.set("time", time);
  result.set("w1", transport_distance(cloud, target, TransportCost::euclidean, kSeed).value);
  result.set("mmd", mmd2(cloud.points, target, 1, serial, cloud.weights));
  return result;
}

/// The parameters of a model that was loaded are as many as its encoder has.
void require_parameters(const CellMnn& model) {
  const Index expected = parameter_count(model.config);
  if (model.parameters.size() == expected) return;
  throw Error(ErrorCode::bad_input, "the model has " + std::to_string(model.parameters.size()) +
                                        " parameters where its layers need " + std::to_string(expected));
}

}  // namespace

TrainerHandle::TrainerHandle(const TimeCourse& data, const TrainOptions& options)
    : trainer(data, options, serial) {}

namespace calls {

ModelHandle* load_model(val parts) {
  auto handle = std::make_unique<ModelHandle>();
  CellMnn& model = handle->model;
  model.config = to_config(parts["config"]);
  const val time = parts["time"];
  model.time_scale = {time["origin"].as<double>(), time["unit"].as<double>()};
  model.first_time = time["first"].as<double>();
  model.last_time = time["last"].as<double>();
  const Index dims = model.config.dims;
  model.latent = {Vector<double>(dims), Vector<double>(dims)};
  boundary::copy_values(parts["mean"], model.latent.mean.data(), dims, "latent.mean");
  boundary::copy_values(parts["std"], model.latent.std.data(), dims, "latent.std");
  if (!(model.latent.std.array() > 0).all())
    throw Error(ErrorCode::bad_input, "'latent.std' holds values that are not above 0");
  model.parameters = to_vector<float>(parts["parameters"], "the parameters");
  require_parameters(model);
  model.gene_space = to_gene_space(parts["genes"]);
  return handle.release();
}

val model_parts(const ModelHandle& handle) {
  const CellMnn& model = handle.model;
  val config = val::object();
  visit_model_options(model.config, OptionWriter(config));
  val time = val::object();
  time.set("origin", model.time_scale.origin);
  time.set("unit", model.time_scale.unit);
  time.set("first", model.first_time);
  time.set("last", model.last_time);
  val parts = val::object();
  parts.set("config", config);
  parts.set("time", time);
  parts.set("mean", from_vector(model.latent.mean));
  parts.set("std", from_vector(model.latent.std));
  parts.set("parameters", from_vector(model.parameters));
  parts.set("genes", from_gene_space(model.gene_space));
  return parts;
}

val layer_shapes(val config) {
  return list_of(parameter_layers(to_config(config)), [](const auto& layer) {
    return val::array(
        std::vector<double>{static_cast<double>(layer.outputs), static_cast<double>(layer.inputs)});
  });
}

val predict(const ModelHandle& handle, val cells, val t, val times) {
  return from_tensor(handle.model.predict(to_matrix<float>(cells, "cells"), to_vector<double>(t, "t"),
                                          to_numbers(times, "times"), serial));
}

val velocity(const ModelHandle& handle, val cells, val t) {
  return from_matrix(
      handle.model.velocity(to_matrix<float>(cells, "cells"), to_vector<double>(t, "t"), serial));
}

val operators(const ModelHandle& handle, val cells, val t) {
  return from_tensor(
      handle.model.operators(to_matrix<float>(cells, "cells"), to_vector<double>(t, "t"), serial));
}

val eigenvalues(const ModelHandle& handle, val cells, val t) {
  const Matrix<std::complex<float>> values =
      handle.model.eigenvalues(to_matrix<float>(cells, "cells"), to_vector<double>(t, "t"), serial);
  return from_array(reinterpret_cast<const float*>(values.data()), {values.rows(), values.cols(), 2});
}

val interactions(const ModelHandle& handle, val cells, val t, val regulators, double top,
                 double degradation) {
  const GeneSpace& space = handle.model.gene_space;
  std::vector<Index> from = modelled_genes(space);
  if (!regulators.isUndefined()) {
    from.clear();
    for (const std::string& name : emscripten::vecFromJSArray<std::string>(regulators))
      from.push_back(modelled_gene(space, name));
  }
  const Effects effects =
      mean_effects(space, operator_moments(handle.model, to_matrix<float>(cells, "cells"),
                                           to_vector<double>(t, "t"), degradation, serial));
  return list_of(strongest_edges({effects}, from, static_cast<Index>(top), serial), [&](const Edge& edge) {
    val object = val::object();
    object.set("regulator", space.genes[static_cast<std::size_t>(edge.regulator)]);
    object.set("target", space.genes[static_cast<std::size_t>(edge.target)]);
    object.set("effect", edge.effect);
    return object;
  });
}

val perturb(const ModelHandle& handle, val cells, val t, std::string gene, double factor, double plus,
            val times) {
  const CellMnn& model = handle.model;
  const auto x = to_matrix<float>(cells, "cells");
  const auto own_times = to_vector<double>(t, "t");
  const std::vector<double> at = to_numbers(times, "times");
  const Index changed_gene = modelled_gene(model.gene_space, gene);
  const Tensor3<float> unchanged = model.predict(x, own_times, at, serial);
  const Tensor3<float> changed = model.predict(
      changed_cells(model.gene_space, x, {{changed_gene, factor, plus}}), own_times, at, serial);

  val shifts = val::array();
  for (std::size_t k = 0; k < at.size(); ++k) {
    const auto time = static_cast<Index>(k);
    const Shift shift = shift_between(unchanged.slice(time), changed.slice(time));
    val object = val::object();
    object.set("time", at[k]);
    object.set("mean", from_vector(shift.mean));
    object.set("ofMean", shift.of_mean);
    object.set("ofCells", shift.of_cells);
    object.set("genes", from_vector(gene_changes(model.gene_space, shift.mean)));
    shifts.call<void>("push", object);
  }
  val result = val::object();
  result.set("unchanged", from_tensor(unchanged));
  result.set("changed", from_tensor(changed));
  result.set("shifts", shifts);
  return result;
}

val train_options(std::string preset) {
  TrainOptions options = preset == "paper" ? paper_preset() : TrainOptions{};
  val object = val::object();
  visit_train_options(options, OptionWriter(object));
  return object;
}

TrainerHandle* create_trainer(val data, val options) {
  return new TrainerHandle(to_time_course(data), to_train_options(options));
}

val run(TrainerHandle& handle, double budget_ms, double most_steps) {
  Trainer& trainer = handle.trainer;
  if (trainer.done()) throw Error(ErrorCode::usage, "all steps of this training are done");
  const double end = emscripten_get_now() + budget_ms;
  const auto left = static_cast<double>(trainer.options().steps - trainer.steps_done());
  const double steps = std::min(most_steps, left);
  for (double done = 1; done < steps && emscripten_get_now() < end; ++done) trainer.step();
  const LossParts parts = trainer.reported_step();
  val loss = val::object();
  loss.set("total", parts.loss);
  loss.set("mmd", parts.mmd);
  loss.set("kinetic", parts.kinetic);
  loss.set("det", parts.det);
  val result = val::object();
  result.set("step", static_cast<double>(trainer.steps_done()));
  result.set("loss", loss);
  result.set("done", trainer.done());
  return result;
}

ModelHandle* trained_model(const TrainerHandle& handle) {
  auto model = std::make_unique<ModelHandle>();
  model->model = handle.trainer.model();
  return model.release();
}

val method_names() {
  return list_of(untrained_methods(), [](const Method& method) { return val(method.name); });
}

val score_method(val data, double time, std::string method_name) {
  const TimeCourse course = to_time_course(data);
  const PredictionTask task = prediction_task(course, snapshot_at(course, time));
  const Method& method = method_named(method_name, untrained_methods());
  const std::string obstacle = method.obstacle(task);
  if (!obstacle.empty()) throw Error(ErrorCode::bad_input, method.name + " has no answer: " + obstacle);
  return scored(method.name, time, method.predict({task, {}, 0, serial, {}}));
}

val score_model(const ModelHandle& handle, val data, double time) {
  const TimeCourse course = to_time_course(data);
  const PredictionTask task = scoring_task(course, snapshot_at(course, time));
  return scored("cellmnn", time,
                {predicted_cloud(handle.model, task, serial), task.metric(task.held_out.cells)});
}

double wasserstein(val a, val b, int order) {
  const auto x = to_matrix<double>(a, "a"), y = to_matrix<double>(b, "b");
  return order == 2 ? wasserstein2(x, y) : wasserstein1(x, y);
}

double mmd(val a, val b, double sigma) {
  return mmd2(to_matrix<double>(a, "a"), to_matrix<double>(b, "b"), sigma, serial);
}

val principal_components(val x, double dims) {
  const Pca pca = cellmnn::principal_components(to_matrix<float>(x, "the matrix"), static_cast<Index>(dims));
  val result = val::object();
  result.set("scores", from_matrix(pca.scores));
  result.set("loadings", from_matrix(pca.loadings));
  result.set("mean", from_vector(pca.mean));
  result.set("variance", from_vector(pca.variance));
  return result;
}

val simulate_options() {
  SimulateOptions options;
  val object = val::object();
  visit_simulate_options(options, OptionWriter(object));
  return object;
}

val simulate_data(val options) {
  SimulateOptions given;
  visit_simulate_options(given, OptionReader(options));
  const Simulation simulation = simulate(given);
  val result = val::object();
  result.set("data", from_time_course(simulation.data));
  result.set("network", list_of(simulation.network, [](const NetworkEdge& edge) {
               val object = val::object();
               object.set("source", static_cast<double>(edge.source));
               object.set("target", static_cast<double>(edge.target));
               object.set("sign", edge.sign);
               object.set("strength", edge.strength);
               return object;
             }));
  result.set("fates",
             list_of(simulation.fates, [](const std::vector<int>& fates) { return val::array(fates); }));
  result.set("pathTimes", val::array(simulation.trajectory_times));
  result.set("paths", from_tensor(simulation.trajectories));
  return result;
}

int live_handles() { return Handle::live; }

std::string instruction_set() { return std::string(simd_level()); }

}  // namespace calls
}  // namespace cellmnn

#include <memory>
#include <string>
#include <vector>

#include "cellmnn/data_match.hpp"
#include "cellmnn/error.hpp"
#include "cellmnn/option_table.hpp"
#include "cellmnn/time_units.hpp"
#include "wasm/calls/calls.hpp"
#include "wasm/conversions.hpp"

namespace cellmnn {
namespace {

ModelConfig to_config(const emscripten::val& object) {
  ModelConfig config;
  visit_model_options(config, boundary::OptionReader(object));
  config.mass = object["mass"].isTrue();
  validate(config);
  return config;
}

/// The parameters of a model that was loaded are as many as its encoder has.
void require_parameters(const CellMnn& model) {
  const Index expected = parameter_count(model.config);
  if (model.parameters.size() == expected) return;
  throw Error(ErrorCode::bad_input, "the model has " + std::to_string(model.parameters.size()) +
                                        " parameters where its layers need " + std::to_string(expected));
}

std::map<std::string, double> to_labels(const emscripten::val& names) {
  const auto labels = emscripten::vecFromJSArray<std::string>(names["labels"]);
  const std::vector<double> times = boundary::to_numbers(names["labelTimes"], "the times of labels");
  std::map<std::string, double> result;
  for (std::size_t i = 0; i < labels.size(); ++i) result.emplace(labels[i], times[i]);
  return result;
}

KnownData to_known_data(const emscripten::val& known) {
  KnownData result{known["timeUnit"].as<std::string>(),
                   to_labels(known),
                   boundary::to_numbers(known["times"], "the training times"),
                   {},
                   boundary::to_matrix<double>(known["centres"], "the centres")};
  for (const double cells : boundary::to_numbers(known["cells"], "the numbers of cells"))
    result.cells.push_back(static_cast<Index>(cells));
  return result;
}

emscripten::val from_rows(const std::vector<Index>& rows) {
  return boundary::from_vector(Vector<double>(
      Eigen::Map<const Vector<Index>>(rows.data(), static_cast<Index>(rows.size())).cast<double>()));
}

}  // namespace

TwoSidedModel ModelHandle::two_sided() const {
  if (reversed) return {model, *reversed};
  throw Error(ErrorCode::bad_input,
              "the model has one network, but a population between snapshots needs two: train it with "
              "cellmnn train --two-sided");
}

namespace calls {

using boundary::from_array;
using boundary::from_gene_space;
using boundary::from_matrix;
using boundary::from_tensor;
using boundary::from_vector;
using boundary::list_of;
using boundary::OptionWriter;
using boundary::serial;
using boundary::to_gene_space;
using boundary::to_matrix;
using boundary::to_numbers;
using boundary::to_vector;

ModelHandle* load_model(val parts) {
  auto handle = std::make_unique<ModelHandle>();
  CellMnn& model = handle->model;
  model.config = to_config(parts["config"]);
  const val time = parts["time"];
  model.time_scale = {time["origin"].as<double>(), time["unit"].as<double>()};
  model.training_times = to_numbers(time["training"], "the training times");
  const Index dims = model.config.dims;
  model.latent = {Vector<double>(dims), Vector<double>(dims)};
  boundary::copy_values(parts["mean"], model.latent.mean.data(), dims, "latent.mean");
  boundary::copy_values(parts["std"], model.latent.std.data(), dims, "latent.std");
  if (!(model.latent.std.array() > 0).all())
    throw Error(ErrorCode::bad_input, "'latent.std' holds values that are not above 0");
  model.parameters = to_vector<float>(parts["parameters"], "the parameters");
  require_parameters(model);
  model.gene_space = to_gene_space(parts["genes"]);
  if (!parts["reversed"].isUndefined()) {
    handle->reversed = reversed_model(model, to_vector<float>(parts["reversed"], "the reversed parameters"));
    require_parameters(*handle->reversed);
  }
  return handle.release();
}

val model_parts(const ModelHandle& handle) {
  const CellMnn& model = handle.model;
  val config = val::object();
  visit_model_options(model.config, OptionWriter(config));
  if (model.config.mass) config.set("mass", true);  // absent of others, as in files
  val time = val::object();
  time.set("origin", model.time_scale.origin);
  time.set("unit", model.time_scale.unit);
  time.set("first", model.first_time());
  time.set("last", model.last_time());
  time.set("training", emscripten::val::array(model.training_times));
  val parts = val::object();
  parts.set("config", config);
  parts.set("time", time);
  parts.set("mean", from_vector(model.latent.mean));
  parts.set("std", from_vector(model.latent.std));
  parts.set("parameters", from_vector(model.parameters));
  parts.set("genes", from_gene_space(model.gene_space));
  if (handle.reversed) parts.set("reversed", from_vector(handle.reversed->parameters));
  return parts;
}

val layer_shapes(val config) {
  return list_of(parameter_layers(to_config(config)), [](const auto& layer) {
    return val::array(
        std::vector<double>{static_cast<double>(layer.outputs), static_cast<double>(layer.inputs)});
  });
}

val data_difference(const ModelHandle& handle, val known, val data, val names) {
  const DataNames of_data{names["timeUnit"].as<std::string>(), to_labels(names), {}};
  const TimeCourse course = boundary::to_time_course(data);
  const auto found = cellmnn::data_difference(handle.model, to_known_data(known), course.gene_space,
                                              {handle.model.latent, course}, of_data);
  if (!found) return val::undefined();
  val difference = val::object();
  difference.set("part", static_cast<double>(found->part));
  difference.set("clause", found->text);
  return difference;
}

val converted_times(const ModelHandle&, val times, val from, val to) {
  const auto found =
      cellmnn::converted_times(to_numbers(times, "times"), from.as<std::string>(), to.as<std::string>());
  if (!found) return val::undefined();
  return from_vector(Vector<double>(Eigen::Map<const Vector<double>>(found->data(), std::ssize(*found))));
}

val predict(const ModelHandle& handle, val cells, val t, val times, bool or_nan) {
  return from_tensor(handle.model.predict(to_matrix<float>(cells, "cells"), to_vector<double>(t, "t"),
                                          to_numbers(times, "times"), serial,
                                          or_nan ? FarAway::nan : FarAway::refuse));
}

val weights(const ModelHandle& handle, val cells, val t, val times) {
  const Paths paths = handle.model.paths(to_matrix<float>(cells, "cells"), to_vector<double>(t, "t"),
                                         to_numbers(times, "times"), serial, FarAway::nan);
  return from_matrix(Matrix<float>(paths.weights.cast<float>()));
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

val population(const ModelHandle& handle, val data, double time, val pool, val spread, val bend, val bridge,
               double seed) {
  const TwoSidedModel model = handle.two_sided();
  const auto given_or = [](const val& given, double usual) {
    return given.isUndefined() ? usual : given.as<double>();
  };
  const BetweenOptions usual;
  const Population all = model.population(boundary::to_time_course(data), time,
                                          {given_or(pool, usual.pool), given_or(spread, usual.spread),
                                           given_or(bend, usual.bend), given_or(bridge, usual.bridge)},
                                          static_cast<std::uint64_t>(seed), serial);
  val result = val::object();
  result.set("points", from_matrix(all.points));
  result.set("weights", from_vector(all.weights));
  result.set("before", static_cast<double>(all.before));
  result.set("sources", from_rows(all.sources));
  result.set("after", static_cast<double>(all.after));
  result.set("targets", from_rows(all.targets));
  return result;
}

}  // namespace calls
}  // namespace cellmnn

#include "cellmnn/velocity_graph.hpp"

#include <nanobind/stl/optional.h>

#include <optional>

#include "cellmnn/error.hpp"
#include "python/bindings/arrays.hpp"
#include "python/bindings/bindings.hpp"
#include "python/bindings/job.hpp"

namespace cellmnn::python {
namespace {

using namespace nb::literals;

void check(const FloatRows& cells, const FloatRows& velocity) {
  if (cells.shape(0) != velocity.shape(0) || cells.shape(1) != velocity.shape(1)) {
    throw Error(ErrorCode::bad_input, "cells and velocities must be of one shape");
  }
  if (!rows_of(cells).allFinite() || !rows_of(velocity).allFinite()) {
    throw Error(ErrorCode::bad_input, "cells and velocities must be finite numbers");
  }
}

VelocityGraph graph_of(const FloatRows& cells, const FloatRows& velocity, Index neighbors, int threads) {
  check(cells, velocity);
  const auto x = rows_of(cells), v = rows_of(velocity);
  return result_with(threads, [&](Executor& executor) { return velocity_graph(x, v, neighbors, executor); });
}

auto projected(const VelocityGraph& graph, const FloatRows& embedding) {
  return array_of(projected_velocity(graph, rows_of(embedding)));
}

/// Probabilities, distances and connectivities, each (values, columns, starts, shape), and the scale.
nb::tuple transitions(const FloatRows& cells, const FloatRows& velocity, Index neighbors,
                      std::optional<double> scale, int threads) {
  check(cells, velocity);
  const auto x = rows_of(cells), v = rows_of(velocity);
  TransitionMatrix result = result_with(
      threads, [&](Executor& executor) { return transition_matrix(x, v, neighbors, scale, executor); });
  return nb::make_tuple(tuple_of(std::move(result.probabilities)), tuple_of(std::move(result.distances)),
                        tuple_of(std::move(result.connectivities)), result.scale);
}

}  // namespace

void bind_velocity_graph(nb::module_& module) {
  nb::class_<VelocityGraph>(module, "VelocityGraph").def("projected", &projected);
  module.def("velocity_graph", &graph_of);
  module.def("transition_matrix", &transitions, "cells"_a, "velocity"_a, "neighbors"_a, "scale"_a.none(),
             "threads"_a);
}

}  // namespace cellmnn::python

#include <string>
#include <vector>

#include "cellmnn/pca.hpp"
#include "cellmnn/simd.hpp"
#include "cellmnn/simulate.hpp"
#include "cellmnn/small_systems.hpp"
#include "wasm/calls/calls.hpp"
#include "wasm/conversions.hpp"

namespace cellmnn {
namespace {

using emscripten::val;

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

val from_simulation(const Simulation& simulation) {
  val result = val::object();
  result.set("data", boundary::from_time_course(simulation.data));
  result.set("network", boundary::list_of(simulation.network, [](const NetworkEdge& edge) {
               val object = val::object();
               object.set("source", static_cast<double>(edge.source));
               object.set("target", static_cast<double>(edge.target));
               object.set("sign", edge.sign);
               object.set("strength", edge.strength);
               return object;
             }));
  result.set("fates", boundary::list_of(simulation.fates,
                                        [](const std::vector<int>& fates) { return val::array(fates); }));
  result.set("pathTimes", val::array(simulation.trajectory_times));
  result.set("paths", boundary::from_tensor(simulation.trajectories));
  return result;
}

val simulated_small(const val& given) {
  SmallSystemOptions options;
  options.system = given["system"].as<std::string>();
  const boundary::OptionReader read(given);
  read("times", options.times);
  read("cells", options.cells);
  options.knocked_out = given["knockedOut"].as<std::string>();
  const SmallSimulation simulation = cellmnn::simulate_small(options);
  val result = from_simulation(simulation.simulation);
  result.set("genes", val::array(simulation.genes));
  result.set("kinds", val::array(simulation.kinds));
  return result;
}

}  // namespace

namespace calls {

using boundary::from_matrix;
using boundary::from_vector;
using boundary::OptionReader;
using boundary::OptionWriter;
using boundary::to_matrix;

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
  if (!options["system"].isUndefined()) return simulated_small(options);
  SimulateOptions given;
  visit_simulate_options(given, OptionReader(options));
  return from_simulation(simulate(given));
}

int live_handles() { return Handle::live; }

std::string instruction_set() { return std::string(simd_level()); }

}  // namespace calls
}  // namespace cellmnn

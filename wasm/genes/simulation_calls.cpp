#include <string>
#include <vector>

#include "cellmnn/small_systems.hpp"
#include "wasm/conversions.hpp"
#include "wasm/genes/genes_calls.hpp"

namespace cellmnn::genes_calls {

val simulate_small(val given) {
  SmallSystemOptions options;
  options.system = given["system"].as<std::string>();
  options.times = boundary::to_numbers(given["times"], "times");
  options.cells = static_cast<Index>(given["cells"].as<double>());
  options.trajectories = static_cast<Index>(given["paths"].as<double>());
  options.noise = given["noise"].as<double>();
  options.seed = static_cast<std::uint64_t>(given["seed"].as<double>());
  for (const std::string& gene : emscripten::vecFromJSArray<std::string>(given["knockedOut"]))
    options.held.push_back({gene, 0});
  const SmallSimulation found = cellmnn::simulate_small(options);
  val result = val::object();
  result.set("data", boundary::from_time_course(found.data));
  result.set("genes", val::array(found.genes));
  result.set("network", boundary::list_of(found.network, [](const NetworkEdge& edge) {
               val object = val::object();
               object.set("source", static_cast<double>(edge.source));
               object.set("target", static_cast<double>(edge.target));
               object.set("sign", edge.sign);
               object.set("strength", edge.strength);
               return object;
             }));
  result.set("kinds", val::array(found.kinds));
  result.set("kind",
             boundary::list_of(found.kind, [](const std::vector<int>& kind) { return val::array(kind); }));
  result.set("pathTimes", val::array(found.trajectory_times));
  result.set("paths", boundary::from_tensor(found.trajectories));
  return result;
}

}  // namespace cellmnn::genes_calls

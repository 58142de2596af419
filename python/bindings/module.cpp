/// cellmnn._core: what the package of Python calls. Its users are the files of python/src/cellmnn alone.
#include <nanobind/nanobind.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include "cellmnn/nearest.hpp"
#include "cellmnn/simd.hpp"
#include "native/runtime/available_cores.hpp"
#include "python/bindings/bindings.hpp"

NB_MODULE(_core, module) {
  using namespace cellmnn::python;
  nanobind::set_leak_warnings(false);  // of arrays that outlive the interpreter at its end
  bind_errors(module);
  bind_course(module);
  bind_components(module);
  bind_model(module);
  bind_population(module);
  bind_training(module);
  bind_evaluation(module);
  bind_velocity_graph(module);
  bind_network(module);
  bind_fates(module);
  bind_perturbation(module);
  module.def("simd_level", [] { return std::string(cellmnn::simd_level()); });
  module.def("nearest", &cellmnn::nearest);
  module.def("available_cores", &cellmnn::available_cores);
  module.attr("VERSION") = CELLMNN_VERSION;
  module.attr("BETTER_LEVELS") = CELLMNN_BETTER_LEVELS;  // of SIMD, in the wheel beside the lowest one
}

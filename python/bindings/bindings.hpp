/// The parts of the module, a file each. They parse, call one function of the core, and return arrays.
#pragma once

#include <nanobind/nanobind.h>

namespace cellmnn::python {

void bind_errors(nanobind::module_& module);
void bind_course(nanobind::module_& module);
void bind_components(nanobind::module_& module);
void bind_model(nanobind::module_& module);
void bind_population(nanobind::module_& module);
void bind_training(nanobind::module_& module);
void bind_evaluation(nanobind::module_& module);
void bind_velocity_graph(nanobind::module_& module);
void bind_fates(nanobind::module_& module);
void bind_network(nanobind::module_& module);
void bind_perturbation(nanobind::module_& module);

}  // namespace cellmnn::python

#include <string>
#include <vector>

#include "cellmnn/edge_ranking.hpp"
#include "cellmnn/perturbation.hpp"
#include "wasm/calls/calls.hpp"
#include "wasm/conversions.hpp"

namespace cellmnn {

namespace calls {

using boundary::from_tensor;
using boundary::from_vector;
using boundary::list_of;
using boundary::serial;
using boundary::to_matrix;
using boundary::to_numbers;
using boundary::to_vector;

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

}  // namespace calls
}  // namespace cellmnn

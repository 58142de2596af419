#include <string>
#include <vector>

#include "cellmnn/edge_ranking.hpp"
#include "cellmnn/perturbation_report.hpp"
#include "wasm/calls/calls.hpp"
#include "wasm/conversions.hpp"

namespace cellmnn {

namespace calls {

using boundary::from_matrix;
using boundary::from_vector;
using boundary::list_of;
using boundary::serial;
using boundary::to_matrix;
using boundary::to_vector;

val interactions(const ModelHandle& handle, val cells, val t, val regulators, double top, val degradation) {
  const CellMnn& model = handle.model;
  const GeneSpace& space = model.gene_space;
  std::vector<Index> from = modelled_genes(space);
  if (!regulators.isUndefined()) {
    from.clear();
    for (const std::string& name : emscripten::vecFromJSArray<std::string>(regulators))
      from.push_back(modelled_gene(space, name));
  }
  const double rate =
      degradation.isUndefined() ? usual_degradation(model.time_scale) : degradation.as<double>();
  const RankedNetwork network =
      ranked_network({&model, 1}, to_matrix<float>(cells, "cells"), to_vector<double>(t, "t"), rate, from,
                     static_cast<Index>(top), serial);
  return list_of(network.edges, [&](const Edge& edge) {
    val object = val::object();
    object.set("regulator", space.genes[static_cast<std::size_t>(edge.regulator)]);
    object.set("target", space.genes[static_cast<std::size_t>(edge.target)]);
    object.set("effect", edge.effect);
    return object;
  });
}

val changed_cells(const ModelHandle& handle, val cells, std::string gene, double factor, double plus) {
  const GeneSpace& space = handle.model.gene_space;
  return from_matrix(cellmnn::changed_cells(space, to_matrix<float>(cells, "cells"),
                                            {{modelled_gene(space, gene), factor, plus}}));
}

val similar_genes(const ModelHandle& handle, val cells, std::string gene, double count) {
  const GeneSpace& space = handle.model.gene_space;
  const std::vector<Index> gene_alone = {modelled_gene(space, gene)};
  return list_of(
      cellmnn::similar_genes(space, to_matrix<float>(cells, "cells"), gene_alone, static_cast<Index>(count))
          .front(),
      [&](Index other) { return space.genes[static_cast<std::size_t>(other)]; });
}

val perturbation_report(const ModelHandle& handle, val cells, val t, std::string gene, double factor,
                        double plus, double time, double controls, bool with_w1) {
  PerturbationQuestion question;
  question.changes = {{modelled_gene(handle.model.gene_space, gene), factor, plus}};
  question.time = time;
  question.controls = static_cast<Index>(controls);
  question.w1 = with_w1;
  const PerturbationReport report = cellmnn::perturbation_report(
      {&handle.model, 1}, to_matrix<float>(cells, "cells"), to_vector<double>(t, "t"), question, serial);
  val result = val::object();
  result.set("time", report.time);
  result.set("cells", static_cast<double>(report.cells));
  result.set("ofMean", report.shift.of_mean);
  result.set("ofCells", report.shift.of_cells);
  result.set("w1", with_w1 ? val(report.w1) : val::undefined());
  result.set("genes", from_vector(report.gene_changes));
  result.set("controlMean", from_vector(report.control_mean));
  result.set("controlSd", from_vector(report.control_sd));
  result.set("controlShifts", emscripten::val::array(report.control_shifts));
  result.set("controlShift", report.control_shift);
  result.set("p", report.p);
  return result;
}

}  // namespace calls
}  // namespace cellmnn

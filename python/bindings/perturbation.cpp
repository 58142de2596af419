#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <span>

#include "cellmnn/error.hpp"
#include "cellmnn/perturbation_report.hpp"
#include "native/commands/input/model_genes.hpp"
#include "native/io/models/model_file.hpp"
#include "python/bindings/arrays.hpp"
#include "python/bindings/bindings.hpp"
#include "python/bindings/changes.hpp"
#include "python/bindings/course.hpp"
#include "python/bindings/job.hpp"

namespace cellmnn::python {
namespace {

using namespace nb::literals;

/// A model whose genes are named as the data name them, with the means of the data if it has none.
CellMnn complete(const ModelFile& file, const Course& course) {
  CellMnn model = file.model;
  modelled_genes(model.gene_space);  // says what is missing
  complete_gene_space(model.gene_space, course.file);
  require_gene_means(model.gene_space);
  return model;
}

struct Genes {
  CellMnn model;
};

Index gene_of(const Genes& genes, const std::string& name) {
  return modelled_gene(genes.model.gene_space, name);
}

nb::dict report(const Genes& genes, const FloatRows& cells, const Doubles& t, const GeneChanges& changes,
                double time, Index controls, bool with_w1, std::uint64_t seed, int threads) {
  const PerturbationQuestion question{gene_changes_of(changes), time, controls, with_w1, seed};
  const Vector<double> own = vector_of<double>(t);
  const auto x = rows_of(cells);
  PerturbationReport answer = result_with(threads, [&](Executor& executor) {
    return perturbation_report(std::span(&genes.model, 1), x, own, question, executor);
  });
  nb::dict result;
  result["time"] = answer.time;
  result["cells"] = answer.cells;
  result["shift_of_mean"] = answer.shift.of_mean;
  result["shift_of_cells"] = answer.shift.of_cells;
  result["w1"] = answer.w1;
  result["w1_error"] = answer.w1_error;
  result["controls"] = answer.control_shifts.size();
  result["control_shift"] = answer.control_shift;
  result["p"] = answer.p;
  result["change"] = array_of(std::move(answer.gene_changes));
  result["control_mean"] = array_of(std::move(answer.control_mean));
  result["control_sd"] = array_of(std::move(answer.control_sd));
  return result;
}

/// Of all modelled genes, or those named: dicts, the largest shift of the mean first.
nb::list screened(const Genes& genes, const FloatRows& cells, const Doubles& t,
                  const std::optional<std::vector<Index>>& asked, double times, double plus, double time,
                  Index controls, int threads, const nb::object& progress) {
  ScreenQuestion question{asked ? *asked : modelled_genes(genes.model.gene_space), times, plus, time,
                          controls};
  const Vector<double> own = vector_of<double>(t);
  const auto x = rows_of(cells);
  const std::vector<RankedGene> answer = result_of_job(threads, progress, [&](Job& job) {
    return ranked_screen(std::span(&genes.model, 1), x, own, question, job.executor);
  });
  nb::list ranked;
  for (const RankedGene& gene : answer) {
    nb::dict row;
    row["gene"] = genes.model.gene_space.genes[static_cast<std::size_t>(gene.gene)];
    row["shift_of_mean"] = gene.shift.of_mean;
    row["shift_of_cells"] = gene.shift.of_cells;
    row["expression"] = gene.expression;
    row["loading"] = gene.loading;
    row["control_z"] = gene.control_z;
    ranked.append(row);
  }
  return ranked;
}

}  // namespace

void bind_perturbation(nb::module_& module) {
  nb::class_<Genes>(module, "Genes")
      .def_static("of",
                  [](const ModelFile& file, const Course& course) { return Genes{complete(file, course)}; })
      .def_prop_ro("names", [](const Genes& genes) { return genes.model.gene_space.genes; })
      .def("index_of", &gene_of)
      .def("report", &report)
      .def("screen", &screened, "cells"_a, "t"_a, "asked"_a.none(), "times"_a, "plus"_a, "time"_a,
           "controls"_a, "threads"_a, "progress"_a.none());
}

}  // namespace cellmnn::python

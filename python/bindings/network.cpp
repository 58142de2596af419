#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/tuple.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "cellmnn/drawn_network.hpp"
#include "cellmnn/edge_evidence.hpp"
#include "cellmnn/error.hpp"
#include "cellmnn/expression_values.hpp"
#include "cellmnn/network_perturbation.hpp"
#include "native/commands/input/ko_conditions.hpp"
#include "native/commands/input/treatment.hpp"
#include "native/io/tables/lagged_edges.hpp"
#include "python/bindings/arrays.hpp"
#include "python/bindings/bindings.hpp"
#include "python/bindings/changes.hpp"
#include "python/bindings/course.hpp"
#include "python/bindings/job.hpp"

namespace cellmnn::python {
namespace {

using namespace nb::literals;

std::optional<ExpressionScale> scale_named(const std::optional<std::string>& name) {
  if (!name) return std::nullopt;
  if (*name == "counts") return ExpressionScale::counts;
  if (*name == "log") return ExpressionScale::log;
  throw Error(ErrorCode::usage, "values", " is '" + *name + "', but must be 'counts' or 'log'");
}

/// Of the genes that vary, and of a treatment.
struct Expression {
  CountsFile counts;
  KoConditions conditions;
  ExpressionScale scale;
};

Expression expression_of(const Floats& values, const Codes& columns, const Whole& starts,
                         const std::vector<std::string>& genes, const Course& course,
                         const std::optional<std::string>& scale,
                         const std::optional<std::pair<std::string, LabelColumn>>& knock_outs,
                         std::optional<double> treatment_from) {
  Expression result;
  result.counts.path = "adata";
  SparseMatrix& matrix = result.counts.values;
  matrix = sparse_of({values, columns, starts}, static_cast<Index>(genes.size()));
  if (matrix.rows != course.cells()) {
    throw Error(ErrorCode::bad_input, "the expression has " + std::to_string(matrix.rows) +
                                          " rows, but there are " + std::to_string(course.cells()) +
                                          " cells");
  }
  if (!std::all_of(matrix.values.begin(), matrix.values.end(),
                   [](float value) { return std::isfinite(value); }))
    throw Error(ErrorCode::bad_input, "the expression holds values that are not finite");
  result.scale = expression_scale(matrix, scale_named(scale));
  const std::vector<bool> varies = varying_genes(matrix);
  for (std::size_t g = 0; g < varies.size(); ++g) {
    if (varies[g]) result.counts.genes.push_back(genes[g]);
  }
  if (result.counts.genes.empty()) throw Error(ErrorCode::bad_input, "no gene varies between the cells");
  keep(matrix, std::vector<bool>(static_cast<std::size_t>(matrix.rows), true), varies);
  CellsOverTime cells;
  for (const Snapshot& snapshot : course.file.data.snapshots) cells.times.push_back(snapshot.time);
  cells.rows = course.file.rows;
  if (treatment_from) add_treatment(*treatment_from, cells, result.counts);
  if (knock_outs) {
    result.counts.obs = {*knock_outs};
    result.conditions = ko_conditions(result.counts, knock_outs->first, cells);
  } else {
    result.conditions = wild_type_alone(std::move(cells));
  }
  return result;
}

struct Network {
  LaggedOptions options;
  LaggedNetwork network;
  std::vector<GeneCourse> courses;       ///< of the first draw of cells: the wild type, then the knock-outs
  std::vector<std::vector<Index>> held;  ///< genes of each of these
  CellsOverTime cells;                   ///< of the wild type: rows of the expression

  const GeneCourse& course() const { return courses.front(); }
};

/// (source, target, sign, weight) of interactions that are known beforehand.
using Prior = std::vector<std::tuple<Index, Index, int, double>>;

Network network_of(const Expression& expression, const Whole& regulators, const Whole& inputs,
                   const Prior& prior, double prior_strength, int threads, const nb::object& progress,
                   bool for_changes) {
  Network result;
  result.options.regulators = indices_of(regulators);
  if (for_changes && result.options.regulators.empty()) result.options.ridge = kRidgeOfHeldGenes;
  result.options.inputs = indices_of(inputs);
  for (const auto& [source, target, sign, weight] : prior)
    result.options.prior.push_back({source, target, sign, weight});
  result.options.prior_strength = prior_strength;
  const KoConditions& conditions = expression.conditions;
  result.options.memory = usual_memory(conditions.cells.front().times);
  const CellDraws draws = usual_draws(conditions.cells, expression.counts.values.columns);
  DrawnNetwork fitted = result_of_job(threads, progress, [&](Job& job) {
    return drawn_network(expression.counts.values, conditions.cells, conditions.held, expression.scale,
                         result.options, draws, job.executor);
  });
  result.network = std::move(fitted.network);
  result.courses = std::move(fitted.courses);
  result.held = conditions.held;
  result.cells = std::move(fitted.cells.front());
  return result;
}

/// same_sign, p, correlation, correlation_within, confidence: (R, T) each.
nb::dict evidence_of(const Network& network, Index draws, Index permutations, std::uint64_t seed, int threads,
                     const nb::object& progress) {
  std::vector<Condition> conditions;
  for (std::size_t c = 0; c < network.courses.size(); ++c)
    conditions.push_back({&network.courses[c], network.held[c]});
  EdgeEvidence evidence = result_of_job(threads, progress, [&](Job& job) {
    return edge_evidence(conditions, network.options, network.network, {draws, permutations, seed},
                         job.executor);
  });
  nb::dict result;
  result["same_sign"] = array_of(std::move(evidence.same_sign));
  result["p"] = array_of(std::move(evidence.p));
  result["correlation"] = array_of(std::move(evidence.correlation));
  result["correlation_within"] = array_of(std::move(evidence.within));
  result["confidence"] = array_of(std::move(evidence.confidence));
  return result;
}

/// (row, column) of the edges, the highest score first: (E, 2).
auto ranked(const Network& network, std::optional<Index> top) {
  const auto places = ranked_edges(network.network, rank_scores(network.network),
                                   top.value_or(std::numeric_limits<Index>::max()));
  Matrix<std::int64_t> result(static_cast<Index>(places.size()), 2);
  for (std::size_t e = 0; e < places.size(); ++e)
    result.row(static_cast<Index>(e)) << places[e].first, places[e].second;
  return array_of(std::move(result));
}

/// The cells (N) that are chosen, at the first time that has any, as (snapshot, cells); None if none is.
std::optional<std::pair<Index, std::vector<Index>>> starting_cells(const Network& network,
                                                                   const Flags& chosen) {
  const std::vector<bool> flags(chosen.data(), chosen.data() + chosen.shape(0));
  const std::optional<StartingCells> found = first_chosen(network.cells, flags);
  if (!found) return std::nullopt;
  return std::pair(found->snapshot, found->cells);
}

auto changes(const Network& network, Index from, const std::vector<Index>& cells, const GeneChanges& genes,
             int threads) {
  const std::vector<GeneChange> parsed = gene_changes_of(genes);
  return array_of(result_with(threads, [&](Executor&) {
    return network_changes(network.course(), network.network, network.options.memory, {from, cells}, parsed);
  }));
}

/// (gene, change, gene that changes most, its change), the largest change first.
nb::list screen(const Network& network, Index from, const std::vector<Index>& cells, Index at,
                const Whole& genes, double times, double plus, int threads, const nb::object& progress) {
  const std::vector<Index> asked = indices_of(genes);
  const Matrix<double> changes = result_of_job(threads, progress, [&](Job& job) {
    return network_screen(network.course(), network.network, network.options.memory, {from, cells}, at, asked,
                          times, plus, job.executor);
  });
  nb::list ranked;
  for (const RankedRegulator& of : ranked_regulators(changes, asked))
    ranked.append(nb::make_tuple(of.gene, of.change, of.most, of.change_of_most));
  return ranked;
}

std::vector<std::int64_t> list_of(const std::vector<Index>& indices) {
  return {indices.begin(), indices.end()};
}

}  // namespace

void bind_network(nb::module_& module) {
  nb::class_<Expression>(module, "Expression")
      .def_prop_ro("genes", [](const Expression& self) { return self.counts.genes; })
      .def_prop_ro("times", [](const Expression& self) { return self.conditions.cells.front().times; })
      .def_prop_ro("knock_outs",
                   [](const Expression& self) {
                     const std::vector<std::string>& labels = self.conditions.labels;
                     return std::vector<std::string>(labels.begin() + 1, labels.end());
                   })
      .def_prop_ro("left_out", [](const Expression& self) { return self.conditions.left_out; });
  nb::class_<Network>(module, "Network")
      .def_prop_ro(
          "regulators", [](const Network& self) { return array_of(list_of(self.network.regulators)); },
          nb::rv_policy::move)
      .def_prop_ro(
          "targets", [](const Network& self) { return array_of(list_of(self.network.targets)); },
          nb::rv_policy::move)
      .def_prop_ro(
          "inputs", [](const Network& self) { return array_of(list_of(self.network.inputs)); },
          nb::rv_policy::move)
      .def_prop_ro(
          "effects", [](const Network& self) { return array_of(self.network.effects); }, nb::rv_policy::move)
      .def_prop_ro(
          "scores", [](const Network& self) { return array_of(rank_scores(self.network)); },
          nb::rv_policy::move)
      .def_prop_ro(
          "prior",
          [](const Network& self) { return array_of(prior_weights(self.network, self.options.prior)); },
          nb::rv_policy::move)
      .def_prop_ro("converged", [](const Network& self) { return self.network.converged; })
      .def_prop_ro("memory", [](const Network& self) { return self.options.memory; })
      .def("ranked", &ranked, nb::arg().none())
      .def_prop_ro(
          "tops", [](const Network& self) { return array_of(self.course().tops); }, nb::rv_policy::move)
      .def("evidence", &evidence_of, "draws"_a, "permutations"_a, "seed"_a, "threads"_a, "progress"_a.none())
      .def("starting_cells", &starting_cells)
      .def("changes", &changes, "from_"_a, "cells"_a, "genes"_a, "threads"_a)
      .def("screen", &screen, "from_"_a, "cells"_a, "at"_a, "genes"_a, "times"_a, "plus"_a, "threads"_a,
           "progress"_a.none());
  module.def("expression", &expression_of, "values"_a, "columns"_a, "starts"_a, "genes"_a, "course"_a,
             "scale"_a.none(), "knock_outs"_a.none(), "treatment_from"_a.none());
  module.def("network", &network_of, "expression"_a, "regulators"_a, "inputs"_a, "prior"_a,
             "prior_strength"_a, "threads"_a, "progress"_a.none(), "for_changes"_a = false);
}

}  // namespace cellmnn::python

#include <algorithm>
#include <memory>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

#include "cellmnn/drawn_network.hpp"
#include "cellmnn/edge_evidence.hpp"
#include "cellmnn/error.hpp"
#include "cellmnn/expression_values.hpp"
#include "cellmnn/nearest.hpp"
#include "cellmnn/network_perturbation.hpp"
#include "wasm/conversions.hpp"
#include "wasm/genes/genes_calls.hpp"

namespace cellmnn {
namespace {

using emscripten::val;

Index gene_named(const std::vector<std::string>& genes, const std::string& name) {
  const auto found = std::find(genes.begin(), genes.end(), name);
  if (found != genes.end()) return found - genes.begin();
  const std::string near = nearest(name, genes);
  throw Error(ErrorCode::bad_input, "'" + name + "' is none of the " + std::to_string(genes.size()) +
                                        " genes that vary" +
                                        (near.empty() ? "" : "; did you mean '" + near + "'?"));
}

/// Ascending, each once; none if there are no names.
std::vector<Index> genes_named(const std::vector<std::string>& genes, const val& names) {
  std::vector<Index> result;
  if (names.isUndefined()) return result;
  for (const std::string& name : emscripten::vecFromJSArray<std::string>(names))
    result.push_back(gene_named(genes, name));
  std::sort(result.begin(), result.end());
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

SparseMatrix sparse(const Matrix<float>& values, const std::vector<Index>& columns) {
  return sparse_matrix(values.rows(), std::ssize(columns), [&](const auto& visit) {
    for (Index row = 0; row < values.rows(); ++row) {
      for (std::size_t c = 0; c < columns.size(); ++c)
        visit(row, static_cast<Index>(c), values(row, columns[c]));
    }
  });
}

std::vector<Index> all_columns(Index count) {
  std::vector<Index> all(static_cast<std::size_t>(count));
  std::iota(all.begin(), all.end(), Index{0});
  return all;
}

CellsOverTime cells_over_time(const val& given) {
  CellsOverTime cells{boundary::to_numbers(given["times"], "times"), {}};
  const std::vector<double> starts = boundary::to_numbers(given["starts"], "starts");
  for (std::size_t k = 0; k < cells.times.size(); ++k) {
    std::vector<Index> rows(static_cast<std::size_t>(starts[k + 1] - starts[k]));
    std::iota(rows.begin(), rows.end(), static_cast<Index>(starts[k]));
    cells.rows.push_back(std::move(rows));
  }
  return cells;
}

std::optional<ExpressionScale> scale_of(const val& given) {
  if (given.isUndefined()) return std::nullopt;
  return given.as<std::string>() == "counts" ? ExpressionScale::counts : ExpressionScale::log;
}

val names_of(const NetworkHandle& handle, const std::vector<Index>& genes) {
  return boundary::list_of(genes, [&](Index gene) { return handle.genes[static_cast<std::size_t>(gene)]; });
}

/// That of kRidgeOfHeldGenes where all genes may act.
const LaggedNetwork& network_of_held_genes(const NetworkHandle& handle) {
  if (!handle.options.regulators.empty()) return handle.network;
  if (!handle.of_held_genes) {
    LaggedOptions options = handle.options;
    options.ridge = kRidgeOfHeldGenes;
    handle.of_held_genes = lagged_network(handle.course, options, boundary::serial);
  }
  return *handle.of_held_genes;
}

/// Of the other regulators, changed in the same way, how many change levels as much.
val others_text(const NetworkHandle& handle, const GeneChange& change, Index from, Index at, val result) {
  std::vector<Index> genes = handle.network.regulators;
  std::erase(genes, change.gene);
  genes.push_back(change.gene);
  const Matrix<double> changes =
      network_screen(handle.course, network_of_held_genes(handle), handle.options.memory, from, at, genes,
                     change.times, change.plus, boundary::serial);
  const auto size = [&](Index s) {
    return size_of_change(changes.row(s).transpose(), {genes[static_cast<std::size_t>(s)]});
  };
  const Index others = changes.rows() - 1;
  int as_large = 0;
  for (Index s = 0; s < others; ++s) as_large += size(s) >= size(others) ? 1 : 0;
  result.set("size", size(others));
  result.set("others", static_cast<double>(others));
  result.set("asLarge", as_large);
  return result;
}

}  // namespace

namespace genes_calls {

using boundary::from_matrix;
using boundary::from_vector;
using boundary::serial;

NetworkHandle* fit_network(val given, val scale, val regulators, val inputs) {
  const auto names = emscripten::vecFromJSArray<std::string>(given["genes"]);
  const auto values = boundary::to_matrix<float>(given["values"], "the expression");
  const SparseMatrix all = sparse(values, all_columns(values.cols()));
  const ExpressionScale used = expression_scale(all, scale_of(scale));
  const std::vector<bool> varies = varying_genes(all);
  auto handle = std::make_unique<NetworkHandle>();
  std::vector<Index> columns;
  for (std::size_t g = 0; g < names.size(); ++g) {
    if (!varies[g]) continue;
    columns.push_back(static_cast<Index>(g));
    handle->genes.push_back(names[g]);
  }
  if (columns.empty()) throw Error(ErrorCode::bad_input, "no gene has more than one value");
  const CellsOverTime cells = cells_over_time(given);
  handle->options.regulators = genes_named(handle->genes, regulators);
  handle->options.inputs = genes_named(handle->genes, inputs);
  handle->options.memory = usual_memory(cells.times);
  const CellDraws draws = usual_draws({cells}, std::ssize(columns));
  DrawnNetwork fitted =
      drawn_network(sparse(values, columns), {cells}, {{}}, used, handle->options, draws, serial);
  handle->course = std::move(fitted.courses.front());
  handle->network = std::move(fitted.network);
  return handle.release();
}

val network_parts(const NetworkHandle& handle) {
  const LaggedNetwork& network = handle.network;
  const std::vector<double>& times = handle.course.times;
  const double explained = explained_by_time(handle.course, network.targets);
  val parts = val::object();
  parts.set("genes", val::array(handle.genes));
  parts.set("regulators", names_of(handle, network.regulators));
  parts.set("targets", names_of(handle, network.targets));
  parts.set("inputs", names_of(handle, network.inputs));
  parts.set("times", val::array(times));
  parts.set("effects", from_matrix(network.effects));
  parts.set("scores", from_matrix(rank_scores(network)));
  parts.set("lag", (times.back() - times.front()) / static_cast<double>(times.size() - 1));
  parts.set("explainedByTime", explained);
  parts.set("directionsKnown", explained >= kLeastExplainedByTime);
  parts.set("converged", network.converged);
  return parts;
}

val edge_evidence(const NetworkHandle& handle, double draws, double permutations, double seed) {
  const Condition condition{&handle.course};
  const EvidenceOptions options{static_cast<Index>(draws), static_cast<Index>(permutations),
                                static_cast<std::uint64_t>(seed)};
  const EdgeEvidence found =
      cellmnn::edge_evidence({&condition, 1}, handle.options, handle.network, options, serial);
  const Matrix<double> agree = handle.network.effects.binaryExpr(found.within, &agreement);
  val result = val::object();
  result.set("sameSign", from_matrix(found.same_sign));
  result.set("p", from_matrix(found.p));
  result.set("regulatorP", from_vector(found.regulator_p));
  result.set("correlation", from_matrix(found.correlation));
  result.set("within", from_matrix(found.within));
  result.set("agreement", from_matrix(agree));
  result.set("confidence", from_matrix(found.confidence));
  return result;
}

val held_gene(const NetworkHandle& handle, std::string gene, double factor, double plus, double from,
              double at) {
  const GeneChange change{gene_named(handle.genes, gene), factor, plus};
  const std::vector<Index>& regulators = handle.network.regulators;
  if (!std::binary_search(regulators.begin(), regulators.end(), change.gene)) {
    throw Error(ErrorCode::bad_input, "'" + gene + "' is none of the " + std::to_string(regulators.size()) +
                                          " regulators, so that nothing would follow from its change");
  }
  const auto first = static_cast<Index>(from), last = static_cast<Index>(at);
  const Vector<double> levels =
      network_changes(handle.course, network_of_held_genes(handle), handle.options.memory, first, {change})
          .row(last - first)
          .transpose();
  val result = val::object();
  result.set("levels", from_vector(levels));
  result.set("expression", from_vector(Vector<double>(levels.cwiseProduct(handle.course.tops))));
  result.set("byCoExpression",
             from_vector(co_expression_changes(handle.course, change.gene, levels(change.gene))));
  return others_text(handle, change, first, last, result);
}

int live_handles() { return Handle::live; }

}  // namespace genes_calls
}  // namespace cellmnn

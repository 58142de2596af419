#include "genes/network_genes.hpp"

#include <algorithm>
#include <limits>

#include "cellmnn/error.hpp"

namespace cellmnn {
namespace {

constexpr double kConstant = 1e-9;    // largest range of the levels of an input within a snapshot
constexpr Index kMostPlanned = 2000;  // targets by which plans are made

/// Snapshots of one cell each say nothing about inputs.
bool is_found_input(std::span<const Condition> conditions, Index gene) {
  double least = std::numeric_limits<double>::infinity(), largest = -least;
  bool has_snapshots = false;
  for (const auto& [course, held] : conditions) {
    has_snapshots = has_snapshots || course->levels.rows() > course->snapshots();
    for (Index k = 0; k < course->snapshots(); ++k) {
      const auto levels = course->snapshot(k).col(gene);
      const double lowest = levels.minCoeff(), highest = levels.maxCoeff();
      if (highest - lowest >= kConstant) return false;
      least = std::min(least, lowest);
      largest = std::max(largest, highest);
    }
  }
  return has_snapshots && largest - least >= kConstant;
}

/// The `count` genes whose levels vary most over all cells, ascending.
std::vector<Index> most_varying(std::span<const Condition> conditions, std::vector<Index> genes,
                                Index count) {
  if (std::ssize(genes) <= count) return genes;
  const Index all = conditions.front().course->genes();
  Vector<double> sums = Vector<double>::Zero(all), squares = sums;
  double cells = 0;
  for (const auto& [course, held] : conditions) {
    sums += course->levels.colwise().sum().transpose();
    squares += course->levels.cwiseAbs2().colwise().sum().transpose();
    cells += static_cast<double>(course->levels.rows());
  }
  const Vector<double> variances = squares / cells - (sums / cells).cwiseAbs2();
  std::stable_sort(genes.begin(), genes.end(), [&](Index a, Index b) { return variances(a) > variances(b); });
  genes.resize(static_cast<std::size_t>(count));
  std::sort(genes.begin(), genes.end());
  return genes;
}

}  // namespace

NetworkGenes network_genes(std::span<const Condition> conditions, const LaggedOptions& options) {
  const Index count = conditions.front().course->genes();
  const auto genes = static_cast<std::size_t>(count);
  std::vector<bool> acts(genes, options.regulators.empty()), is_input(genes);
  for (const Index gene : options.regulators) acts[static_cast<std::size_t>(gene)] = true;
  for (const Index gene : options.inputs) is_input[static_cast<std::size_t>(gene)] = true;
  NetworkGenes chosen;
  for (std::size_t g = 0; g < genes; ++g) {
    const auto gene = static_cast<Index>(g);
    if (!is_input[g] && options.find_inputs) is_input[g] = is_found_input(conditions, gene);
    if (is_input[g] || acts[g]) chosen.regulators.push_back(gene);
    (is_input[g] ? chosen.inputs : chosen.targets).push_back(gene);
  }
  if (chosen.targets.empty()) {
    throw Error(
        ErrorCode::bad_input,
        "no gene varies between the cells of a snapshot, so that there is nothing to explain; expected "
        "expression of single cells");
  }
  chosen.planned = most_varying(conditions, chosen.targets, kMostPlanned);
  return chosen;
}

}  // namespace cellmnn

#include "cellmnn/expression_values.hpp"

#include <algorithm>
#include <cmath>

#include "base/text.hpp"
#include "cellmnn/error.hpp"

namespace cellmnn {
namespace {

constexpr float kLargestLog = 30;  // of any count below 1e13

}  // namespace

ExpressionScale expression_scale(const SparseMatrix& values, std::optional<ExpressionScale> given) {
  const std::vector<float>& entries = values.values;
  const auto whole = [](float value) { return value >= 0 && value == std::floor(value); };
  if (given.value_or(ExpressionScale::counts) == ExpressionScale::counts &&
      std::all_of(entries.begin(), entries.end(), whole)) {
    return ExpressionScale::counts;
  }
  if (given == ExpressionScale::counts) {
    throw Error(ErrorCode::bad_input, "values",
                " is counts, but not all values are whole numbers of 0 or more");
  }
  const auto largest = std::max_element(entries.begin(), entries.end());
  if (largest != entries.end() && *largest > kLargestLog) {
    throw Error(ErrorCode::bad_input,
                "the largest value is " + text(*largest) +
                    ", too large for a logarithm, and not all are whole numbers as counts are: give counts, "
                    "perhaps of another layer, or log-normalised values");
  }
  return ExpressionScale::log;
}

std::vector<bool> varying_genes(const SparseMatrix& values) {
  const auto genes = static_cast<std::size_t>(values.columns);
  std::vector<float> least(genes, 0), largest(genes, 0);
  std::vector<Index> entries(genes);
  for (Index cell = 0; cell < values.rows; ++cell) {
    values.for_row(cell, [&](Index gene, float value) {
      const auto g = static_cast<std::size_t>(gene);
      least[g] = entries[g] == 0 ? value : std::min(least[g], value);
      largest[g] = entries[g] == 0 ? value : std::max(largest[g], value);
      ++entries[g];
    });
  }
  std::vector<bool> varies(genes);
  for (std::size_t g = 0; g < genes; ++g) {
    varies[g] = entries[g] == values.rows ? largest[g] > least[g] : entries[g] > 0;
  }
  return varies;
}

}  // namespace cellmnn

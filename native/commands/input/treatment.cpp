#include "native/commands/input/treatment.hpp"

#include <algorithm>

#include "cellmnn/error.hpp"
#include "native/io/files/text.hpp"

namespace cellmnn {

void add_treatment(double from, const CellsOverTime& cells, CountsFile& file) {
  const std::vector<double>& times = cells.times;
  if (!(from >= times.front() && from < times.back())) {
    throw Error(ErrorCode::usage, "--treatment-from is " + number_text(from) + ", but the times of " +
                                      file.path + " are " + number_text(times.front()) + " to " +
                                      number_text(times.back()) +
                                      ": expected the first or a later one before the last");
  }
  if (std::find(file.genes.begin(), file.genes.end(), kTreatment) != file.genes.end()) {
    throw Error(ErrorCode::usage, std::string("--treatment-from adds a gene '") + kTreatment + "', but " +
                                      file.path + " has one: name it by --input");
  }
  std::vector<bool> treated(static_cast<std::size_t>(file.values.rows));
  for (std::size_t k = 0; k < times.size(); ++k) {
    for (const Index row : cells.rows[k]) treated[static_cast<std::size_t>(row)] = times[k] > from;
  }
  file.genes.emplace_back(kTreatment);
  const SparseMatrix& values = file.values;
  file.values = sparse_matrix(values.rows, values.columns + 1, [&](const auto& visit) {
    for (Index row = 0; row < values.rows; ++row) {
      values.for_row(row, [&](Index gene, float value) { visit(row, gene, value); });
      if (treated[static_cast<std::size_t>(row)]) visit(row, values.columns, 1.0F);
    }
  });
}

}  // namespace cellmnn

#include "native/commands/perturb/perturbation_text.hpp"

#include <algorithm>

#include "native/commands/perturb/gene_changes.hpp"
#include "native/io/files/text.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {

std::string report_text(const PerturbationReport& report, const std::vector<std::string>& genes,
                        const std::vector<GeneChange>& changes) {
  std::string text = "time " + number_text(report.time) + ", " + counted(report.cells, "cell") +
                     "\n  the mean prediction moves by " + fixed(report.shift.of_mean, 4) +
                     ", a cell by (root mean square) " + fixed(report.shift.of_cells, 4) + ", W1 " +
                     fixed(report.w1, 4) + (report.w1_error > 0 ? " +- " + fixed(report.w1_error, 4) : "") +
                     "\n";
  if (!report.control_shifts.empty()) {
    text += "  " + counted(static_cast<std::int64_t>(report.control_shifts.size()), "control gene") +
            " of similar loading and expression: median " + fixed(report.control_shift, 4) +
            ", p = " + fixed(report.p, 3) + "\n";
  }
  std::vector<Index> changed;
  changed.reserve(changes.size());
  for (const GeneChange& change : changes) changed.push_back(change.gene);
  const std::vector<Index> order = by_size_of_change(report.gene_changes, changed);
  Table table({"gene", "change", "of controls", "+-"});
  for (std::size_t g = 0; g < std::min(kGenesShown, order.size()); ++g) {
    const Index gene = order[g];
    table.add({genes[static_cast<std::size_t>(gene)], fixed(report.gene_changes(gene), 4),
               fixed(report.control_mean(gene), 4), fixed(report.control_sd(gene), 4)});
  }
  return text + table.text();
}

}  // namespace cellmnn

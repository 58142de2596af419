#include "native/commands/perturb/network_report.hpp"

#include <algorithm>
#include <ostream>

#include "cellmnn/network_perturbation.hpp"
#include "native/commands/perturb/gene_changes.hpp"
#include "native/commands/perturb/held_genes.hpp"
#include "native/commands/perturb/network_screen.hpp"
#include "native/commands/perturb/perturbation_text.hpp"
#include "native/io/files/csv.hpp"
#include "native/io/files/output_file.hpp"
#include "native/io/files/text.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

std::string change_table(const ExpressionCourse& data, const Vector<double>& change,
                         const Vector<double>& beside, const std::vector<Index>& held) {
  const std::vector<Index> order = by_size_of_change(change, held);
  Table table({"gene", "change of level", "of expression", "by co-expression"});
  for (std::size_t g = 0; g < std::min(kGenesShown, order.size()); ++g) {
    const Index gene = order[g];
    table.add({data.genes[static_cast<std::size_t>(gene)], fixed(change(gene), 4),
               fixed(change(gene) * data.course.tops(gene), 4), fixed(beside(gene), 4)});
  }
  return table.text();
}

/// "; of the 8 other regulators 2 change as much, p = 0.33": the same change of each by itself.
std::string null_text(const LaggedInput& input, const StartingCells& from, Index at, const GeneChange& change,
                      Executor& executor) {
  std::vector<Index> genes = input.network.regulators;
  std::erase(genes, change.gene);
  const auto others = std::ssize(genes);
  if (others == 0) return "";
  genes.push_back(change.gene);
  const Matrix<double> changes = network_screen(input.data.course, input.network, input.options.memory, from,
                                                at, genes, change.times, change.plus, executor);
  const auto size = [&](Index s) {
    return size_of_change(changes.row(s).transpose(), {genes[static_cast<std::size_t>(s)]});
  };
  Index as_large = 0;
  for (Index s = 0; s < others; ++s) as_large += size(s) >= size(others) ? 1 : 0;
  return "; of the " + counted(others, "other regulator") + " " + std::to_string(as_large) +
         " would change as much, p = " +
         fixed(static_cast<double>(1 + as_large) / static_cast<double>(1 + others), 2);
}

void answer_changes(const LaggedInput& input, const NetworkQuestion& question, std::ostream& out,
                    Session& session) {
  const ExpressionCourse& data = input.data;
  const StartingCells from = starting_cells(data, question.group);
  std::vector<GeneChange> changes;
  std::vector<Index> held;
  for (const auto& [name, change] : question.changes) {
    held.push_back(acting_gene(input, name, "--gene"));
    changes.push_back({held.back(), change.times, change.plus});
  }
  const std::vector<Index> answers = chosen_snapshots(data, question.times, from.snapshot);
  const Matrix<double> path =
      network_changes(data.course, input.network, input.options.memory, from, changes);
  std::string text = "time\tgene\tchange\tchange_of_expression\tby_co_expression\n";
  for (const Index k : answers) {
    const Vector<double> change = path.row(k - from.snapshot).transpose();
    Vector<double> beside = Vector<double>::Zero(change.size());
    for (const Index gene : held) beside += co_expression_changes(data.course, gene, change(gene));
    const double time = data.course.times[static_cast<std::size_t>(k)];
    out << "time " << time_text(data, time) << ", " << cells_text(data, from, question.group)
        << " followed by the network; levels change by (root mean square) "
        << fixed(size_of_change(change, held), 4)
        << (changes.size() == 1 ? null_text(input, from, k, changes.front(), session.pool()) : "") << "\n"
        << change_table(data, change, beside, held);
    for (Index g = 0; g < change.size(); ++g) {
      if (std::find(held.begin(), held.end(), g) != held.end()) continue;
      text += number_text(time) + "\t" + csv_field(data.genes[static_cast<std::size_t>(g)]) + "\t" +
              number_text(change(g)) + "\t" + number_text(change(g) * data.course.tops(g)) + "\t" +
              number_text(beside(g)) + "\n";
    }
  }
  if (!question.output.empty()) write_file(question.output, text);
}

}  // namespace

void answer_by_network(const LaggedInput& input, const NetworkQuestion& question, std::ostream& out,
                       Session& session) {
  if (question.screened.empty()) {
    answer_changes(input, question, out, session);
    out << direction_text(input.data, input.network);
    return;
  }
  const Screen screen = question.pairs ? screen_of_pairs(input, question, session)
                                       : screen_by_network(input, question, session);
  give_screen(screen, question.part, question.output, out);
}

}  // namespace cellmnn

#include "native/commands/perturb/network_report.hpp"

#include <algorithm>
#include <cmath>
#include <ostream>

#include "cellmnn/error.hpp"
#include "cellmnn/network_perturbation.hpp"
#include "native/command_line/values.hpp"
#include "native/commands/perturb/gene_changes.hpp"
#include "native/commands/perturb/perturbation_text.hpp"
#include "native/io/files/csv.hpp"
#include "native/io/files/output_file.hpp"
#include "native/io/files/text.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

constexpr std::size_t kScreenShown = 20;

Index snapshot_at(const ExpressionCourse& data, double time, const std::string& option) {
  const std::vector<double>& times = data.course.times;
  for (std::size_t k = 0; k < times.size(); ++k) {
    if (std::abs(times[k] - time) <= 1e-6 * std::abs(time)) return static_cast<Index>(k);
  }
  std::vector<std::string> known;
  known.reserve(times.size());
  for (const double measured : times) known.push_back(number_text(measured));
  throw Error(ErrorCode::usage, option + " is " + number_text(time) +
                                    ", but the network steps from one measured time to the next: expected " +
                                    enumerated(known));
}

Index first_snapshot(const ExpressionCourse& data, const std::string& group) {
  if (group.empty()) return 0;
  if (!group.starts_with("time=")) {
    throw Error(ErrorCode::usage, "--group is '" + group +
                                      "', but by the network it must be time=T: levels are "
                                      "followed for all cells of a time");
  }
  return snapshot_at(data, parse_number("--group", group.substr(5)), "--group");
}

/// The snapshots of the answers.
std::vector<Index> chosen_snapshots(const ExpressionCourse& data, const std::vector<double>& times,
                                    Index from) {
  std::vector<Index> chosen;
  for (const double time : times) {
    chosen.push_back(snapshot_at(data, time, "--times"));
    if (chosen.back() > from) continue;
    throw Error(ErrorCode::usage, "--times has " + number_text(time) + ", but the genes are held from " +
                                      number_text(data.course.times[static_cast<std::size_t>(from)]) +
                                      " on: expected a later time");
  }
  if (times.empty()) {
    for (Index k = from + 1; k < data.course.snapshots(); ++k) chosen.push_back(k);
  }
  if (chosen.empty())
    throw Error(ErrorCode::usage, "--group is the last time, after which there is nothing to tell");
  return chosen;
}

/// A gene that acts: a change of another would do nothing.
Index acting_gene(const LaggedInput& input, const std::string& name, const std::string& option) {
  const Index gene = gene_named(input.data, name, option);
  const std::vector<Index>& regulators = input.network.regulators;
  if (!std::binary_search(regulators.begin(), regulators.end(), gene)) {
    throw Error(ErrorCode::bad_input, option + ": '" + name + "' is none of the " +
                                          counted(std::ssize(regulators), "regulator") +
                                          ", so that nothing would follow from its change");
  }
  return gene;
}

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
std::string null_text(const LaggedInput& input, Index from, Index at, const GeneChange& change,
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
  const Index from = first_snapshot(data, question.group);
  std::vector<GeneChange> changes;
  std::vector<Index> held;
  for (const auto& [name, change] : question.changes) {
    held.push_back(acting_gene(input, name, "--gene"));
    changes.push_back({held.back(), change.times, change.plus});
  }
  const std::vector<Index> answers = chosen_snapshots(data, question.times, from);
  const Matrix<double> path =
      network_changes(data.course, input.network, input.options.memory, from, changes);
  std::string text = "time\tgene\tchange\tchange_of_expression\tby_co_expression\n";
  for (const Index k : answers) {
    const Vector<double> change = path.row(k - from).transpose();
    Vector<double> beside = Vector<double>::Zero(change.size());
    for (const Index gene : held) beside += co_expression_changes(data.course, gene, change(gene));
    const double time = data.course.times[static_cast<std::size_t>(k)];
    out << "time " << time_text(data, time) << ", " << counted(data.course.cells(from), "cell") << " of time "
        << time_text(data, data.course.times[static_cast<std::size_t>(from)])
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

void answer_screen(const LaggedInput& input, const NetworkQuestion& question, std::ostream& out,
                   Session& session) {
  const ExpressionCourse& data = input.data;
  std::vector<Index> genes;
  if (question.screened == "all") {
    genes = input.network.regulators;
  } else {
    for (const std::string& name : parse_list("--screen", question.screened))
      genes.push_back(acting_gene(input, name, "--screen"));
  }
  const Index from = first_snapshot(data, question.group);
  const Index at = chosen_snapshots(data, question.times, from).back();
  const Matrix<double> changes =
      network_screen(data.course, input.network, input.options.memory, from, at, genes,
                     question.screen_change.times, question.screen_change.plus, session.pool());
  const std::vector<RankedRegulator> ranked = ranked_regulators(changes, genes);

  std::string text = "rank\tgene\tchange\tlargest_gene\tlargest_change\n";
  Table table({"rank", "gene", "change of levels", "most of all in", "by"});
  for (std::size_t r = 0; r < ranked.size(); ++r) {
    const RankedRegulator& of = ranked[r];
    const std::string& name = data.genes[static_cast<std::size_t>(of.gene)];
    const std::string& other = data.genes[static_cast<std::size_t>(of.most)];
    text += std::to_string(r + 1) + "\t" + csv_field(name) + "\t" + number_text(of.change) + "\t" +
            csv_field(other) + "\t" + number_text(of.change_of_most) + "\n";
    if (r < kScreenShown)
      table.add({std::to_string(r + 1), name, fixed(of.change, 4), other, fixed(of.change_of_most, 4)});
  }
  out << counted(std::ssize(genes), "gene") << ", each held by itself from time "
      << time_text(data, data.course.times[static_cast<std::size_t>(from)]) << " on, at time "
      << time_text(data, data.course.times[static_cast<std::size_t>(at)]) << "\n"
      << table.text();
  if (!question.output.empty()) write_file(question.output, text);
}

}  // namespace

void answer_by_network(const LaggedInput& input, const NetworkQuestion& question, std::ostream& out,
                       Session& session) {
  if (question.screened.empty()) {
    answer_changes(input, question, out, session);
  } else {
    answer_screen(input, question, out, session);
  }
}

}  // namespace cellmnn

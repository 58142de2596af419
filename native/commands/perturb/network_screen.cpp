#include "native/commands/perturb/network_screen.hpp"

#include <algorithm>
#include <numeric>
#include <ostream>

#include "cellmnn/error.hpp"
#include "cellmnn/network_perturbation.hpp"
#include "native/command_line/values.hpp"
#include "native/commands/perturb/held_genes.hpp"
#include "native/io/files/csv.hpp"
#include "native/io/files/output_file.hpp"
#include "native/io/files/text.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

constexpr std::size_t kScreenShown = 20;

/// What each set of changes does at the last time of the question, or the one that it names.
struct ScreenAnswer {
  StartingCells from = 0;
  Index at = 0;
  Matrix<double> changes;     // (sets, G) of levels
  std::vector<double> sizes;  // (sets)
};

std::vector<Index> screened_genes(const LaggedInput& input, const std::string& screened) {
  if (screened == "all") return input.network.regulators;
  std::vector<Index> genes;
  for (const std::string& name : parse_list("--screen", screened))
    genes.push_back(acting_gene(input, name, "--screen"));
  return genes;
}

ScreenAnswer screened(const LaggedInput& input, const NetworkQuestion& question,
                      const std::vector<std::vector<Index>>& sets, Session& session) {
  const ExpressionCourse& data = input.data;
  ScreenAnswer answer;
  answer.from = starting_cells(data, question.group);
  answer.at = chosen_snapshots(data, question.times, answer.from.snapshot).back();
  std::vector<std::vector<GeneChange>> changes;
  for (const std::vector<Index>& genes : sets) {
    changes.emplace_back();
    for (const Index gene : genes)
      changes.back().push_back({gene, question.screen_change.times, question.screen_change.plus});
  }
  answer.changes = network_screen(data.course, input.network, input.options.memory, answer.from, answer.at,
                                  changes, session.pool());
  for (std::size_t s = 0; s < sets.size(); ++s)
    answer.sizes.push_back(size_of_change(answer.changes.row(static_cast<Index>(s)).transpose(), sets[s]));
  return answer;
}

std::vector<std::size_t> largest_first(const std::vector<double>& sizes) {
  std::vector<std::size_t> order(sizes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return sizes[a] > sizes[b]; });
  return order;
}

std::string screen_title(const ExpressionCourse& data, const ScreenAnswer& answer, const std::string& group,
                         const std::string& what) {
  return what + " held by itself in " + cells_text(data, answer.from, group) +
         " and what comes of them, at time " +
         time_text(data, data.course.times[static_cast<std::size_t>(answer.at)]) + "\n";
}

void require_few_pairs(Index genes) {
  constexpr Index kMostPairs = 20000;
  const Index pairs = genes * (genes - 1) / 2;
  if (pairs > 0 && pairs <= kMostPairs) return;
  throw Error(ErrorCode::usage, "--screen-pairs of " + counted(genes, "gene") + " would be " +
                                    counted(pairs, "pair") + ", but must be 1 to " +
                                    std::to_string(kMostPairs) + ": name the genes by --screen GENE,...");
}

}  // namespace

void answer_screen(const LaggedInput& input, const NetworkQuestion& question, std::ostream& out,
                   Session& session) {
  const ExpressionCourse& data = input.data;
  const std::vector<Index> genes = screened_genes(input, question.screened);
  std::vector<std::vector<Index>> sets;
  sets.reserve(genes.size());
  for (const Index gene : genes) sets.push_back({gene});
  const ScreenAnswer answer = screened(input, question, sets, session);
  const std::vector<RankedRegulator> ranked = ranked_regulators(answer.changes, genes);

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
  out << screen_title(data, answer, question.group, counted(std::ssize(sets), "gene") + ", each")
      << table.text();
  if (!question.output.empty()) write_file(question.output, text);
}

void answer_pairs(const LaggedInput& input, const NetworkQuestion& question, std::ostream& out,
                  Session& session) {
  const ExpressionCourse& data = input.data;
  std::vector<Index> genes = screened_genes(input, question.screened);
  std::sort(genes.begin(), genes.end());
  genes.erase(std::unique(genes.begin(), genes.end()), genes.end());
  const auto count = std::ssize(genes);
  require_few_pairs(count);
  std::vector<std::vector<Index>> sets;
  sets.reserve(genes.size());
  for (const Index gene : genes) sets.push_back({gene});
  std::vector<std::pair<Index, Index>> places;
  for (Index a = 0; a < count; ++a) {
    for (Index b = a + 1; b < count; ++b) {
      places.emplace_back(a, b);
      sets.push_back({genes[static_cast<std::size_t>(a)], genes[static_cast<std::size_t>(b)]});
    }
  }
  const ScreenAnswer answer = screened(input, question, sets, session);

  std::vector<double> beyond;  // root mean square of what the sum of both does not say
  for (std::size_t p = 0; p < places.size(); ++p) {
    const auto& [a, b] = places[p];
    const Vector<double> rest =
        (answer.changes.row(count + static_cast<Index>(p)) - answer.changes.row(a) - answer.changes.row(b))
            .transpose();
    beyond.push_back(size_of_change(rest, sets[static_cast<std::size_t>(count) + p]));
  }
  std::string text = "rank\tgene\tother_gene\tchange\tbeyond_sum\n";
  Table table({"rank", "gene", "other gene", "change of levels", "beyond the sum of both"});
  std::size_t rank = 0;
  for (const std::size_t p : largest_first(beyond)) {
    const std::string& gene =
        data.genes[static_cast<std::size_t>(sets[static_cast<std::size_t>(count) + p][0])];
    const std::string& other =
        data.genes[static_cast<std::size_t>(sets[static_cast<std::size_t>(count) + p][1])];
    const double size = answer.sizes[static_cast<std::size_t>(count) + p];
    text += std::to_string(++rank) + "\t" + csv_field(gene) + "\t" + csv_field(other) + "\t" +
            number_text(size) + "\t" + number_text(beyond[p]) + "\n";
    if (rank <= kScreenShown)
      table.add({std::to_string(rank), gene, other, fixed(size, 4), fixed(beyond[p], 4)});
  }
  out << screen_title(data, answer, question.group, counted(std::ssize(places), "pair") + " of genes, each")
      << table.text();
  if (!question.output.empty()) write_file(question.output, text);
}

}  // namespace cellmnn

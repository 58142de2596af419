#include "native/commands/perturb/network_screen.hpp"

#include <algorithm>

#include "cellmnn/error.hpp"
#include "cellmnn/network_perturbation.hpp"
#include "native/command_line/values.hpp"
#include "native/commands/perturb/held_genes.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

/// In which cells genes are held, and up to when.
struct Held {
  StartingCells from;
  Index at;
};

Held when_held(const LaggedInput& input, const NetworkQuestion& question) {
  const StartingCells from = starting_cells(input.data, question.group);
  return {from, chosen_snapshots(input.data, question.times, from.snapshot).back()};
}

std::vector<Index> screened_genes(const LaggedInput& input, const std::string& screened) {
  if (screened == "all") return input.network.regulators;
  std::vector<Index> genes;
  for (const std::string& name : parse_list("--screen", screened))
    genes.push_back(acting_gene(input, name, "--screen"));
  return genes;
}

/// Changes of levels (sets, G), the genes of a set held together.
Matrix<double> changes_of_sets(const LaggedInput& input, const NetworkQuestion& question, const Held& when,
                               const std::vector<std::vector<Index>>& sets, Session& session) {
  std::vector<std::vector<GeneChange>> changes;
  for (const std::vector<Index>& genes : sets) {
    changes.emplace_back();
    for (const Index gene : genes)
      changes.back().push_back({gene, question.screen_change.times, question.screen_change.plus});
  }
  return network_screen(input.data.course, input.network, input.options.memory, when.from, when.at, changes,
                        session.pool());
}

/// Of the network and the state from which all sets are followed.
std::uint64_t fingerprint_of_network(const LaggedInput& input, const StartingCells& from) {
  const LaggedNetwork& network = input.network;
  TimeCourse numbers;
  const auto add = [&](const Matrix<double>& values) {
    Snapshot& snapshot = numbers.snapshots.emplace_back();
    snapshot.cells = values.cast<float>();
  };
  add(network.effects);
  add(network.offsets.transpose());
  add(levels_of(input.data.course, from).colwise().mean());
  return fingerprint(numbers);
}

Screen empty_screen(const char* kind, const LaggedInput& input, const NetworkQuestion& question,
                    const Held& when, const std::string& count, const std::vector<Index>& genes) {
  const ExpressionCourse& data = input.data;
  const auto time_of = [&](Index k) { return data.course.times[static_cast<std::size_t>(k)]; };
  Screen screen;
  screen.kind = kind;
  std::vector<std::string> names;
  names.reserve(genes.size());
  for (const Index gene : genes) names.push_back(data.genes[static_cast<std::size_t>(gene)]);
  screen.question = {{"version", CELLMNN_VERSION},
                     {"kind", kind},
                     {"network", fingerprint_of_network(input, when.from)},
                     {"genes", names},
                     {"to", {{"times", question.screen_change.times}, {"plus", question.screen_change.plus}}},
                     {"group", question.group},
                     {"from_time", time_of(when.from.snapshot)},
                     {"time", time_of(when.at)}};
  screen.title = count + ", each held by itself in " + cells_text(data, when.from, question.group) +
                 " and what comes of them, at time " + time_text(data, time_of(when.at)) + "\n";
  screen.note = direction_text(data, input.network);
  return screen;
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

Screen screen_by_network(const LaggedInput& input, const NetworkQuestion& question, Session& session) {
  const Held when = when_held(input, question);
  const std::vector<Index> all = screened_genes(input, question.screened);
  Screen screen =
      empty_screen(screen_kind::kNetwork, input, question, when, counted(std::ssize(all), "gene"), all);
  const auto [begin, end] = rows_of_part(question.part, all.size(), kSetsTogether);
  const std::vector<Index> genes(all.begin() + static_cast<std::ptrdiff_t>(begin),
                                 all.begin() + static_cast<std::ptrdiff_t>(end));
  std::vector<std::vector<Index>> sets;
  sets.reserve(genes.size());
  for (const Index gene : genes) sets.push_back({gene});
  const Matrix<double> changes = changes_of_sets(input, question, when, sets, session);
  const auto name_of = [&](Index gene) { return input.data.genes[static_cast<std::size_t>(gene)]; };
  for (const RankedRegulator& of : ranked_regulators(changes, genes)) {
    screen.rows.push_back({{"gene", name_of(of.gene)},
                           {"change", of.change},
                           {"largest_gene", name_of(of.most)},
                           {"largest_change", of.change_of_most}});
  }
  return screen;
}

Screen screen_of_pairs(const LaggedInput& input, const NetworkQuestion& question, Session& session) {
  const Held when = when_held(input, question);
  std::vector<Index> genes = screened_genes(input, question.screened);
  std::sort(genes.begin(), genes.end());
  genes.erase(std::unique(genes.begin(), genes.end()), genes.end());
  const auto count = std::ssize(genes);
  require_few_pairs(count);
  std::vector<std::vector<Index>> single;
  single.reserve(genes.size());
  for (const Index gene : genes) single.push_back({gene});
  std::vector<std::pair<Index, Index>> pairs;  // places in `genes`
  for (Index a = 0; a < count; ++a) {
    for (Index b = a + 1; b < count; ++b) pairs.emplace_back(a, b);
  }
  Screen screen = empty_screen(screen_kind::kPairs, input, question, when,
                               counted(std::ssize(pairs), "pair") + " of genes", genes);
  const auto [begin, end] = rows_of_part(question.part, pairs.size(), kSetsTogether);
  std::vector<std::vector<Index>> sets;
  for (std::size_t p = begin; p < end; ++p) {
    sets.push_back(
        {genes[static_cast<std::size_t>(pairs[p].first)], genes[static_cast<std::size_t>(pairs[p].second)]});
  }
  const Matrix<double> alone = changes_of_sets(input, question, when, single, session);
  const Matrix<double> together = changes_of_sets(input, question, when, sets, session);
  for (std::size_t s = 0; s < sets.size(); ++s) {
    const auto& [a, b] = pairs[begin + s];
    const Vector<double> change = together.row(static_cast<Index>(s)).transpose();
    const Vector<double> rest = change - alone.row(a).transpose() - alone.row(b).transpose();
    screen.rows.push_back({{"gene", input.data.genes[static_cast<std::size_t>(sets[s][0])]},
                           {"other_gene", input.data.genes[static_cast<std::size_t>(sets[s][1])]},
                           {"change", size_of_change(change, sets[s])},
                           {"beyond_sum", size_of_change(rest, sets[s])}});  // root mean square
  }
  return screen;
}

}  // namespace cellmnn

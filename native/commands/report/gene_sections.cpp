#include <algorithm>
#include <cmath>

#include "cellmnn/edge_evidence.hpp"
#include "cellmnn/error.hpp"
#include "cellmnn/fate_drivers.hpp"
#include "cellmnn/fate_trends.hpp"
#include "native/commands/input/lagged_input.hpp"
#include "native/commands/pages/html.hpp"
#include "native/commands/report/report_sections.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/text.hpp"
#include "native/io/tables/lagged_edges.hpp"
#include "native/pictures/pictures.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

constexpr std::size_t kDriversShown = 8, kTrendsOfFate = 2, kMostTrends = 6;
constexpr double kPartlyKnown = 0.05, kStandardErrors = 1.96;
constexpr Index kEdgesShown = 20, kEdgesAround = 10;
constexpr int kTrendSteps = 4;

/// The first time at which enough is known, or else that at which most is.
std::optional<std::size_t> time_of_drivers(const ReportSubject& subject, const Fates& fates) {
  std::optional<std::size_t> best;
  for (std::size_t s = 0; s + 1 < fates.known.size(); ++s) {
    const bool has_cells = subject.file.data.snapshots[s].cells.rows() >= kLeastCellsForDrivers;
    if (!has_cells || fates.known[s] < kKnownForDrivers) continue;
    if (fates.known[s] >= kPartlyKnown) return s;
    if (!best || fates.known[s] > fates.known[*best]) best = s;
  }
  return best;
}

TrendsPicture trends_picture(const ReportSubject& subject, const ReportedFates& reported,
                             const std::vector<Index>& genes) {
  const CourseTrends trends = course_trends(subject.file.data, reported.fates, genes, kTrendSteps);
  TrendsPicture picture{reported.fates.names, reported.colors, trends.times, {}, {}, {}};
  for (std::size_t g = 0; g < genes.size(); ++g) {
    const auto column = static_cast<Index>(g);
    picture.genes.push_back(subject.file.genes[static_cast<std::size_t>(genes[g])]);
    picture.lines.emplace_back();
    for (const Trend& trend : trends.of_fates) {
      TrendsPicture::Line line;
      for (Index t = 0; t < trend.mean.rows(); ++t) {
        const double half = kStandardErrors * trend.error(t, column);
        line.mean.push_back(trend.mean(t, column));
        line.low.push_back(trend.mean(t, column) - half);
        line.high.push_back(trend.mean(t, column) + half);
      }
      picture.lines.back().push_back(std::move(line));
    }
    picture.all.emplace_back(trends.times.size(), NAN);
    for (Index s = 0; s < trends.all.rows(); ++s) {
      picture.all.back()[static_cast<std::size_t>(s * kTrendSteps)] = trends.all(s, column);
    }
  }
  return picture;
}

LaggedEdges fitted_edges(const ReportSubject& subject, Session& session) {
  const LaggedInput input =
      read_lagged_input(subject.data, {}, "", LaggedOptions{}.ridge, session, subject.network_genes);
  EvidenceOptions options;
  options.permutations = 0;
  LaggedEdges edges{input.data.genes, input.network, rank_scores(input.network), {}, 0, {}, {}};
  edges.evidence =
      edge_evidence(conditions_of(input.data), input.options, edges.network, options, session.pool());
  edges.ranked = ranked_edges(edges.network, edges.scores, std::ssize(input.data.genes) * kEdgesAround);
  return edges;
}

/// The gene of most of the strongest edges, with its own.
NetworkPicture busiest(const LaggedEdges& edges) {
  std::vector<Index> count(edges.genes.size());
  const auto first = std::min<std::size_t>(edges.ranked.size(), 60);
  const auto gene_of = [&](const std::vector<Index>& genes, Index place) {
    return static_cast<std::size_t>(genes[static_cast<std::size_t>(place)]);
  };
  for (std::size_t e = 0; e < first; ++e) {
    ++count[gene_of(edges.network.regulators, edges.ranked[e].first)];
    ++count[gene_of(edges.network.targets, edges.ranked[e].second)];
  }
  NetworkPicture picture;
  picture.gene =
      edges.genes[static_cast<std::size_t>(std::max_element(count.begin(), count.end()) - count.begin())];
  for (const auto& [row, column] : edges.ranked) {
    const double score = edges.scores(row, column), sure = edges.evidence.confidence(row, column);
    if (edges.target(column) == picture.gene && std::ssize(picture.sources) < kEdgesAround) {
      picture.sources.push_back({edges.source(row), score, sure});
    }
    if (edges.source(row) == picture.gene && std::ssize(picture.targets) < kEdgesAround) {
      picture.targets.push_back({edges.target(column), score, sure});
    }
  }
  return picture;
}

}  // namespace

std::string drivers_section(const ReportSubject& subject, const ReportedFates& reported, Session& session) {
  const std::string title = "Drivers: genes that differ between fates";
  if (subject.file.genes.empty())
    return html::section(title, html::paragraph("The file has no expression in X."));
  const std::optional<std::size_t> at = time_of_drivers(subject, reported.fates);
  if (!at) {
    return html::section(title,
                         html::paragraph("At no time is enough known of the fates of cells to tell genes."));
  }
  const Snapshot& snapshot = subject.file.data.snapshots[*at];
  DriverOptions options;
  options.seed = subject.fates.options.seed;
  const std::vector<FateDrivers> drivers =
      fate_drivers(snapshot.expression, reported.fates.probabilities[*at], options, session.pool());
  const Matrix<double> at_end = differences_at_end(subject.file.data.snapshots.back().expression,
                                                   reported.fates.probabilities.back(), session.pool());
  std::vector<std::vector<std::string>> rows;
  std::vector<Index> shown;
  for (std::size_t f = 0; f < drivers.size(); ++f) {
    const std::vector<Index> order = ranked_drivers(drivers[f].difference, at_end.row(static_cast<Index>(f)));
    for (std::size_t k = 0; k < std::min(order.size(), kDriversShown); ++k) {
      const Index g = order[k];
      rows.push_back({reported.fates.names[f], subject.file.genes[static_cast<std::size_t>(g)],
                      fixed(drivers[f].difference(g), 2), fixed(drivers[f].effect(g), 2),
                      fixed(drivers[f].q(g), 3)});
      const bool is_new = std::find(shown.begin(), shown.end(), g) == shown.end();
      if (is_new && shown.size() < std::min(kMostTrends, kTrendsOfFate * (f + 1))) shown.push_back(g);
    }
  }
  std::string inside =
      html::paragraph("Time " + time_name(snapshot) + ", where the fates of cells are " +
                      known_in_words(reported.fates.known[*at]) +
                      ": the quarter of the cells with the highest probability of a fate against "
                      "the quarter with the lowest.");
  inside += html::table({"fate", "gene", "difference", "effect, in SD", "q"}, rows);
  inside +=
      html::figure(drawn(trends_picture(subject, reported, shown)).element(),
                   "Mean expression over the cells that reach each fate, with 95 % intervals; dots are the "
                   "mean of all cells of a time.");
  inside += html::remark(
      "A high rank does not mean that a gene decides: it may follow. q is against cells in "
      "random order.");
  return html::section(title, inside);
}

std::string network_section(const ReportSubject& subject, Session& session) {
  const std::string title = "Interactions between genes";
  if (subject.network_genes == 0) return "";
  if (subject.file.genes.empty())
    return html::section(title, html::paragraph("The file has no expression in X."));
  LaggedEdges edges;
  try {
    edges = fitted_edges(subject, session);
  } catch (const ReadFailure&) {
    throw;
  } catch (const Error& error) {
    if (error.code() != ErrorCode::bad_input) throw;
    return html::section(title, html::paragraph(std::string("No network: ") + error.what() + "."));
  }
  std::vector<std::vector<std::string>> rows;
  for (std::size_t e = 0; e < std::min<std::size_t>(edges.ranked.size(), kEdgesShown); ++e) {
    const auto [row, column] = edges.ranked[e];
    rows.push_back({edges.source(row), edges.scores(row, column) < 0 ? "represses" : "activates",
                    edges.target(column), fixed(edges.scores(row, column), 2),
                    fixed(edges.evidence.same_sign(row, column), 2),
                    fixed(edges.evidence.confidence(row, column), 2)});
  }
  std::string inside =
      html::paragraph("The strongest edges between the " + std::to_string(edges.genes.size()) +
                      " genes that vary most, from expression over time alone.");
  inside += html::table({"source", "", "target", "score", "same sign in halves", "confidence"}, rows);
  inside += html::figure(drawn(busiest(edges)).element(), "The gene with most of the strongest edges.");
  inside += html::remark(
      "Confidence was fitted on simulated networks: compare edges by it, and do not read it as a "
      "probability. 'cellmnn network' has all genes, p and knock-outs.");
  return html::section(title, inside);
}

}  // namespace cellmnn

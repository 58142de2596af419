#include "native/commands/input/lagged_input.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "cellmnn/drawn_network.hpp"
#include "native/commands/input/regulator_lists.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/text.hpp"
#include "native/io/tables/known_edges.hpp"
#include "native/runtime/report.hpp"
#include "native/runtime/vectors.hpp"

namespace cellmnn {
namespace {

/// The genes of --regulators, or all.
std::vector<Index> chosen_regulators(const ExpressionCourse& data, const std::string& path,
                                     Session& session) {
  if (path.empty()) return {};
  const auto [chosen, missing] = listed_genes(path, [&](const std::string& name) -> std::optional<Index> {
    const auto found = std::find(data.genes.begin(), data.genes.end(), name);
    if (found == data.genes.end()) return std::nullopt;
    return found - data.genes.begin();
  });
  if (chosen.empty()) {
    throw file_error(path, "names no gene that varies in the data, which have genes such as '" +
                               data.genes.front() + "': are the genes named alike?");
  }
  if (!missing.empty()) {
    session.warn("left out of " + path +
                 ", as no gene of this name varies in the data: " + quoted_list(missing));
  }
  return chosen;
}

/// Interactions between genes of the data.
std::vector<PriorEdge> read_prior(const std::string& path, const ExpressionCourse& data, Session& session) {
  std::map<std::string, Index> place;
  for (std::size_t g = 0; g < data.genes.size(); ++g) place.emplace(data.genes[g], static_cast<Index>(g));
  std::vector<PriorEdge> prior;
  const std::vector<KnownEdge> known = read_known_edges(path);
  for (const KnownEdge& edge : known) {
    const auto source = place.find(edge.regulator), target = place.find(edge.target);
    if (source == place.end() || target == place.end() || source == target) continue;
    prior.push_back({source->second, target->second, edge.sign, edge.weight});
  }
  if (prior.empty()) {
    throw file_error(path, "none of its " + counted(std::ssize(known), "interaction") +
                               " is between two genes that vary in the data, which have names such as '" +
                               data.genes.front() + "': are the genes named alike?");
  }
  session.say("prior of " + counted(std::ssize(prior), "interaction") + " between genes of the data, of " +
              std::to_string(known.size()) + " in " + path);
  return prior;
}

/// All of them as regulators cost much, and are worth nothing.
void refuse_all_as_regulators(const ExpressionCourse& data, const std::string& path) {
  constexpr Index kMany = 3000;
  const Index genes = data.expression.columns, cells = data.expression.rows;
  if (genes <= kMany || genes <= cells) return;
  throw file_error(path, "all " + counted(genes, "gene") + " would be regulators, but there are only " +
                             counted(cells, "cell") +
                             ": give --regulators, such as a list of transcription factors");
}

/// Variance of each gene over all cells, on a log scale.
Vector<double> variances_of(const SparseMatrix& expression, ExpressionScale scale) {
  Vector<double> sums = Vector<double>::Zero(expression.columns), squares = sums;
  for (Index i = 0; i < expression.rows; ++i) {
    expression.for_row(i, [&](Index gene, float value) {
      const double x = scale == ExpressionScale::counts ? std::log1p(static_cast<double>(value))
                                                        : static_cast<double>(value);
      sums(gene) += x;
      squares(gene) += x * x;
    });
  }
  const auto cells = static_cast<double>(expression.rows);
  return squares / cells - (sums / cells).cwiseAbs2();
}

void keep_most_variable(ExpressionCourse& data, Index most) {
  const std::vector<Index> order = by_size(variances_of(data.expression, data.scale));
  std::vector<bool> kept(order.size());
  for (Index k = 0; k < std::min(most, std::ssize(order)); ++k) {
    kept[static_cast<std::size_t>(order[static_cast<std::size_t>(k)])] = true;
  }
  data.expression = columns_of(data.expression, kept);
  std::vector<std::string> genes;
  for (std::size_t g = 0; g < kept.size(); ++g) {
    if (kept[g]) genes.push_back(data.genes[g]);
  }
  data.genes = std::move(genes);
}

void fit(LaggedInput& input, Session& session) {
  ExpressionCourse& data = input.data;
  const KoConditions& conditions = data.conditions;
  const CellDraws draws = usual_draws(conditions.cells, std::ssize(data.genes));
  if (draws.draws > 1) {
    session.say("fits " + counted(draws.draws, "network") + " of " + counted(draws.cells, "cell") +
                " of each time at most, drawn at random, and takes their mean");
  }
  DrawnNetwork fitted = drawn_network(data.expression, conditions.cells, conditions.held, data.scale,
                                      input.options, draws, session.pool());
  data.expression = {};
  input.network = std::move(fitted.network);
  data.course = std::move(fitted.courses.front());
  data.cells = std::move(fitted.cells.front());
  fitted.courses.erase(fitted.courses.begin());
  data.knock_outs = std::move(fitted.courses);
}

void warn_of_weak_data(const ExpressionCourse& data, const LaggedNetwork& network, Session& session) {
  if (!network.converged) session.warn("the regressions have not converged: effects are not exact");
  if (data.course.snapshots() == 2) {
    session.warn(
        "there are two times, so that all rests on one transition: effects cannot be told from how the two "
        "differ");
  }
  const auto regulators = static_cast<std::int64_t>(network.regulators.size());
  Index cells = data.course.levels.rows();
  for (const GeneCourse& course : data.knock_outs) cells += course.levels.rows();
  if (regulators >= cells) {
    session.warn("there are " + counted(regulators, "regulator") + " and only " + counted(cells, "cell") +
                 ": most edges will be wrong; give fewer by --regulators, such as transcription factors");
  }
}

}  // namespace

LaggedInput read_lagged_input(const DataFlags& data, const ExpressionFlags& expression,
                              const std::string& regulators_file, double ridge, Session& session,
                              Index most_genes) {
  LaggedInput input;
  input.data = read_expression_course(data, expression, session);
  if (most_genes > 0) keep_most_variable(input.data, most_genes);
  input.options.regulators = chosen_regulators(input.data, regulators_file, session);
  if (regulators_file.empty()) refuse_all_as_regulators(input.data, data.path);
  input.options.inputs = input.data.inputs;
  input.options.ridge = ridge;
  if (!expression.prior.empty()) input.options.prior = read_prior(expression.prior, input.data, session);
  input.options.prior_strength = expression.prior_strength;
  input.options.memory = usual_memory(input.data.conditions.cells.front().times);
  fit(input, session);
  warn_of_weak_data(input.data, input.network, session);
  return input;
}

std::string direction_text(const ExpressionCourse& data, const LaggedNetwork& network) {
  const double explained = explained_by_time(data.course, network.targets);
  std::string text =
      explained < kLeastExplainedByTime ? "Association, direction unknown: only " : "Directions: ";
  text += fixed(100 * explained, 0);
  text += " % of what varies lies between the times (in simulated networks that were found: 23 to 37 %).\n";
  return text;
}

ListedGenes listed_genes(const std::string& path,
                         const std::function<std::optional<Index>(const std::string& name)>& find) {
  ListedGenes listed;
  const std::string_view shipped = shipped_regulators(path);
  const std::string text = shipped.empty() ? read_file(path) : std::string(shipped);
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string name(trimmed(std::string_view(text).substr(begin, end - begin)));
    begin = end + 1;
    if (name.empty()) continue;
    if (const std::optional<Index> gene = find(name)) {
      listed.genes.push_back(*gene);
    } else if (shipped.empty()) {
      listed.missing.push_back(std::move(name));
    }
  }
  std::sort(listed.genes.begin(), listed.genes.end());
  listed.genes.erase(std::unique(listed.genes.begin(), listed.genes.end()), listed.genes.end());
  return listed;
}

}  // namespace cellmnn

#include "native/commands/preprocess/preprocessing.hpp"

#include <algorithm>
#include <utility>

#include "native/commands/preprocess/first_look.hpp"
#include "native/commands/preprocess/later_passes.hpp"
#include "native/io/counts/counts_times.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/text.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

/// The total of a cell means little where few genes were measured or few molecules were counted.
void warn_of_normalisation(const CountsTable& file, double median, Session& session) {
  constexpr Index kPanel = 500;
  constexpr double kFewCounts = 500;
  const std::string otherwise =
      ": the total of a cell then says as much about its state as about how deep it was sequenced; if the "
      "values"
      " are normalised already say --values normalized";
  if (std::ssize(file.genes) < kPanel) {
    session.warn("there are only " + counted(std::ssize(file.genes), "gene") +
                 ", as of a panel, and cells are normalised to one total" + otherwise);
  } else if (median < kFewCounts) {
    session.warn("half of the cells have " + number_text(median) +
                 " counts or fewer, and all are normalised to one"
                 " total" +
                 otherwise);
  }
}

/// Flags of the cells of all times but one.
std::vector<bool> cells_to_fit(const CountsTable& table, const PreprocessOptions& options) {
  std::vector<bool> fitted(table.cells.size(), true);
  if (!options.fit_without) return fitted;
  DataOptions keys;
  keys.time_key = options.time_key;
  keys.time_map = options.time_map;
  keys.time_unit = options.time_unit;
  const DataFile times = times_of(table, keys);
  const Index without = snapshot_at(times.data, *options.fit_without);
  for (const Index cell : times.rows[static_cast<std::size_t>(without)]) {
    fitted[static_cast<std::size_t>(cell)] = false;
  }
  return fitted;
}

std::string size_of(const CountsTable& table, Index entries) {
  return counted(std::ssize(table.cells), "cell") + " x " + counted(std::ssize(table.genes), "gene") + ", " +
         counted(entries, "value") + " other than 0";
}

/// Removes cells, then genes. Returns flags of the cells to fit.
std::vector<bool> filter(const FirstLook& look, SharedBlocks source, const PreprocessOptions& options,
                         Preprocessed& result, Passes& passes) {
  const std::vector<bool> all_genes(result.data.genes.size(), true);
  keep(result.data, look.kept, all_genes);
  std::vector<bool> fitted = cells_to_fit(result.data, options);
  std::vector<Index> cells_with = look.cells_with;
  if (options.fit_without) {
    cells_with = fitted_cells_with(*kept(source, look.kept, all_genes), fitted, passes);
  }
  std::vector<bool> genes;
  for (std::size_t g = 0; g < cells_with.size(); ++g) {
    genes.push_back(cells_with[g] >= options.min_cells);
    if (genes.back()) result.entries += look.cells_with[g];
  }
  keep(result.data, std::vector<bool>(fitted.size(), true), genes);
  if (result.data.cells.empty() || result.data.genes.empty()) {
    throw file_error(result.data.path, "after the filters there are " +
                                           counted(std::ssize(result.data.cells), "cell") + " and " +
                                           counted(std::ssize(result.data.genes), "gene") +
                                           " left: lower --min-genes or --min-cells");
  }
  result.counts = kept(std::move(source), look.kept, genes);
  return fitted;
}

/// Columns of which no cell that is left has a value say nothing.
void leave_out_empty(FrameColumns& obs, Session& session) {
  std::vector<std::string> empty;
  for (const auto& [name, column] : obs) {
    if (!has_values(column)) empty.push_back(name);
  }
  std::erase_if(obs, [](const auto& column) { return !has_values(column.second); });
  if (!empty.empty()) session.warn("left out, as no cell has a value: " + quoted_list(empty));
}

/// The logarithms of the chosen genes.
SharedBlocks variable_genes(const Preprocessed& result, const std::function<void(SparseMatrix&)>& scale,
                            const std::function<void(SparseMatrix&)>& logarithms) {
  const std::vector<bool>& chosen = result.genes.chosen;
  return changed(result.counts, std::count(chosen.begin(), chosen.end(), true), [=](SparseMatrix& rows) {
    scale(rows);
    keep(rows, std::vector<bool>(static_cast<std::size_t>(rows.rows), true), chosen);
    logarithms(rows);
  });
}

GeneMoments at_genes(const GeneMoments& all, const std::vector<bool>& chosen) {
  std::vector<Index> places;
  for (std::size_t g = 0; g < chosen.size(); ++g) {
    if (chosen[g]) places.push_back(static_cast<Index>(g));
  }
  return {all.mean(places), all.variance(places), all.found(places)};
}

void fit(RowBlocks& variable, const GeneMoments& of_genes, const std::vector<bool>& fitted,
         const PreprocessOptions& options, Preprocessed& result, Passes& passes, Session& session) {
  const Index cells = std::count(fitted.begin(), fitted.end(), true);
  const Index most = std::min(cells, variable.columns()) - 1;
  const Index dims = options.n_comps.value_or(std::clamp<Index>(most, 1, kUsualComponents));
  session.say("computing " + counted(dims, "principal component") + " of " +
              counted(variable.columns(), "highly variable gene"));
  try {
    const ComponentFit components(of_genes, cells, dims, !options.n_comps);
    result.components = components_of(variable, components, fitted, session.pool(), passes);
  } catch (const Error& error) {
    if (std::string_view(error.what()).starts_with(result.data.path)) throw;
    throw Error(error.code(),
                result.data.path + ": " + error.what() + (options.n_comps ? " (--n-comps)" : ""));
  }
  if (const Index found = result.components.variance.size(); found < dims) {
    session.warn("the expression varies in " + counted(found, "direction") + " only, so there are " +
                 counted(found, "component") + " and not " + std::to_string(dims));
  }
  result.components.variance *= static_cast<double>(cells) / static_cast<double>(cells - 1);
  result.variance_ratio = result.components.variance / of_genes.variance.sum();
}

}  // namespace

Preprocessed preprocess(CountsBlocks file, const PreprocessOptions& options, Passes& passes,
                        Session& session) {
  const SharedBlocks source = passes.watched(remembered(in_shares(file.values), kValuesInMemory));
  file.values = source;
  const FirstLook look = first_look(file, options.values, options.min_genes, passes);
  session.say(file.path + " (" + file.format + (file.matrix.empty() ? "" : ", " + file.matrix) +
              "): " + size_of(file, look.entries));
  for (const std::string& warning : file.warnings) session.warn(warning);

  Preprocessed result;
  result.data = std::move(static_cast<CountsTable&>(file));
  const std::vector<bool> fitted = filter(look, source, options, result, passes);
  session.say("kept " + size_of(result.data, result.entries) + " (cells with " +
              counted(options.min_genes, "gene") + ", genes in " + counted(options.min_cells, "cell") + ")");
  if (options.fit_without) {
    session.say("fitting " + counted(std::count(fitted.begin(), fitted.end(), true), "cell") +
                ", projecting those of time " + number_text(*options.fit_without));
  }
  leave_out_empty(result.data.obs, session);

  Executor& executor = session.pool();
  std::function<void(SparseMatrix&)> scale = [](SparseMatrix&) {}, logarithms = scale;
  if (options.values == InputValues::counts) {
    const double median = median_of_totals(*result.counts, fitted, passes);
    warn_of_normalisation(result.data, median, session);
    result.target_sum = options.target_sum ? *options.target_sum : median;
    session.say("normalising cells to a total of " + number_text(result.target_sum));
    scale = [&executor, target = result.target_sum](SparseMatrix& x) {
      normalize_total(x, target, executor);
    };
  }
  if (options.values != InputValues::log) logarithms = [&executor](SparseMatrix& x) { log1p(x, executor); };
  result.to_logs = [=](SparseMatrix& x) {
    scale(x);
    logarithms(x);
  };

  const SharedBlocks expression = changed(result.counts, result.counts->columns(), result.to_logs);
  const ExpressionSums sums = sums_of_expression(*expression, fitted, executor, passes);
  const GeneMoments of_genes = sums.logs.moments();
  if (sums.negative) {
    session.say(
        "some logarithms are negative, so the genes of largest variance are the highly variable ones");
    result.genes = most_variable_genes(of_genes, options.n_top_genes);
  } else {
    result.genes = highly_variable_genes(sums.linear.moments(), options.n_top_genes);
  }
  result.mean = of_genes.mean;
  result.std = of_genes.variance.cwiseSqrt();

  fit(*variable_genes(result, scale, logarithms), at_genes(of_genes, result.genes.chosen), fitted, options,
      result, passes, session);
  session.say("they hold " + fixed(100 * result.variance_ratio.sum(), 1) +
              " % of the variance of these genes");
  return result;
}

}  // namespace cellmnn

#include "native/commands/preprocess/preprocessing.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "native/io/counts/counts_times.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/text.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

/// Throws for the first value for which bad(value) is true: "gene 'G' of cell 'C' is VALUE, WHAT".
template <typename F>
void refuse_values(const CountsFile& file, const F& bad, const std::string& what) {
  for (Index cell = 0; cell < file.values.rows; ++cell) {
    file.values.for_row(cell, [&](Index gene, float value) {
      if (!bad(value)) return;
      throw file_error(file.path, (file.matrix.empty() ? "" : file.matrix + ": ") + "gene '" +
                                      file.genes[static_cast<std::size_t>(gene)] + "' of cell '" +
                                      file.cells[static_cast<std::size_t>(cell)] + "' is " +
                                      number_text(value) + ", " + what);
    });
  }
}

/// Whether nearly all genes that vary have the mean 0, up to rounding: negative values are then no
/// logarithms.
bool is_centred(const SparseMatrix& x) {
  Vector<double> sum = Vector<double>::Zero(x.columns), squares = sum;
  for (Index cell = 0; cell < x.rows; ++cell) {
    x.for_row(cell, [&](Index gene, float value) {
      sum(gene) += value;
      squares(gene) += static_cast<double>(value) * value;
    });
  }
  constexpr double kRounding = 0.05, kNearlyAll = 0.9;  // clipping moves the mean a little
  const auto cells = static_cast<double>(x.rows);
  const Vector<double> root = (squares / cells).cwiseSqrt();
  const auto varying = (root.array() > 0).count();
  const auto centred = (root.array() > 0 && (sum / cells).array().abs() < kRounding * root.array()).count();
  return x.rows > 1 && varying > 0 &&
         static_cast<double>(centred) >= kNearlyAll * static_cast<double>(varying);
}

/// The total of a cell means little where few genes were measured or few molecules were counted.
void warn_of_normalisation(const CountsFile& file, double median, Session& session) {
  constexpr Index kPanel = 500;
  constexpr double kFewCounts = 500;
  const std::string otherwise =
      ": the total of a cell then says as much about its state as about how deep it was sequenced; if the "
      "values"
      " are normalised already say --values normalized";
  if (file.values.columns < kPanel) {
    session.warn("there are only " + counted(file.values.columns, "gene") +
                 ", as of a panel, and cells are normalised to one total" + otherwise);
  } else if (median < kFewCounts) {
    session.warn("half of the cells have " + number_text(median) +
                 " counts or fewer, and all are normalised to one"
                 " total" +
                 otherwise);
  }
}

void check_values(const CountsFile& file, InputValues values) {
  constexpr float kLargestLog = 30;  // of any count below 1e13
  const bool counts = values == InputValues::counts;
  const std::string layers =
      file.layers.empty() ? "" : "; the file has the layers " + quoted_list(file.layers) + " (--layer)";
  if (values == InputValues::log) {
    if (is_centred(file.values)) {
      throw file_error(
          file.path,
          "the values of each gene have the mean 0: scaled data cannot be used, give those before" + layers);
    }
  } else {
    refuse_values(
        file, [](float value) { return value < 0; },
        (counts ? "expected counts, which are not negative: scaled data cannot be used, give those before"
                : "expected no negative values: say --values log if these are logarithms, such as -dCt") +
            layers);
  }
  if (counts) {
    refuse_values(
        file, [](float value) { return value != std::floor(value); },
        "expected counts, which are whole numbers: say --values normalized or --values log if these are"
        " not counts" +
            layers);
  }
  if (values == InputValues::log) {
    refuse_values(
        file, [](float value) { return value > kLargestLog; },
        "which is too large for a logarithm: say --values normalized if these are not logarithms");
  }
}

/// The cells of all times but one.
std::vector<Index> cells_to_fit(const CountsFile& file, const PreprocessOptions& options) {
  std::vector<bool> fitted(file.cells.size(), true);
  if (options.fit_without) {
    DataOptions keys;
    keys.time_key = options.time_key;
    keys.time_map = options.time_map;
    keys.time_unit = options.time_unit;
    const DataFile times = times_of(file, keys);
    const Index without = snapshot_at(times.data, *options.fit_without);
    for (const Index cell : times.rows[static_cast<std::size_t>(without)]) {
      fitted[static_cast<std::size_t>(cell)] = false;
    }
  }
  std::vector<Index> cells;
  for (std::size_t i = 0; i < fitted.size(); ++i) {
    if (fitted[i]) cells.push_back(static_cast<Index>(i));
  }
  return cells;
}

std::string size_of(const CountsFile& file) {
  return counted(file.values.rows, "cell") + " x " + counted(file.values.columns, "gene") + ", " +
         counted(file.values.entries(), "value") + " other than 0";
}

/// Removes cells, then genes. Returns the cells to fit.
std::vector<Index> filter(CountsFile& file, const PreprocessOptions& options, Session& session) {
  const std::vector<bool> all_genes(file.genes.size(), true);
  keep(file, cells_with_genes(file.values, options.min_genes), all_genes);
  std::vector<Index> fitted = cells_to_fit(file, options);
  const std::vector<bool> all_cells(file.cells.size(), true);
  keep(file, all_cells, genes_in_cells(file.values, fitted, options.min_cells));
  if (file.cells.empty() || file.genes.empty()) {
    throw file_error(file.path, "after the filters there are " +
                                    counted(static_cast<std::int64_t>(file.cells.size()), "cell") + " and " +
                                    counted(static_cast<std::int64_t>(file.genes.size()), "gene") +
                                    " left: lower --min-genes or --min-cells");
  }
  session.say("kept " + size_of(file) + " (cells with " + counted(options.min_genes, "gene") + ", genes in " +
              counted(options.min_cells, "cell") + ")");
  if (options.fit_without) {
    session.say("fitting " + counted(static_cast<std::int64_t>(fitted.size()), "cell") +
                ", projecting those of time " + number_text(*options.fit_without));
  }
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

}  // namespace

Preprocessed preprocess(CountsFile file, const PreprocessOptions& options, Session& session) {
  session.say(file.path + " (" + file.format + (file.matrix.empty() ? "" : ", " + file.matrix) +
              "): " + size_of(file));
  for (const std::string& warning : file.warnings) session.warn(warning);
  check_values(file, options.values);

  Preprocessed result;
  result.data = std::move(file);
  const std::vector<Index> fitted = filter(result.data, options, session);
  leave_out_empty(result.data.obs, session);
  SparseMatrix& x = result.data.values;
  Executor& executor = session.pool();
  if (options.keep_counts) result.counts = x.values;
  if (options.values == InputValues::counts) {
    const double median = median_total(x, fitted);
    warn_of_normalisation(result.data, median, session);
    result.target_sum = options.target_sum ? *options.target_sum : median;
    session.say("normalising cells to a total of " + number_text(result.target_sum));
    normalize_total(x, result.target_sum, executor);
  }
  if (options.values != InputValues::log) log1p(x, executor);

  const GeneMoments of_genes = moments(x, fitted, executor);
  const bool negative = std::any_of(x.values.begin(), x.values.end(), [](float value) { return value < 0; });
  if (negative) {
    session.say(
        "some logarithms are negative, so the genes of largest variance are the highly variable ones");
    result.genes = most_variable_genes(of_genes, options.n_top_genes);
  } else {
    result.genes = highly_variable_genes(x, fitted, options.n_top_genes, executor);
  }
  result.mean = of_genes.mean;
  result.std = of_genes.variance.cwiseSqrt();
  double total_variance = 0;
  for (Index g = 0; g < x.columns; ++g) {
    if (result.genes.chosen[static_cast<std::size_t>(g)]) total_variance += of_genes.variance(g);
  }

  const SparseMatrix variable = columns_of(x, result.genes.chosen);
  const auto cells = static_cast<Index>(fitted.size());
  const Index most = std::min(cells, variable.columns) - 1;
  const Index dims = options.n_comps.value_or(std::clamp<Index>(most, 1, kUsualComponents));
  session.say("computing " + counted(dims, "principal component") + " of " +
              counted(variable.columns, "highly variable gene"));
  try {
    result.pca = principal_components(variable, fitted, dims, executor, !options.n_comps);
  } catch (const Error& error) {
    throw Error(error.code(),
                result.data.path + ": " + error.what() + (options.n_comps ? " (--n-comps)" : ""));
  }
  if (const Index found = result.pca.variance.size(); found < dims) {
    session.warn("the expression varies in " + counted(found, "direction") + " only, so there are " +
                 counted(found, "component") + " and not " + std::to_string(dims));
  }
  const double unbiased = static_cast<double>(cells) / static_cast<double>(cells - 1);
  result.pca.variance *= unbiased;
  result.variance_ratio = result.pca.variance / total_variance;
  session.say("they hold " + fixed(100 * result.variance_ratio.sum(), 1) +
              " % of the variance of these genes");
  return result;
}

}  // namespace cellmnn

/// Predicted cells as a table that can be written.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cellmnn/model.hpp"
#include "native/commands/shared/cell_passes.hpp"
#include "native/io/tables/table_file.hpp"
#include "native/io/time_courses/data_file.hpp"

namespace cellmnn {

/// obs columns of the file, to be kept.
struct KeptColumns {
  std::vector<std::string> names;
  std::map<std::string, LabelCounts> labels;  ///< of all rows
  std::function<LabelColumn(const std::string& name, RowRange rows)> read;
};

/// What is to be predicted: at `times`, or each cell `ahead` of its own time.
struct PredictionRequest {
  std::vector<double> times;
  std::optional<double> ahead;
  bool genes = false;  ///< also the expression at the first time
  KeptColumns kept;
};

/// One row a cell, in the order of the file:
///   obs   time, predicted_time; weight, of a model with mass, of sum 1 over the cells of one time;
///         mass, of one that knows sizes of populations, how many cells each has become; growth_cellmnn, of
///         one that knows growth, the cell's rate at its own time;
///   extrapolated (predicted_time is outside the training times),
///         outside_data (the predicted cell is outside the box that the cells of the file span), both flags;
///         the columns that are kept, but for those with the name of one of these
///   obsm  X_pca (or the name of other coordinates) and X_cellmnn, where the cell is; velocity_cellmnn, its
///         velocity there; X_predicted, where it is at the first time
///   X     expression at the first time
/// With several times, also X_cellmnn_t<time>, weight_t<time>, mass_t<time>, extrapolated_t<time> and
/// outside_data_t<time> of each. Throws bad_input if `genes` is asked of a model that knows none. `see` gets
/// each part of the table before it is written.
void write_predictions(const std::string& path, const CellMnn& model, CellPasses& cells,
                       const PredictionRequest& request, Executor& executor,
                       const std::function<void(const CellTable& part)>& see = {});

/// How a model with mass is to read cells: its weights are beside those of all cells of the same time.
inline bool needs_all_cells(const CellMnn& model) { return model.config.mass; }

/// Whether each time is outside of the training times.
std::vector<bool> extrapolated(const CellMnn& model, const Vector<double>& times);

/// Whether each of the positions (N, D) leaves the box that the cells of the data span.
std::vector<bool> outside_data(const CellSummary& data, const Matrix<float>& positions);

/// Throws bad_input for a model without genes or their means.
void require_gene_means(const CellMnn& model);

/// The expression (N, G) at positions (N, D) of a model with genes.
Matrix<float> expression_of(const CellMnn& model, const Matrix<float>& positions);

}  // namespace cellmnn

/// What a model says about the cells of a file, under the names that other tools read.
#pragma once

#include <string>
#include <vector>

#include "native/commands/shared/cell_passes.hpp"
#include "native/io/models/model_file.hpp"

namespace cellmnn {

struct AnnotationRequest {
  std::vector<double> times;       ///< also predict all cells at these
  std::vector<std::string> bases;  ///< "umap" is obsm X_umap
  Index neighbors = 30;
  bool transition = false;
};

/// obs   cellmnn_time, cellmnn_speed, cellmnn_max_eigenvalue (largest real part of an eigenvalue
///       of A), cellmnn_extrapolated (measured outside the training times); of a model that knows growth
///       cellmnn_growth, the rate of division less that of death, of another one with mass
///       cellmnn_weight_rate, at which the weight of a cell grows beside the others of its time
/// obsm  X_cellmnn, velocity_cellmnn (N, D); velocity_pca, padded with 0 to the width of X_pca (for another
///       embedding X_NAME it is velocity_NAME); X_cellmnn_t<time> of each predicted time; velocity_<basis>
/// obsp  T_fwd, the probabilities of transition_matrix(), if asked for
/// uns   cellmnn: annotate, a JSON text
/// Velocities are per unit of time. A copy of the file gets them. Returns the names of the arrays. Throws
/// bad_input if a basis is missing, or an entry exists and is not to be replaced.
std::vector<std::string> write_annotation(const std::string& path, const ModelFile& model, CellPasses& cells,
                                          const AnnotationRequest& request, bool replace, Executor& executor);

/// Whether neighbours of cells are asked for: the cells are then to be read all at once.
bool needs_all_cells(const AnnotationRequest& request);

}  // namespace cellmnn

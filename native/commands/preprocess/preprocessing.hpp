/// The steps from counts to principal components.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cellmnn/pca.hpp"
#include "cellmnn/preprocess.hpp"
#include "native/commands/preprocess/passes.hpp"
#include "native/commands/shared/session.hpp"
#include "native/io/counts/counts_file.hpp"
#include "native/io/time_courses/data_file.hpp"

namespace cellmnn {

/// What the values of a file are, and so which steps are left.
enum class InputValues {
  counts,      ///< whole numbers: normalise, then log(1 + x)
  normalized,  ///< of equal totals: log(1 + x)
  log,         ///< log(1 + x) already
};

struct PreprocessOptions {
  InputValues values = InputValues::counts;
  Index min_genes = 1;               ///< of a cell
  Index min_cells = 3;               ///< of a gene
  std::optional<double> target_sum;  ///< else the median total
  Index n_top_genes = 2000;
  std::optional<Index> n_comps;         ///< else kUsualComponents, or what the data have
  std::optional<double> fit_without;    ///< a time whose cells are projected only
  std::optional<std::string> time_key;  ///< with fit_without, as in DataOptions
  std::map<std::string, double> time_map;
  std::string time_unit;
};

inline constexpr Index kUsualComponents = 50;  // scanpy's

/// Bytes of values that are kept in memory, so that small data are read once. All else that takes memory are
/// three blocks of kBlockValues, two matrices of n_top_genes x n_top_genes, and the names and columns of the
/// cells.
inline constexpr Index kValuesInMemory = Index{1} << 29;

struct Preprocessed {
  CountsTable data;                            ///< the kept cells and genes
  SharedBlocks counts;                         ///< their values as read
  Index entries = 0;                           ///< how many of these are not 0
  std::function<void(SparseMatrix&)> to_logs;  ///< of a block of counts
  double target_sum = 0;                       ///< 0 if not normalised
  Vector<double> mean, std;                    ///< (G) of the log-normalised values, divisor n - 1
  VariableGenes genes;
  Components components;          ///< over the chosen genes
  Vector<double> variance_ratio;  ///< (D) of the total variance of the chosen genes
};

/// Says what each step leaves. Throws bad_input if the values are not what they should be or nothing is
/// left. All that is learnt from data (which genes are kept, the median total, means, components) comes
/// from the cells that are not of the time `fit_without`. The result reads its counts once more; `passes`
/// must live as long. Throws PartDone if this is a part.
Preprocessed preprocess(CountsBlocks file, const PreprocessOptions& options, Passes& passes,
                        Session& session);

}  // namespace cellmnn

/// The mean expression on which the components of annotated data are centred.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cellmnn/types.hpp"

namespace cellmnn {

struct GeneMeansRequest {
  const std::vector<std::string>& index;  ///< (G) of var
  const Matrix<float>& loadings;          ///< (G, D)
  const Matrix<float>& coordinates;       ///< (N, D) in the order of the file
  bool compute;  ///< read all expression if the file does not store the mean; else a few cells, as a test
};

struct GeneMeans {
  Vector<float> mean;                 ///< (G), or empty
  std::string source;                 ///< "uns['pca_mean']", "X", "log(1 + X)", "raw/X", ...; or empty
  std::string problem;                ///< why there is no mean, or empty
  std::vector<std::string> warnings;  ///< sentences
};

/// Expression of all cells that may be what the components were computed from.
struct GeneExpression {
  using Visit = std::function<void(Index row, Index column, float value)>;

  std::string name;
  std::vector<Index> genes;  ///< of each column, or -1
  /// Call a function for the values, those of 0 may be left out; rows [begin, end) alone only where that is
  /// no more work than these.
  std::function<void(const Visit&)> visit_all;
  std::function<void(Index begin, Index end, const Visit&)> visit_rows;
};

/// The stored mean (uns['pca_mean']) if it belongs to the components; else that of the first of `candidates`,
/// as they are or as log(1 + values), of which the coordinates are the components.
GeneMeans gene_means(const std::vector<GeneExpression>& candidates, std::optional<Vector<float>> stored,
                     const GeneMeansRequest& request);

}  // namespace cellmnn

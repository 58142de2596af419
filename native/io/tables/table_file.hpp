/// Writers of results: cells with coordinates and columns, as .h5ad, .npz or .csv by the name's ending.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cellmnn/tensor.hpp"
#include "cellmnn/types.hpp"
#include "native/io/h5ad/label_counts.hpp"

namespace cellmnn {

/// A set of N cells. h5ad: obs columns, obsm arrays, X and var where given; npz: one array a name;
/// csv: one row a cell, arrays spread over columns NAME_1 ... NAME_D, then the genes.
struct CellTable {
  std::vector<std::string> names;                                ///< (N), or empty: 0, 1, ...
  std::vector<std::pair<std::string, Vector<double>>> columns;   ///< obs, numeric, each (N)
  std::vector<std::pair<std::string, std::vector<bool>>> flags;  ///< obs, each (N)
  std::vector<std::pair<std::string, LabelColumn>> labels;       ///< obs, each (N)
  std::vector<std::pair<std::string, Matrix<float>>> arrays;     ///< obsm, each (N, D)
  std::vector<std::pair<std::string, Tensor3<float>>> tensors;   ///< npz only, e.g. (T, N, D)
  Matrix<float> expression;                                      ///< X, (N, G) or (0, 0)
  std::vector<std::string> genes;                                ///< var names, (G)
  Matrix<float> loadings;                                        ///< varm "PCs", (G, D) or (0, 0)
  Vector<float> gene_mean;                                       ///< uns "pca_mean", (G) or (0)
};

/// The endings of tables; a stream gets csv.
inline const std::vector<std::string> kTableEndings = {".h5ad", ".npz", ".csv"};

/// Throws usage for another ending, bad_input if it cannot be written.
void write_table(const std::string& path, const CellTable& table);

/// What is to be known of all rows of a table before the first ones are written.
struct TableShape {
  Index rows = 0;
  Index longest_name = 0;                     ///< of the names, in characters
  std::map<std::string, LabelCounts> labels;  ///< of each column of labels
};

/// A table that is written some rows at a time.
class TableWriter {
 public:
  virtual ~TableWriter() = default;

  /// The next rows. What a table has besides rows (genes, loadings, tensors) is that of the first part.
  virtual void add(const CellTable& part) = 0;

  /// After the last row: the file gets its name.
  virtual void finish() = 0;
};

/// Throws as write_table().
std::unique_ptr<TableWriter> table_writer(const std::string& path, TableShape shape);

}  // namespace cellmnn

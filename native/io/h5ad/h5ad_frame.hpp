/// obs and var of an .h5ad file: tables in any of the encodings of anndata 0.6 to 0.13.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cellmnn/cell_blocks.hpp"
#include "native/io/h5ad/label_column.hpp"
#include "native/io/hdf5/hdf5_node.hpp"

namespace cellmnn {

class H5adFrame {
 public:
  /// The table `name` ("obs", "var", "raw/var") of the file `root`.
  H5adFrame(const hdf5::Node& root, const std::string& name);

  /// The names of the rows, which are read when they are first asked for.
  const std::vector<std::string>& index() const;
  std::vector<std::string> index(RowRange rows) const;  ///< of some, which are not kept
  Index rows() const { return rows_; }

  /// All columns but the index.
  const std::vector<std::string>& columns() const { return columns_; }

  /// Only what the file marks as missing is so: a category "None" or "NA" is a label like any other. Throws
  /// bad_input for an encoding that is not known or a length that does not fit.
  LabelColumn column(const std::string& name) const;
  LabelColumn column(const std::string& name, RowRange rows) const;  ///< some of its rows

  /// "3 categories", "numbers", "text"; the values are not read.
  std::string kind_of(const std::string& name) const;

 private:
  std::optional<hdf5::Node> legacy_categories(const std::string& name) const;
  struct Codes {
    const hdf5::Node& node;
    RowRange rows;
  };
  LabelColumn categorical(const Codes& codes, const hdf5::Node& categories, bool ordered) const;

  hdf5::Node root_, frame_;
  hdf5::Node index_node_;
  Index rows_ = 0;
  std::vector<std::string> columns_;
  mutable std::optional<std::vector<std::string>> index_;
};

}  // namespace cellmnn

/// What is inside an open HDF5 file, for reading.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cellmnn/error.hpp"
#include "cellmnn/types.hpp"
#include "native/io/hdf5/hdf5_guard.hpp"
#include "native/io/hdf5/hdf5_id.hpp"

namespace cellmnn::hdf5 {

enum class ValueKind {
  none,    ///< a group, a table, or a dataset without values
  number,  ///< integers, floats, booleans
  text,
  other,
};

/// A group, a dataset, or a column of a dataset of records. A dataset of records (compound type)
/// looks like a group of its columns. Every member throws bad_input with the file and the name. Links into
/// other files are refused: a file from elsewhere must not choose what else is read.
class Node {
 public:
  /// The root group. Throws bad_input if the file is missing, truncated or no HDF5 file.
  static Node open(const std::string& path);

  const std::string& name() const { return name_; }

  /// "PATH: NAME WHAT".
  Error error(const std::string& what) const;

  bool is_group() const;                      ///< or a dataset of records
  std::vector<std::string> children() const;  ///< sorted by name, or the columns in their order
  std::optional<Node> find(const std::string& child) const;  ///< `child` may be a path "a/b"
  Node at(const std::string& child) const;

  std::optional<std::string> text_attribute(const std::string& attribute) const;
  std::vector<std::string> text_list_attribute(const std::string& attribute) const;  ///< empty if absent
  std::vector<Index> integer_attribute(const std::string& attribute) const;          ///< empty if absent

  ValueKind kind() const;
  std::vector<Index> shape() const;  ///< empty for a scalar; refused if the file cannot hold so much
  Index length() const;              ///< of data with one axis; others are refused
  Index rows_per_chunk() const;      ///< 1 where the data are contiguous

  /// `count` rows from `first` on, of each the first `columns` values (1 for data with one axis).
  template <typename T>
  void read_rows(Index first, Index count, Index columns, T* out) const {
    read_numbers(first, count, columns, native_type<T>(), sizeof(T), out);
  }

  std::vector<double> numbers() const;     ///< of data with one axis
  std::vector<std::string> texts() const;  ///< of data with one axis, or of a single text
  std::vector<std::string> texts(Index first, Index count) const;  ///< some of those of data with one axis

 private:
  struct File {
    std::string path;
    std::uint64_t bytes;
  };

  Node(const File& file, std::string name, Id object);
  Node(File file, std::string name, std::shared_ptr<const Id> object, std::string column = "");
  hid_t object() const { return object_->get(); }
  Guard guard() const { return {file_.path, file_.bytes}; }
  Id file_type() const;  ///< of the values, or of the column
  Id space() const;
  Id type_in_memory(const Id& values) const;
  void read_numbers(Index first, Index count, Index columns, hid_t type, std::size_t size, void* out) const;
  [[noreturn]] void throw_unreadable() const;
  Error in_other_file(const std::string& other) const;
  void refuse_values_elsewhere() const;
  Id attribute(const std::string& attribute) const;

  File file_;
  std::string name_;
  std::shared_ptr<const Id> object_;  // closed under a guard
  std::string column_;                // of a dataset of records, or empty
};

}  // namespace cellmnn::hdf5

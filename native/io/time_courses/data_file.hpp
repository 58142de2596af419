/// Reads any DATA argument of the program (.h5ad, .npz, .csv) into a time course.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cellmnn/time_course.hpp"

namespace cellmnn {

struct DataOptions {
  std::optional<std::string> time_key;       ///< found if there is one candidate
  std::optional<std::string> embedding_key;  ///< found if there is one candidate
  std::map<std::string, double> time_map;    ///< label -> time, before any parsing of numbers
  std::string time_unit;                     ///< to convert to, or only a name; empty: that of the labels
  std::optional<Index> dims;                 ///< read the first ones; an error if there are fewer
  std::optional<Index> most_dims;  ///< without `dims`: read the first ones, or all if there are fewer
  bool expression = false;         ///< also read X, as Snapshot::expression
  bool training = false;           ///< refuse what no model can be trained on
  bool for_model = false;          ///< a model exists: expression as coordinates is a warning, not refused
};

/// How one label of the file was understood.
struct TimeLabel {
  std::string label;
  double time;
  Index cells;
};

/// The data as read, and what a person wants to see of how they were understood.
struct DataFile {
  TimeCourse data;
  std::string path;
  std::string format;  ///< "h5ad", "npz", "csv"
  std::string time_key;
  std::string time_unit;                 ///< "d", "h", ... if it is known
  std::string embedding_key;             ///< empty for a csv whose columns are no numbered array
  std::vector<std::string> columns;      ///< of a csv: the names of those that are read as coordinates
  std::vector<TimeLabel> times;          ///< ascending
  Index available_dims = 0;              ///< of the embedding in the file
  std::vector<std::string> names;        ///< of all cells in the file's order, or empty
  std::vector<std::string> genes;        ///< of the columns of Snapshot::expression, or empty
  std::vector<std::vector<Index>> rows;  ///< per snapshot, per cell: its row in the file
  std::vector<std::string> warnings;     ///< sentences, e.g. "the values look like raw counts"
};

/// Throws bad_input with one sentence for anything that cannot be used.
DataFile read_data(const std::string& path, const DataOptions& options);

/// The number in a label such as "day12", "3.5h" or "24-30" (a range: its middle). Throws bad_input
/// where there is none or more than one candidate.
double time_of_label(const std::string& label);

}  // namespace cellmnn

/// Reads any DATA argument of the program (.h5ad, .npz, .csv) into a time course.
#pragma once

#include <cstdint>
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
  std::optional<Index> most_dims;         ///< without `dims`: read the first ones, or all if there are fewer
  bool expression = false;                ///< also read X, as Snapshot::expression
  bool gene_means = false;                ///< compute the mean of the genes if the file does not store it
  std::optional<std::string> gene_names;  ///< the var column of their names; else found
  std::string usual_time_key;       ///< taken before others if it exists and no key is given, as of a model
  std::string usual_embedding_key;  ///< the same
  std::string usual_time_unit;      ///< to convert to without `time_unit`, as of a model
  std::map<std::string, double> usual_times;  ///< of labels, where there is no time_map; others are parsed
  std::optional<Index> most_cells;            ///< read a random sample (cell_sample.hpp) if there are more
  std::uint64_t sample_seed = 0;
  bool training = false;   ///< refuse what no model can be trained on
  bool for_model = false;  ///< a model exists: expression as coordinates is a warning, not refused
};

/// How one label of the file was understood.
struct TimeLabel {
  std::string label;
  double time;
  Index cells;
};

/// How the genes of a file were understood.
struct GeneSources {
  std::string names;                 ///< the var column of their names; empty if it is the index
  std::vector<std::string> aliases;  ///< another name of each gene (the index, or symbols), or empty
  std::string means;                 ///< where their means are from, e.g. "uns['pca_mean']", "X"; or empty
  std::string no_means;              ///< why their means are not known, or empty
};

/// Which cells of a file were read.
struct CellSample {
  Index cells = 0, of = 0;
  std::uint64_t seed = 0;
};

/// The data as read, and what a person wants to see of how they were understood.
struct DataFile {
  TimeCourse data;
  std::string path;
  std::string format;  ///< "h5ad", "npz", "csv"
  std::string time_key;
  std::string time_unit;             ///< "d", "h", ... if it is known
  std::string embedding_key;         ///< empty for a csv whose columns are no numbered array
  std::vector<std::string> columns;  ///< of a csv: the names of those that are read as coordinates
  std::vector<TimeLabel> times;      ///< ascending, of all cells of the file
  std::optional<CellSample> sample;  ///< if not all cells were read
  Index available_dims = 0;          ///< of the embedding in the file
  std::vector<std::string> names;    ///< of all cells in the file's order, or empty
  std::vector<std::string> genes;    ///< of the columns of Snapshot::expression, or empty
  GeneSources gene_sources;
  std::vector<std::vector<Index>> rows;  ///< per snapshot, per cell: its row in the file
  std::vector<std::string> warnings;     ///< sentences, e.g. "the values look like raw counts"
};

/// Of all times, whether the cells were read or not.
Index cell_count(const DataFile& file);

/// A doubt about cells that look like counts.
void warn_of_counts(std::vector<std::string>& warnings);

/// The name of the cell of a row of the file, or else the number of its row.
std::string cell_name(const DataFile& file, Index row);

/// The same of a cell of a snapshot.
std::string cell_name(const DataFile& file, Index snapshot, Index cell);

/// Whether the name has an ending of data that read_data() reads.
bool is_data_name(const std::string& path);

/// Throws bad_input with one sentence for anything that cannot be used.
DataFile read_data(const std::string& path, const DataOptions& options);

/// Of an .h5ad without coordinates: names of cells, time_key, times, rows and snapshots without cells.
DataFile read_h5ad_times(const std::string& path, const DataOptions& options);

/// The number in a label such as "day12", "3.5h" or "24-30" (a range: its middle). Throws bad_input
/// where there is none or more than one candidate.
double time_of_label(const std::string& label);

}  // namespace cellmnn

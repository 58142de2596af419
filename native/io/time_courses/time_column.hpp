/// Finds the time column of a file and sorts its cells into snapshots.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "cellmnn/error.hpp"
#include "native/io/h5ad/label_counts.hpp"
#include "native/io/time_courses/data_file.hpp"

namespace cellmnn {

struct TimeColumn {
  std::string key;
  LabelCounts column;
  std::vector<double> times;       ///< per label
  std::string unit;                ///< of the times, or empty
  std::vector<std::string> notes;  ///< sentences on how the labels were understood
};

/// The columns of a file among which the time is looked for.
struct TimeCandidates {
  std::string path;
  std::string kind;  ///< "obs column", "array" or "column", for messages
  std::vector<std::string> names;
  std::function<LabelCounts(const std::string&)> read;
};

/// Whether time columns often have this name; the case of letters does not matter.
bool is_time_name(const std::string& name);

/// The column options.time_key, else the only one with a usual name whose labels can be read as
/// times. Throws bad_input if there is none or more than one.
TimeColumn find_time_column(const TimeCandidates& candidates, const DataOptions& options);

/// Fills times, warnings and the snapshots of `file`, without cells and rows. Throws bad_input if a cell has
/// no time.
void make_snapshots(const TimeColumn& time, DataFile& file);

/// The time of each row of a column that was found, or of a part of it.
class TimeLookUp {
 public:
  explicit TimeLookUp(const TimeColumn& time);
  Vector<double> operator()(const LabelColumn& rows) const;  ///< NaN where there is none

 private:
  std::map<std::string, double> times_;  // of labels
};

/// What a second look at the times of a file throws that does not find those of the first.
Error changed_meanwhile(const DataFile& file);

/// Adds rows of the file, the first of which is `first`, with these times, to those of the snapshots. Throws
/// bad_input if there is no such snapshot.
void place_rows(const Vector<double>& times, Index first, DataFile& file);

/// make_snapshots(), and the rows of all of the column.
void sort_into_snapshots(const TimeColumn& time, const LabelColumn& column, DataFile& file);

/// Sizes a matrix of every snapshot to `columns` zero columns and returns, for each row of the file,
/// the place of its values.
std::vector<float*> row_targets(DataFile& file, Matrix<float> Snapshot::*matrix, Index columns);

}  // namespace cellmnn

/// What time a label such as "day12", "3.5h" or "24-30" stands for.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "cellmnn/time_course.hpp"
#include "native/io/h5ad/label_counts.hpp"

namespace cellmnn {

struct LabelTimes {
  std::vector<double> times;       ///< per label of the column
  std::string unit;                ///< of the times: "d", "h", ... or what was asked for; empty if not known
  std::vector<std::string> notes;  ///< sentences on what was not obvious
};

/// What is known of a column besides its labels.
struct LabelHints {
  std::map<std::string, double> time_map;  ///< label -> time; the other labels are parsed
  std::string unit;                        ///< to convert to, or only a name where the labels have no unit
  std::string key;                         ///< the name of the column, such as "hour"
  std::string usual_unit = {};             ///< to convert to where `unit` is empty and the labels have units
};

/// Times from the map, else from numbers, else from the number in each label. Ranges ("day0-5",
/// "day6-11") stand for their middle, or for their rank in an ordered categorical whose order is that of
/// their numbers. Different units of one time ("8h", "1d") are converted to the largest. Throws bad_input
/// for labels that cannot be read or do not count in one way, usage for a label in the map that is not in
/// the column and for a unit that the times cannot have.
LabelTimes times_of_labels(const LabelCounts& column, const LabelHints& hints);

/// The time that was meant by a number: 0.1 for the float32 0.10000000149011612, 0.3 for 3 * 0.1.
double tidy_time(double time);

/// The same for all numbers of a column; those that become the same are one label.
LabelCounts tidy_times(LabelCounts column);

/// The label of a snapshot's time in messages and tables: "2.5", or "2.5 (day0-5)" if they differ.
std::string time_name(const Snapshot& snapshot);

}  // namespace cellmnn

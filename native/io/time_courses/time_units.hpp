/// Units of time in labels: "8h", "day 3", "E8.5", "24hpf".
#pragma once

#include <optional>
#include <string>

#include "native/io/time_courses/label_text.hpp"

namespace cellmnn {

struct LabelUnit {
  std::string name;    ///< "min", "h", "d", ...; empty for words such as "t" that name a time but no unit
  double minutes = 0;  ///< its length; 0 if the name is empty
  std::string origin;  ///< what it is counted from: "conception", "birth", "pf" (of hpf), ... or empty
};

/// The unit of a word of its own, such as --time-unit or "hours".
std::optional<LabelUnit> unit_of_word(const std::string& word);

/// The unit beside the number of a label, if there is one and only one.
std::optional<LabelUnit> unit_of_label(const LabelText& label);

/// The unit in the name of a column: "hour", "day_numerical", "hpf".
std::optional<LabelUnit> unit_of_key(const std::string& key);

/// Whether both count from the same moment; "" beside another origin only if that one is the beginning of
/// an experiment ("24h", "48hpi") and not of a life.
bool same_origin(const LabelUnit& a, const LabelUnit& b);

}  // namespace cellmnn

/// Units of time, and times of one unit in another.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cellmnn {

struct UnitOfTime {
  std::string_view name;  ///< "s", "min", "h", "d", "w", "mo", "y"
  double minutes;         ///< its length; a year has 365.25 days and 12 months
};

/// The unit of a word in small letters, such as "hours"; none for "s" and "m", which mean other things as
/// often.
std::optional<UnitOfTime> unit_of_time(std::string_view word);

/// The same times in another unit, both by their names; none if one of them is not known, or both are the
/// same.
std::optional<std::vector<double>> converted_times(std::vector<double> times, std::string_view from,
                                                   std::string_view to);

}  // namespace cellmnn

#include "cellmnn/time_units.hpp"

#include <array>

namespace cellmnn {
namespace {

constexpr double kHour = 60, kDay = 24 * kHour, kYear = 365.25 * kDay;

constexpr std::array<UnitOfTime, 7> kUnits = {{{"s", 1.0 / 60},
                                               {"min", 1},
                                               {"h", kHour},
                                               {"d", kDay},
                                               {"w", 7 * kDay},
                                               {"mo", kYear / 12},
                                               {"y", kYear}}};

/// Of each unit, between spaces.
constexpr std::array<std::string_view, 7> kWords = {
    " sec secs second seconds ", " min mins minute minutes ", " h hr hrs hour hours ", " d day days ",
    " w wk wks week weeks ",     " mo mos month months ",     " y yr yrs year years "};

std::optional<UnitOfTime> unit_named(std::string_view name) {
  for (const UnitOfTime& unit : kUnits) {
    if (unit.name == name) return unit;
  }
  return std::nullopt;
}

}  // namespace

std::optional<UnitOfTime> unit_of_time(std::string_view word) {
  if (word.empty() || word.find(' ') != std::string_view::npos) return std::nullopt;
  std::string whole = " ";
  whole += word;
  whole += " ";
  for (std::size_t i = 0; i < kUnits.size(); ++i) {
    if (kWords[i].find(whole) != std::string_view::npos) return kUnits[i];
  }
  return std::nullopt;
}

std::optional<std::vector<double>> converted_times(std::vector<double> times, std::string_view from,
                                                   std::string_view to) {
  const auto unit = unit_named(from), other = unit_named(to);
  if (!unit || !other || from == to) return std::nullopt;
  for (double& time : times) time = time * unit->minutes / other->minutes;
  return times;
}

}  // namespace cellmnn

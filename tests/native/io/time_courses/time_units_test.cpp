#include "native/io/time_courses/time_units.hpp"

#include "catch.hpp"
#include "native/io/time_courses/time_labels.hpp"

using namespace cellmnn;

TEST_CASE("labels are converted to the usual unit unless another is asked for", "[time]") {
  const LabelColumn hours = label_column(std::vector<std::string>{"0h", "24h", "36h"});
  LabelHints hints;
  CHECK(times_of_labels(hours, hints).times == std::vector<double>{0, 24, 36});
  hints.usual_unit = "d";
  const LabelTimes days = times_of_labels(hours, hints);
  CHECK(days.times == std::vector<double>{0, 1, 1.5});
  CHECK(days.unit == "d");
  REQUIRE(days.notes.size() == 1);
  CHECK(days.notes[0].find("converted to the unit d") != std::string::npos);
  hints.unit = "min";
  CHECK(times_of_labels(hours, hints).times == std::vector<double>{0, 1440, 2160});
  hints.unit = "";
  hints.usual_unit = "somites";
  CHECK(times_of_labels(hours, hints).unit == "h");
}

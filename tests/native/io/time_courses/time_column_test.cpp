#include "native/io/time_courses/time_column.hpp"

#include "catch.hpp"
#include "native/io/time_courses/time_labels.hpp"

using namespace cellmnn;

namespace {

TimeLookUp look_up(const LabelCounts& column) {
  return TimeLookUp({"day", column, times_of_labels(column, {}).times, {}, {}});
}

}  // namespace

TEST_CASE("rows have the times of their labels, block by block", "[time]") {
  const std::vector<std::string> days = {"d2", "day1", "d2", "day4"};
  CHECK(look_up(label_column(days))(label_column(std::vector<std::string>{"day4", "d2"})) ==
        Vector<double>{{4, 2}});
  const std::vector<double> numbers = {0.1F, 3, 0.1F};
  CHECK(look_up(tidy_times(label_column(numbers)))(label_column(std::vector<double>{3, 0.1F})) ==
        Vector<double>{{3, 0.1}});
}

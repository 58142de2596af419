#include "lanes/row_products.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "catch.hpp"

using namespace cellmnn;

namespace {

/// Numbers of both signs between -1 and 1.
template <typename Scalar>
std::vector<Scalar> wave(Index count, double pace) {
  std::vector<Scalar> values(static_cast<std::size_t>(count));
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = static_cast<Scalar>(std::sin(pace * static_cast<double>(i + 1)));
  return values;
}

}  // namespace

TEMPLATE_TEST_CASE("row_products is the product, at all edges of its tiles", "[lanes]", float, double) {
  const Index rows = GENERATE(0, 1, 2, 3, 48), columns = GENERATE(1, 3, 4, 5, 30);
  const Index size = GENERATE(1, 2, 4, 5, 6, 96);
  const std::vector<TestType> x = wave<TestType>(rows * size, 0.7), w = wave<TestType>(columns * size, 1.3);
  const auto beyond = static_cast<TestType>(77);
  std::vector<TestType> out(static_cast<std::size_t>(rows * columns + 4), beyond);
  row_products(x.data(), rows, w.data(), columns, size, out.data());
  double largest = 0;
  for (Index r = 0; r < rows; ++r) {
    for (Index c = 0; c < columns; ++c) {
      double expected = 0;
      for (Index k = 0; k < size; ++k) {
        expected += static_cast<double>(x[static_cast<std::size_t>(r * size + k)]) *
                    static_cast<double>(w[static_cast<std::size_t>(c * size + k)]);
      }
      const auto got = static_cast<double>(out[static_cast<std::size_t>(r * columns + c)]);
      largest = std::max(largest, std::abs(got - expected));
    }
  }
  CHECK(largest <= static_cast<double>(size) * std::numeric_limits<TestType>::epsilon());
  for (std::size_t i = out.size() - 4; i < out.size(); ++i) CHECK(out[i] == beyond);
}

TEMPLATE_TEST_CASE("no row of row_products depends on the others, to the last bit", "[lanes]", float,
                   double) {
  const Index rows = 5, columns = GENERATE(3, 4, 30), size = GENERATE(3, 6, 96);
  const std::vector<TestType> x = wave<TestType>(rows * size, 0.7), w = wave<TestType>(columns * size, 1.3);
  std::vector<TestType> all(static_cast<std::size_t>(rows * columns)), one(static_cast<std::size_t>(columns));
  row_products(x.data(), rows, w.data(), columns, size, all.data());
  for (Index r = 0; r < rows; ++r) {
    row_products(x.data() + r * size, 1, w.data(), columns, size, one.data());
    CHECK(std::equal(one.begin(), one.end(), all.begin() + r * columns));
  }
}

/// Exact Wasserstein distances and MMD against POT and PyTorch.

#include "catch.hpp"
#include "cellmnn/mmd.hpp"
#include "cellmnn/wasserstein.hpp"
#include "golden/golden_file.hpp"
#include "native/io/numpy/npz.hpp"

using namespace cellmnn;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

TEST_CASE("W1, W2 and MMD equal the reference", "[golden]") {
  const NpzFile file(golden_file("distances.npz"));
  SerialExecutor executor;
  for (int i = 0; i < 5; ++i) {
    const std::string index = std::to_string(i);
    const auto points = [&](const std::string& name) -> Matrix<double> {
      const auto values = file.numbers(name + index);
      return Eigen::Map<const Matrix<double>>(values.data(), static_cast<Index>(values.shape()[0]),
                                              static_cast<Index>(values.shape()[1]));
    };
    const auto number = [&](const char* name) {
      return *file.numbers(std::string(name).append("_").append(index)).data();
    };
    const Matrix<double> x = points("x"), y = points("y");
    INFO("pair " << i << ": " << x.rows() << " and " << y.rows() << " points");
    CHECK_THAT(wasserstein1(x, y), WithinRel(number("w1"), 1e-9));
    CHECK_THAT(wasserstein2(x, y), WithinRel(number("w2"), 1e-9));
    CHECK_THAT(mmd2(x, y, 1, executor),
               WithinRel(number("mmd2_laplace"), 1e-9) || WithinAbs(number("mmd2_laplace"), 1e-12));
  }
}

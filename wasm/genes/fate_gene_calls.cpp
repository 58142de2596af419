#include <string>
#include <vector>

#include "cellmnn/error.hpp"
#include "cellmnn/fate_drivers.hpp"
#include "cellmnn/fate_trends.hpp"
#include "wasm/conversions.hpp"
#include "wasm/genes/chains.hpp"
#include "wasm/genes/genes_calls.hpp"

namespace cellmnn {
namespace {

using emscripten::val;

constexpr double kInterval = 1.96;  // standard errors, for 95 %

/// A row a cell of a snapshot, of which `cells` have fates.
Matrix<float> to_expression(const val& expression, Index cells) {
  Matrix<float> result = boundary::to_matrix<float>(expression, "the expression");
  if (result.rows() == cells) return result;
  throw Error(ErrorCode::bad_input, "the expression has " + std::to_string(result.rows()) +
                                        " rows for a snapshot of " + std::to_string(cells) + " cells");
}

std::vector<double> times_for(const val& found, const val& times) {
  std::vector<double> result = boundary::to_numbers(times, "the times");
  if (result.size() < 2 || result.size() != found["reached"]["length"].as<std::size_t>())
    throw Error(ErrorCode::bad_input, "there are " + std::to_string(result.size()) +
                                          " times: expected one for each snapshot of the fates, two or more");
  return result;
}

}  // namespace

namespace genes_calls {

using boundary::from_matrix;
using boundary::from_vector;
using boundary::list_of;
using boundary::serial;

val drivers(val found, double snapshot, val expression, val at_end, double permutations, double seed) {
  const Fates fates = boundary::to_fates(found, found["reached"]["length"].as<std::size_t>());
  const Matrix<double>& here = fates.probabilities[static_cast<std::size_t>(snapshot)];
  const Matrix<double>& last = fates.probabilities.back();
  const Matrix<float> values = to_expression(expression, here.rows());
  const Matrix<float> later = to_expression(at_end, last.rows());
  if (values.cols() != later.cols())
    throw Error(ErrorCode::bad_input, "the expression has " + std::to_string(values.cols()) +
                                          " genes, that of the last snapshot " +
                                          std::to_string(later.cols()));
  const DriverOptions options{static_cast<Index>(permutations), static_cast<std::uint64_t>(seed)};
  const Matrix<double> differences = differences_at_end(later, last, serial);
  Index fate = 0;
  return list_of(fate_drivers(values, here, options, serial), [&](const FateDrivers& of) {
    const Vector<double> end = differences.row(fate++);
    val result = val::object();
    result.set("order", val::array(ranked_drivers(of.difference, end)));
    result.set("difference", from_vector(of.difference));
    result.set("low", from_vector(Vector<double>(of.difference - kInterval * of.error)));
    result.set("high", from_vector(Vector<double>(of.difference + kInterval * of.error)));
    result.set("effect", from_vector(of.effect));
    result.set("p", from_vector(of.p));
    result.set("q", from_vector(of.q));
    result.set("atEnd", from_vector(end));
    return result;
  });
}

val trends(val found, val times, val expression, double steps) {
  const std::vector<double> at = times_for(found, times);
  const Fates fates = boundary::to_fates(found, at.size());
  TimeCourse course;
  std::vector<Index> genes;
  for (std::size_t s = 0; s < at.size(); ++s) {
    course.snapshots.push_back({at[s], "", {}, to_expression(expression[s], fates.reached[s].rows())});
    if (course.snapshots[s].expression.cols() != course.snapshots[0].expression.cols())
      throw Error(ErrorCode::bad_input, "the snapshots have expression of different numbers of genes");
  }
  for (Index g = 0; g < course.snapshots[0].expression.cols(); ++g) genes.push_back(g);
  const CourseTrends trends = course_trends(course, fates, genes, static_cast<int>(steps));
  val result = val::object();
  result.set("times", val::array(trends.times));
  result.set("all", from_matrix(trends.all));
  result.set("ofFates", list_of(trends.of_fates, [](const Trend& of) {
               val trend = val::object();
               trend.set("mean", from_matrix(of.mean));
               trend.set("low", from_matrix(Matrix<double>(of.mean - kInterval * of.error)));
               trend.set("high", from_matrix(Matrix<double>(of.mean + kInterval * of.error)));
               return trend;
             }));
  return result;
}

}  // namespace genes_calls
}  // namespace cellmnn

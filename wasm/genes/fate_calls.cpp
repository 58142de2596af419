#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "cellmnn/error.hpp"
#include "cellmnn/fates.hpp"
#include "cellmnn/future_clouds.hpp"
#include "wasm/conversions.hpp"
#include "wasm/genes/genes_calls.hpp"

namespace cellmnn {
namespace {

using emscripten::val;

/// What moved the cells is in the other module: here is where it moved those of each snapshot but the last.
CellMover mover_of(const TimeCourse& data, const val& moved) {
  if (moved.isUndefined()) return {};
  std::vector<Matrix<float>> places;
  for (std::size_t s = 0; s + 1 < data.snapshots.size(); ++s) {
    places.push_back(boundary::to_matrix<float>(moved[s], "moved"));
    const Matrix<float>& cells = data.snapshots[s].cells;
    if (places.back().rows() == cells.rows() && places.back().cols() == cells.cols()) continue;
    throw Error(ErrorCode::bad_input, "moved[" + std::to_string(s) +
                                          "] has another shape than the cells of this snapshot: expected " +
                                          std::to_string(cells.rows()) + " x " +
                                          std::to_string(cells.cols()));
  }
  return CellMover([&data, places](const MatrixView<float>&, double from, double, Executor&) {
    std::size_t s = 0;
    while (data.snapshots[s].time != from) ++s;
    return places[s];
  });
}

double given_or(const val& given, double usual) { return given.isUndefined() ? usual : given.as<double>(); }

KnownFates to_known_fates(const TimeCourse& data, const val& known) {
  KnownFates fates{emscripten::vecFromJSArray<std::string>(known["names"]), {}};
  for (std::size_t s = 0; s < data.snapshots.size(); ++s) {
    const std::vector<double> places = boundary::to_numbers(known["ofCells"][s], "ofCells");
    if (std::ssize(places) != data.snapshots[s].cells.rows()) {
      throw Error(ErrorCode::bad_input, "ofCells[" + std::to_string(s) + "] has " +
                                            std::to_string(places.size()) + " fates for " +
                                            std::to_string(data.snapshots[s].cells.rows()) + " cells");
    }
    std::vector<int>& of_cells = fates.of_cells.emplace_back();
    for (const double place : places) {
      const auto fate = static_cast<int>(place);
      if (fate < -1 || fate >= std::ssize(fates.names)) {
        throw Error(ErrorCode::bad_input, "ofCells[" + std::to_string(s) + "] holds " + std::to_string(fate) +
                                              ": expected -1, or a place in names");
      }
      of_cells.push_back(fate);
    }
  }
  return fates;
}

}  // namespace

namespace genes_calls {

using boundary::from_matrix;
using boundary::from_vector;
using boundary::list_of;
using boundary::serial;

val known_fates(val data, val labels, val codes, val undecided) {
  const auto names = emscripten::vecFromJSArray<std::string>(labels);
  const std::vector<double> all = boundary::to_numbers(codes, "codes");
  std::vector<std::vector<int>> of_cells;
  auto begin = all.begin();
  const TimeCourse course = boundary::to_time_course(data);
  for (const Snapshot& snapshot : course.snapshots) {
    of_cells.emplace_back(begin, begin + snapshot.cells.rows());
    begin += snapshot.cells.rows();
  }
  std::vector<bool> open(names.size());
  for (const std::string& name : emscripten::vecFromJSArray<std::string>(undecided)) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) throw Error(ErrorCode::bad_input, "there is no label '" + name + "'");
    open[static_cast<std::size_t>(found - names.begin())] = true;
  }
  const KnownFates known = fates_of_labels(names, std::move(of_cells), open);
  val result = val::object();
  result.set("names", val::array(known.names));
  result.set("ofCells",
             list_of(known.of_cells, [](const std::vector<int>& fates) { return val::array(fates); }));
  return result;
}

val fates(val data, val known, val moved, val bandwidth, val smoothing) {
  const TimeCourse course = boundary::to_time_course(data);
  FateOptions options;
  options.bandwidth = given_or(bandwidth, options.bandwidth);
  options.smoothing = given_or(smoothing, options.smoothing);
  const Fates found =
      fates_of(course, to_known_fates(course, known), options, mover_of(course, moved), serial);
  val words = val::array();
  for (const double each : found.known) words.call<void>("push", known_in_words(each));
  val result = val::object();
  result.set("baseRates", from_vector(found.base_rates));
  result.set("reached", list_of(found.reached, &from_matrix<double>));
  result.set("probabilities", list_of(found.probabilities, &from_matrix<double>));
  result.set("known", val::array(found.known));
  result.set("words", words);
  return result;
}

val clouds(val data, double from, val moved, double size, double seed) {
  const TimeCourse course = boundary::to_time_course(data);
  CloudOptions options;
  options.size = static_cast<Index>(size);
  options.seed = static_cast<std::uint64_t>(seed);
  auto snapshot = static_cast<std::size_t>(from);
  return list_of(future_clouds(course, snapshot, options, mover_of(course, moved), serial),
                 [&](const Matrix<Index>& cells) {
                   ++snapshot;
                   val cloud = val::object();
                   cloud.set("time", course.snapshots[snapshot].time);
                   cloud.set("cells", from_matrix(Matrix<std::int32_t>(cells.cast<std::int32_t>())));
                   cloud.set("leastKnown", kLeastKnownPlace);
                   cloud.set("known", from_vector(known_places(course, snapshot, cells)));
                   return cloud;
                 });
}

}  // namespace genes_calls
}  // namespace cellmnn

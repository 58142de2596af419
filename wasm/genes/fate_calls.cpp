#include <algorithm>
#include <string>
#include <vector>

#include "cellmnn/error.hpp"
#include "cellmnn/fate_drivers.hpp"
#include "cellmnn/fates.hpp"
#include "cellmnn/future_clouds.hpp"
#include "cellmnn/label_flows.hpp"
#include "cellmnn/label_shares.hpp"
#include "wasm/conversions.hpp"
#include "wasm/genes/chains.hpp"
#include "wasm/genes/genes_calls.hpp"

namespace cellmnn {
namespace genes_calls {

using boundary::from_matrix;
using boundary::from_vector;
using boundary::list_of;
using boundary::serial;

namespace {

/// Each snapshot's part of `codes` (N), which are of all cells.
std::vector<std::vector<int>> by_snapshot(const TimeCourse& course, const val& codes) {
  const std::vector<double> all = boundary::to_numbers(codes, "codes");
  std::vector<std::vector<int>> of_cells;
  auto begin = all.begin();
  for (const Snapshot& snapshot : course.snapshots) {
    of_cells.emplace_back(begin, begin + snapshot.cells.rows());
    begin += snapshot.cells.rows();
  }
  return of_cells;
}

/// Why the genes of a snapshot are not compared, or nothing.
std::string why_no_drivers(double known, Index cells) {
  if (known < kKnownForDrivers) return "not known";
  return cells < kLeastCellsForDrivers ? "too few cells" : "";
}

}  // namespace

val known_fates(val data, val labels, val codes, val undecided) {
  const auto names = emscripten::vecFromJSArray<std::string>(labels);
  const TimeCourse course = boundary::to_time_course(data);
  std::vector<bool> open(names.size());
  for (const std::string& name : emscripten::vecFromJSArray<std::string>(undecided)) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) throw Error(ErrorCode::bad_input, "there is no label '" + name + "'");
    open[static_cast<std::size_t>(found - names.begin())] = true;
  }
  const KnownFates known = fates_of_labels(names, by_snapshot(course, codes), open);
  val result = val::object();
  result.set("names", val::array(known.names));
  result.set("ofCells",
             list_of(known.of_cells, [](const std::vector<int>& fates) { return val::array(fates); }));
  return result;
}

val fates(val data, val known, val moved, val bandwidth, val smoothing) {
  const TimeCourse course = boundary::to_time_course(data);
  const Fates found =
      fates_of(course, boundary::to_known_fates(course, known),
               boundary::to_fate_options(bandwidth, smoothing), boundary::to_mover(course, moved), serial);
  val words = val::array(), without_drivers = val::array();
  for (std::size_t s = 0; s < found.known.size(); ++s) {
    words.call<void>("push", known_in_words(found.known[s]));
    without_drivers.call<void>("push", why_no_drivers(found.known[s], course.snapshots[s].cells.rows()));
  }
  val result = val::object();
  result.set("baseRates", from_vector(found.base_rates));
  result.set("reached", list_of(found.reached, &from_matrix<double>));
  result.set("probabilities", list_of(found.probabilities, &from_matrix<double>));
  result.set("known", val::array(found.known));
  result.set("words", words);
  result.set("whyNoDrivers", without_drivers);
  return result;
}

val clouds(val data, double from, val moved, double size, double seed) {
  const TimeCourse course = boundary::to_time_course(data);
  CloudOptions options;
  options.size = static_cast<Index>(size);
  options.seed = static_cast<std::uint64_t>(seed);
  auto snapshot = static_cast<std::size_t>(from);
  return list_of(future_clouds(course, snapshot, options, boundary::to_mover(course, moved), serial),
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

val label_flows(val data, val codes, double labels, val moved) {
  const TimeCourse course = boundary::to_time_course(data);
  const auto count = static_cast<Index>(labels);
  const std::vector<std::vector<int>> of_cells = by_snapshot(course, codes);
  const std::vector<Matrix<double>> flows =
      cellmnn::label_flows(course, of_cells, count, {}, boundary::to_mover(course, moved), serial);
  val result = val::array();
  for (std::size_t s = 0; s < flows.size(); ++s) {
    val flow = val::object();
    flow.set("from", course.snapshots[s].time);
    flow.set("to", course.snapshots[s + 1].time);
    flow.set("shares", from_matrix(flows[s]));
    flow.set("measuredFrom", from_vector(label_shares(of_cells[s], count)));
    flow.set("measuredTo", from_vector(label_shares(of_cells[s + 1], count)));
    flow.set("predictedTo", from_vector(Vector<double>(flows[s].colwise().sum())));
    result.call<void>("push", flow);
  }
  return result;
}

}  // namespace genes_calls
}  // namespace cellmnn

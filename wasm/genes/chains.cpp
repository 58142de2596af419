#include "wasm/genes/chains.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "cellmnn/error.hpp"
#include "wasm/boundary.hpp"

namespace cellmnn::boundary {

namespace {

double given_or(const val& given, double usual) { return given.isUndefined() ? usual : given.as<double>(); }

/// (N, F) of each of `count` snapshots.
std::vector<Matrix<double>> to_matrices(const val& list, std::size_t count, std::size_t fates,
                                        const std::string& name) {
  const auto length = list["length"].as<std::size_t>();
  if (length != count) {
    throw Error(ErrorCode::bad_input, name + " of the fates has " + std::to_string(length) + " entries for " +
                                          std::to_string(count) + " snapshots");
  }
  std::vector<Matrix<double>> result;
  for (std::size_t s = 0; s < count; ++s) {
    result.push_back(to_matrix<double>(list[s], name));
    if (static_cast<std::size_t>(result[s].cols()) != fates)
      throw Error(ErrorCode::bad_input, name + "[" + std::to_string(s) + "] has " +
                                            std::to_string(result[s].cols()) + " columns for " +
                                            std::to_string(fates) + " fates");
  }
  return result;
}

}  // namespace

Matrix<float> to_cells(const val& places, const Matrix<float>& cells, const std::string& name) {
  Matrix<float> moved = to_matrix<float>(places, name);
  if (moved.rows() == cells.rows() && moved.cols() == cells.cols()) return moved;
  throw Error(ErrorCode::bad_input, name + " has another shape than the cells of this snapshot: expected " +
                                        std::to_string(cells.rows()) + " x " + std::to_string(cells.cols()));
}

CellMover to_mover(const TimeCourse& data, const val& moved, std::vector<MovedCells> others) {
  if (moved.isUndefined()) return {};
  std::vector<Matrix<float>> places;
  for (std::size_t s = 0; s + 1 < data.snapshots.size(); ++s)
    places.push_back(to_cells(moved[s], data.snapshots[s].cells, "moved[" + std::to_string(s) + "]"));
  return CellMover([&data, places = std::move(places), others = std::move(others)](
                       const MatrixView<float>& cells, double from, double, Executor&) {
    for (const MovedCells& other : others)
      if (other.cells == cells) return other.moved;
    std::size_t s = 0;
    while (data.snapshots[s].time != from) ++s;
    return places[s];
  });
}

KnownFates to_known_fates(const TimeCourse& data, const val& known) {
  KnownFates fates{emscripten::vecFromJSArray<std::string>(known["names"]), {}};
  for (std::size_t s = 0; s < data.snapshots.size(); ++s) {
    const std::vector<double> places = to_numbers(known["ofCells"][s], "ofCells");
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

Fates to_fates(const val& fates, std::size_t snapshots) {
  std::vector<std::string> names = emscripten::vecFromJSArray<std::string>(fates["names"]);
  const std::size_t count = names.size();
  return {std::move(names), to_vector<double>(fates["baseRates"], "baseRates"),
          to_matrices(fates["reached"], snapshots, count, "reached"),
          to_matrices(fates["probabilities"], snapshots, count, "probabilities"),
          to_numbers(fates["known"], "known")};
}

FateOptions to_fate_options(const val& bandwidth, const val& smoothing) {
  FateOptions options;
  options.bandwidth = given_or(bandwidth, options.bandwidth);
  options.smoothing = given_or(smoothing, options.smoothing);
  return options;
}

}  // namespace cellmnn::boundary

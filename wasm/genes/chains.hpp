/// Chains of snapshots from JavaScript: what moves cells, which fates are known, which were found.
#pragma once

#include <emscripten/val.h>

#include <vector>

#include "cellmnn/cell_mover.hpp"
#include "cellmnn/fates.hpp"
#include "cellmnn/time_course.hpp"

namespace cellmnn::boundary {

/// Cells (N, D), and where a model moved them by the next snapshot (N, D).
struct MovedCells {
  Matrix<float> cells, moved;
};

/// The model is in the other module: `moved` has where it moved the cells of each snapshot but the last, or
/// is undefined, and then cells stay. `others` were moved, too. Keeps a reference to `data`.
CellMover to_mover(const TimeCourse& data, const emscripten::val& moved, std::vector<MovedCells> others = {});

/// Places of `cells` (N, D), called `name` in messages. Throws bad_input for another shape.
Matrix<float> to_cells(const emscripten::val& places, const Matrix<float>& cells, const std::string& name);

KnownFates to_known_fates(const TimeCourse& data, const emscripten::val& known);

/// From {names, baseRates, reached, probabilities, known}, as fates() returned it for these snapshots.
Fates to_fates(const emscripten::val& fates, std::size_t snapshots);

/// `bandwidth` and `smoothing` of numbers, or the usual ones where they are undefined.
FateOptions to_fate_options(const emscripten::val& bandwidth, const emscripten::val& smoothing);

}  // namespace cellmnn::boundary

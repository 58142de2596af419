/// What moves cells to a later time: a model, or predictions that were made elsewhere.
#pragma once

#include <functional>
#include <utility>

#include "cellmnn/model.hpp"
#include "cellmnn/parallel.hpp"
#include "cellmnn/types.hpp"

namespace cellmnn {

class CellMover {
 public:
  /// Cells (N, D) of time `from`, at `to`: (N, D).
  using Move = std::function<Matrix<float>(const MatrixView<float>& cells, double from, double to,
                                           Executor& executor)>;

  CellMover() = default;  ///< cells stay where they are

  explicit CellMover(Move move) : move_(std::move(move)) {}

  /// The model moves its own dimensions, the first ones, and leaves others as they are; without one cells
  /// stay where they are.
  CellMover(const CellMnn* model) {  // NOLINT: implicit, so that a model can be passed
    if (!model) return;
    move_ = [model](const MatrixView<float>& cells, double from, double to, Executor& executor) {
      Matrix<float> result = cells;
      const Index dims = model->config.dims;
      result.leftCols(dims) =
          model->predict_at(cells.leftCols(dims), Vector<double>::Constant(cells.rows(), from), to, executor);
      return result;
    };
  }

  explicit operator bool() const { return static_cast<bool>(move_); }

  Matrix<float> operator()(const MatrixView<float>& cells, double from, double to, Executor& executor) const {
    return move_(cells, from, to, executor);
  }

 private:
  Move move_;
};

}  // namespace cellmnn

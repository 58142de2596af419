/// Cells of a model with their operators, in blocks of one time: the unit of parallel work.
#pragma once

#include <span>
#include <vector>

#include "cellmnn/model.hpp"
#include "lanes/field.hpp"
#include "model/operator.hpp"

namespace cellmnn {

/// Cells with the same time, at most kBlockCells of them.
struct TimeBlock {
  double time;
  std::span<const Index> rows;  ///< of the caller's matrix
};

/// All of them, by ascending time.
struct TimeBlocks {
  std::vector<Index> order;  ///< (N) what the blocks are parts of
  std::vector<TimeBlock> blocks;
};

/// Throws bad_input unless cells have the dimensions of the model.
void require_dims(const CellMnn& model, Index dims);

/// The blocks of cells (N, D) measured at times t (N). Throws bad_input if the cells do not fit the model or
/// the times.
TimeBlocks blocks_by_time(const CellMnn& model, const MatrixView<float>& cells, const VectorView<double>& t);

/// n cells at one time and their equation dx/dt = A x + b, whitened and per unit of model time.
struct EncodedCells {
  Field<float> x;       ///< (D, n)
  Field<float> a;       ///< (D*D, n), row-major in the features
  Field<float> output;  ///< (outputs, n) of the encoder
  OperatorShape shape;

  /// The growth of the weight of cell i, per unit of model time; 0 without mass.
  double growth_of(Index i) const;

  /// b (D, n), or no data.
  FieldView<const float> b() const { return shape.offset(output.view()); }
};

/// Encodes whitened cells (n, D) at a time of the user. Throws numerical if an operator is not finite.
EncodedCells encoded(const CellMnn& model, const Matrix<float>& whitened, double time);

}  // namespace cellmnn

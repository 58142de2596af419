#include "cellmnn/model.hpp"

#include <string>

#include "base/eigenvalues.hpp"
#include "cellmnn/error.hpp"
#include "model/encoded_cells.hpp"
#include "model/mass.hpp"

namespace cellmnn {
namespace {

/// Encodes all cells and calls use(block, cells) for each block.
template <typename Use>
void for_each_block(const CellMnn& model, const MatrixView<float>& cells, const VectorView<double>& t,
                    Executor& executor, const Use& use) {
  const TimeBlocks by_time = blocks_by_time(model, cells, t);
  executor.run(static_cast<Index>(by_time.blocks.size()), [&](Index i) {
    const TimeBlock& block = by_time.blocks[static_cast<std::size_t>(i)];
    use(block, encoded(model, model.latent.whiten(cells(block.rows, Eigen::all)), block.time));
  });
}

/// A of cell i, (D, D), per unit of the user's time.
void operator_of(const EncodedCells& cells, Index i, float per_unit, float* target) {
  for (Index f = 0; f < cells.a.features(); ++f) target[f] = cells.a.row(f)[i] * per_unit;
}

}  // namespace

Matrix<float> CellMnn::predict_at(const MatrixView<float>& cells, const VectorView<double>& t, double time,
                                  Executor& executor) const {
  return predict(cells, t, {time}, executor).slice(0);
}

Matrix<float> CellMnn::velocity(const MatrixView<float>& cells, const VectorView<double>& t,
                                Executor& executor) const {
  Matrix<float> result(cells.rows(), config.dims);
  for_each_block(*this, cells, t, executor, [&](const TimeBlock& block, const EncodedCells& cell) {
    const FieldView<const float> b = cell.b();
    for (Index i = 0; i < cell.x.cells(); ++i) {
      for (Index r = 0; r < config.dims; ++r) {
        double sum = b.data == nullptr ? 0 : static_cast<double>(b.row(r)[i]);
        for (Index c = 0; c < config.dims; ++c) {
          sum +=
              static_cast<double>(cell.a.row(r * config.dims + c)[i]) * static_cast<double>(cell.x.row(c)[i]);
        }
        result(block.rows[static_cast<std::size_t>(i)], r) =
            static_cast<float>(sum * latent.std(r) / time_scale.unit);
      }
    }
  });
  return result;
}

Vector<double> CellMnn::growth(const MatrixView<float>& cells, const VectorView<double>& t,
                               Executor& executor) const {
  if (!config.mass) throw Error(ErrorCode::bad_input, "the model has no mass, so that no cell grows");
  Vector<double> result(cells.rows());
  for_each_block(*this, cells, t, executor, [&](const TimeBlock& block, const EncodedCells& cell) {
    const double shift = shift_between(*this, block.time, block.time);
    for (Index i = 0; i < cell.x.cells(); ++i)
      result(block.rows[static_cast<std::size_t>(i)]) = (cell.growth_of(i) + shift) / time_scale.unit;
  });
  return result;
}

Tensor3<float> CellMnn::operators(const MatrixView<float>& cells, const VectorView<double>& t,
                                  Executor& executor) const {
  Tensor3<float> result(cells.rows(), config.dims, config.dims);
  const auto per_unit = static_cast<float>(1 / time_scale.unit);
  for_each_block(*this, cells, t, executor, [&](const TimeBlock& block, const EncodedCells& cell) {
    for (Index i = 0; i < cell.x.cells(); ++i) {
      operator_of(cell, i, per_unit, result.slice(block.rows[static_cast<std::size_t>(i)]).data());
    }
  });
  return result;
}

Matrix<std::complex<float>> CellMnn::eigenvalues(const MatrixView<float>& cells, const VectorView<double>& t,
                                                 Executor& executor) const {
  Matrix<std::complex<float>> result(cells.rows(), config.dims);
  const auto per_unit = static_cast<float>(1 / time_scale.unit);
  for_each_block(*this, cells, t, executor, [&](const TimeBlock& block, const EncodedCells& cell) {
    Matrix<float> a(config.dims, config.dims);
    for (Index i = 0; i < cell.x.cells(); ++i) {
      operator_of(cell, i, per_unit, a.data());
      result.row(block.rows[static_cast<std::size_t>(i)]) =
          sorted_eigenvalues(a.cast<double>()).cast<std::complex<float>>();
    }
  });
  return result;
}

}  // namespace cellmnn

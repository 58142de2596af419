#include "cellmnn/model.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <utility>

#include "base/eigenvalues.hpp"
#include "base/text.hpp"
#include "cellmnn/error.hpp"
#include "lanes/blocks.hpp"
#include "model/encoder.hpp"
#include "model/flow.hpp"
#include "model/operator.hpp"

namespace cellmnn {
namespace {

constexpr double kMostRadii = 100;  // distance of a prediction from the centre, in those of training cells

/// Cells with the same time, at most kBlockCells of them, as rows of the caller's matrix.
struct Block {
  double time;
  std::vector<Index> rows;
};

std::vector<Block> blocks_by_time(const Vector<double>& t) {
  std::vector<Index> order(static_cast<std::size_t>(t.size()));
  std::iota(order.begin(), order.end(), Index{0});
  std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) { return t(a) < t(b); });
  std::vector<Block> blocks;
  for (const Index row : order) {
    if (blocks.empty() || blocks.back().time != t(row) ||
        static_cast<Index>(blocks.back().rows.size()) == kBlockCells) {
      blocks.push_back({t(row), {}});
    }
    blocks.back().rows.push_back(row);
  }
  return blocks;
}

/// Encodes all cells and calls use(block, x, a, b) for each block: x (D, n) whitened cells, a (D*D, n)
/// their operators and b (D, n) their offsets, or no data, per unit of model time.
template <typename Use>
void for_each_block(const CellMnn& model, const MatrixView<float>& cells, const Vector<double>& t,
                    Executor& executor, const Use& use) {
  const Index dims = model.config.dims;
  if (cells.cols() != dims) {
    throw Error(ErrorCode::bad_input, "the model has " + std::to_string(dims) +
                                          " dimensions, the cells have " + std::to_string(cells.cols()));
  }
  if (t.size() != cells.rows()) {
    throw Error(ErrorCode::bad_input, "there are " + std::to_string(cells.rows()) + " cells but " +
                                          std::to_string(t.size()) + " times; give each cell its own time");
  }
  const Encoder<float> encoder(encoder_shape(model.config));
  const Matrix<float> whitened = model.latent.whiten(cells);
  const std::vector<Block> blocks = blocks_by_time(t);
  executor.run(static_cast<Index>(blocks.size()), [&](Index i) {
    const Block& block = blocks[static_cast<std::size_t>(i)];
    const auto count = static_cast<Index>(block.rows.size());
    Encoder<float>::Pass pass;
    encoder.resize(pass, count);
    Matrix<float>& input = pass.layer.front();
    for (Index r = 0; r < count; ++r)
      input.row(r).head(dims) = whitened.row(block.rows[static_cast<std::size_t>(r)]);
    input.col(dims).setConstant(static_cast<float>(model.time_scale.to_model(block.time)));
    encoder.forward(model.parameters, pass, 0, count);

    Field<float> x(dims, count), a(dims * dims, count), output(operator_shape(model.config).outputs(), count);
    cells_to_field(input.data(), input.cols(), dims, x.view());
    cells_to_field(pass.layer.back().data(), output.features(), output.features(), output.view());
    Operator<float>(operator_shape(model.config)).forward(output.view(), a.view());
    use(block, x, a, operator_shape(model.config).offset(std::as_const(output).view()));
  });
}

}  // namespace

Tensor3<float> CellMnn::predict(const MatrixView<float>& cells, const Vector<double>& t,
                                const std::vector<double>& times, Executor& executor) const {
  const auto n_times = static_cast<Index>(times.size());
  Tensor3<float> result(n_times, cells.rows(), config.dims);
  for_each_block(
      *this, cells, t, executor,
      [&](const Block& block, const Field<float>& x, const Field<float>& a, const FieldView<const float>& b) {
        FlowTimes<float> flow_times;
        for (const double time : times) {
          flow_times.positions.push_back(static_cast<float>((time - block.time) / time_scale.unit));
        }
        Field<float> positions(n_times * config.dims, x.cells());
        Flow<float>(config.dims).forward(a.view(), b, x.view(), flow_times, positions.view());
        for (Index time = 0; time < n_times; ++time) {
          for (Index i = 0; i < x.cells(); ++i) {
            const Index row = block.rows[static_cast<std::size_t>(i)];
            double square = 0;
            for (Index d = 0; d < config.dims; ++d) {
              const auto z = static_cast<double>(positions.row(time * config.dims + d)[i]);
              square += z * z;
              result(time, row, d) = static_cast<float>(latent.mean(d) + latent.std(d) * z);
            }
            // Whitened training cells have a root mean square of sqrt(D).
            const double radii = std::sqrt(square / static_cast<double>(config.dims));
            if (radii <= kMostRadii) continue;
            throw Error(ErrorCode::numerical,
                        "the prediction of cell " + std::to_string(row) + " from time " + text(block.time) +
                            " to " + text(times[static_cast<std::size_t>(time)]) + " is " +
                            text(std::round(radii)) +
                            " times as far from the centre as training cells are on average, at most " +
                            text(kMostRadii) + " can be meant; predict a time nearer to the cell's own");
          }
        }
      });
  return result;
}

Matrix<float> CellMnn::predict_at(const MatrixView<float>& cells, const Vector<double>& t, double time,
                                  Executor& executor) const {
  return predict(cells, t, {time}, executor).slice(0);
}

Matrix<float> CellMnn::velocity(const MatrixView<float>& cells, const Vector<double>& t,
                                Executor& executor) const {
  Matrix<float> result(cells.rows(), config.dims);
  for_each_block(
      *this, cells, t, executor,
      [&](const Block& block, const Field<float>& x, const Field<float>& a, const FieldView<const float>& b) {
        for (Index i = 0; i < x.cells(); ++i) {
          for (Index r = 0; r < config.dims; ++r) {
            double sum = b.data == nullptr ? 0 : static_cast<double>(b.row(r)[i]);
            for (Index c = 0; c < config.dims; ++c) {
              sum += static_cast<double>(a.row(r * config.dims + c)[i]) * static_cast<double>(x.row(c)[i]);
            }
            result(block.rows[static_cast<std::size_t>(i)], r) =
                static_cast<float>(sum * latent.std(r) / time_scale.unit);
          }
        }
      });
  return result;
}

Tensor3<float> CellMnn::operators(const MatrixView<float>& cells, const Vector<double>& t,
                                  Executor& executor) const {
  Tensor3<float> result(cells.rows(), config.dims, config.dims);
  const auto per_unit = static_cast<float>(1 / time_scale.unit);
  for_each_block(*this, cells, t, executor,
                 [&](const Block& block, const Field<float>& x, const Field<float>& a,
                     const FieldView<const float>& /*b*/) {
                   for (Index i = 0; i < x.cells(); ++i) {
                     float* target = result.slice(block.rows[static_cast<std::size_t>(i)]).data();
                     for (Index f = 0; f < a.features(); ++f) target[f] = a.row(f)[i] * per_unit;
                   }
                 });
  return result;
}

Matrix<std::complex<float>> CellMnn::eigenvalues(const MatrixView<float>& cells, const Vector<double>& t,
                                                 Executor& executor) const {
  const Tensor3<float> a = operators(cells, t, executor);
  Matrix<std::complex<float>> result(cells.rows(), config.dims);
  for (Index i = 0; i < cells.rows(); ++i) {
    result.row(i) = sorted_eigenvalues(a.slice(i).cast<double>()).cast<std::complex<float>>();
  }
  return result;
}

}  // namespace cellmnn

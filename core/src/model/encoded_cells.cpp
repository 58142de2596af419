#include "model/encoded_cells.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "base/text.hpp"
#include "cellmnn/error.hpp"
#include "lanes/blocks.hpp"
#include "model/encoder.hpp"
#include "model/mass.hpp"

namespace cellmnn {

void require_dims(const CellMnn& model, Index dims) {
  if (dims == model.config.dims) return;
  throw Error(ErrorCode::bad_input, "the model has " + std::to_string(model.config.dims) +
                                        " dimensions, the cells have " + std::to_string(dims));
}

TimeBlocks blocks_by_time(const CellMnn& model, const MatrixView<float>& cells, const VectorView<double>& t) {
  require_dims(model, cells.cols());
  if (t.size() != cells.rows()) {
    throw Error(ErrorCode::bad_input, "there are " + std::to_string(cells.rows()) + " cells but " +
                                          std::to_string(t.size()) + " times; give each cell its own time");
  }
  TimeBlocks result;
  std::vector<Index>& order = result.order;
  order.resize(static_cast<std::size_t>(t.size()));
  std::iota(order.begin(), order.end(), Index{0});
  // A stable sort would need half as much memory again.
  std::sort(order.begin(), order.end(),
            [&](Index a, Index b) { return t(a) < t(b) || (t(a) == t(b) && a < b); });
  for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
    const double time = t(order[begin]);
    end = begin + 1;
    while (end < order.size() && t(order[end]) == time && end - begin < std::size_t{kBlockCells}) ++end;
    result.blocks.push_back({time, {&order[begin], end - begin}});
  }
  return result;
}

double EncodedCells::growth_of(Index i) const {
  return shape.mass ? static_cast<double>(growth(output.row(shape.mass_row())[i])) : 0;
}

EncodedCells encoded(const CellMnn& model, const Matrix<float>& whitened, double time) {
  const Index dims = model.config.dims, count = whitened.rows();
  const OperatorShape shape = operator_shape(model.config);
  const Encoder<float> encoder(encoder_shape(model.config));
  Encoder<float>::Pass pass;
  encoder.resize(pass, count);
  Matrix<float>& input = pass.layer.front();
  input.leftCols(dims) = whitened;
  input.col(dims).setConstant(static_cast<float>(model.time_scale.to_model(time)));
  encoder.predict(model.parameters, pass, 0, count);

  EncodedCells cells{Field<float>(dims, count), Field<float>(dims * dims, count),
                     Field<float>(shape.outputs(), count), shape};
  cells_to_field(input.data(), input.cols(), dims, cells.x.view());
  cells_to_field(pass.layer.back().data(), shape.outputs(), shape.outputs(), cells.output.view());
  Operator<float>(shape).forward(cells.output.view(), cells.a.view());
  // A sum is finite only if all of its terms are.
  float sum = pass.layer.back().sum();
  for (Index f = 0; f < cells.a.features(); ++f)
    sum += std::accumulate(cells.a.row(f), cells.a.row(f) + count, 0.F);
  if (!std::isfinite(sum)) {
    throw Error(ErrorCode::numerical, "the operator of a cell at time " + text(time) +
                                          " is not finite: the model was trained for times from " +
                                          text(model.first_time()) + " to " + text(model.last_time()));
  }
  return cells;
}

}  // namespace cellmnn

#include "model/encoded_cells.hpp"

#include <algorithm>
#include <numeric>
#include <string>

#include "cellmnn/error.hpp"
#include "lanes/blocks.hpp"
#include "model/encoder.hpp"

namespace cellmnn {

std::vector<TimeBlock> blocks_by_time(const CellMnn& model, const MatrixView<float>& cells,
                                      const Vector<double>& t) {
  const Index dims = model.config.dims;
  if (cells.cols() != dims) {
    throw Error(ErrorCode::bad_input, "the model has " + std::to_string(dims) +
                                          " dimensions, the cells have " + std::to_string(cells.cols()));
  }
  if (t.size() != cells.rows()) {
    throw Error(ErrorCode::bad_input, "there are " + std::to_string(cells.rows()) + " cells but " +
                                          std::to_string(t.size()) + " times; give each cell its own time");
  }
  std::vector<Index> order(static_cast<std::size_t>(t.size()));
  std::iota(order.begin(), order.end(), Index{0});
  std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) { return t(a) < t(b); });
  std::vector<TimeBlock> blocks;
  for (const Index row : order) {
    if (blocks.empty() || blocks.back().time != t(row) ||
        static_cast<Index>(blocks.back().rows.size()) == kBlockCells) {
      blocks.push_back({t(row), {}});
    }
    blocks.back().rows.push_back(row);
  }
  return blocks;
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
  encoder.forward(model.parameters, pass, 0, count);

  EncodedCells cells{Field<float>(dims, count), Field<float>(dims * dims, count),
                     Field<float>(shape.outputs(), count), shape};
  cells_to_field(input.data(), input.cols(), dims, cells.x.view());
  cells_to_field(pass.layer.back().data(), shape.outputs(), shape.outputs(), cells.output.view());
  Operator<float>(shape).forward(cells.output.view(), cells.a.view());
  return cells;
}

}  // namespace cellmnn

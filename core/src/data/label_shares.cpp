#include "cellmnn/label_shares.hpp"

namespace cellmnn {

Vector<double> label_shares(const std::vector<int>& labels, Index count) {
  Vector<double> cells = Vector<double>::Zero(count);
  for (const int label : labels)
    if (label >= 0) cells(label) += 1;
  return cells.sum() > 0 ? Vector<double>(cells / cells.sum()) : cells;
}

}  // namespace cellmnn

#include "native/io/h5ad/column_writer.hpp"

#include <cmath>
#include <string>
#include <vector>

namespace cellmnn {

void write_column(const hdf5::Place& place, const LabelColumn& column) {
  const auto rows = static_cast<Index>(column.codes.size());
  const auto label_of = [&](std::int32_t code) { return static_cast<std::size_t>(code); };
  if (!column.numbers.empty() && !column.ordered) {
    Vector<double> values(rows);
    for (Index i = 0; i < rows; ++i) {
      const std::int32_t code = column.codes[static_cast<std::size_t>(i)];
      values(i) = code < 0 ? std::nan("") : column.numbers[label_of(code)];
    }
    hdf5::write_array(place, values);
  } else if (column.ordered || column.labels.size() < column.codes.size()) {
    const hdf5::Id group = hdf5::create_categorical(place, column.codes, column.ordered);
    if (column.numbers.empty()) {
      hdf5::write_texts({group, "categories"}, column.labels);
    } else {
      hdf5::write_array({group, "categories"}, {static_cast<Index>(column.numbers.size())},
                        column.numbers.data());
    }
  } else {
    std::vector<std::string> texts;
    for (const std::int32_t code : column.codes)
      texts.push_back(code < 0 ? "" : column.labels[label_of(code)]);
    hdf5::write_texts(place, texts);
  }
}

}  // namespace cellmnn

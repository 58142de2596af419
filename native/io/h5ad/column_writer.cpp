#include "native/io/h5ad/column_writer.hpp"

#include <vector>

namespace cellmnn {

void write_column(const hdf5::Place& place, const LabelColumn& column) {
  ColumnWriter writer(place, column, std::ssize(column.codes));
  writer.add(column);
  writer.finish();
}

ColumnWriter::ColumnWriter(const hdf5::Place& place, const LabelCounts& all, Index rows) {
  if (!all.numbers.empty() && !all.ordered) {
    kind_ = Kind::numbers;
    rows_ = hdf5::Rows::of_numbers<double>(place, {rows});
  } else if (all.ordered || std::ssize(all.labels) < rows) {
    kind_ = Kind::categories;
    for (std::size_t i = 0; i < all.labels.size(); ++i)
      code_of_.emplace(all.labels[i], static_cast<std::int32_t>(i));
    const hdf5::Id group = hdf5::create_categorical(place, all.ordered);
    rows_ = hdf5::Rows::of_numbers<std::int32_t>({group, "codes"}, {rows});
    if (all.numbers.empty()) {
      hdf5::write_texts({group, "categories"}, all.labels);
    } else {
      hdf5::write_array({group, "categories"}, {std::ssize(all.numbers)}, all.numbers.data());
    }
  } else {
    kind_ = Kind::texts;
    rows_ = hdf5::Rows::of_texts(place, rows);
  }
}

void ColumnWriter::add(const LabelColumn& part) {
  if (kind_ == Kind::numbers) {
    const std::vector<double> values = numbers_of(part);
    rows_->add(std::ssize(values), values.data());
  } else if (kind_ == Kind::texts) {
    rows_->add(texts_of(part));
  } else {
    std::vector<std::int32_t> place_of, codes;
    for (const std::string& label : part.labels) place_of.push_back(code_of_.at(label));
    for (const std::int32_t code : part.codes)
      codes.push_back(code < 0 ? code : place_of[static_cast<std::size_t>(code)]);
    rows_->add(std::ssize(codes), codes.data());
  }
}

}  // namespace cellmnn

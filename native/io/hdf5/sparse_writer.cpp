#include "native/io/hdf5/sparse_writer.hpp"

#include <cstdint>
#include <limits>

namespace cellmnn::hdf5 {
namespace {

template <typename Number>
void append(std::variant<ArrayWriter<std::int32_t>, ArrayWriter<std::int64_t>>& array,
            const std::vector<Number>& numbers) {
  const auto count = static_cast<Index>(numbers.size());
  if (auto* narrow = std::get_if<ArrayWriter<std::int32_t>>(&array)) {
    narrow->append(std::vector<std::int32_t>(numbers.begin(), numbers.end()).data(), count);
  } else {
    std::get<ArrayWriter<std::int64_t>>(array).append(
        std::vector<std::int64_t>(numbers.begin(), numbers.end()).data(), count);
  }
}

Id create_csr(const Place& place, Index rows, Index columns) {
  Id group = create_group(place, "csr_matrix", "0.1.0");
  write_attribute(group, "shape", std::vector<std::int64_t>{rows, columns});
  return group;
}

}  // namespace

/// scipy wants both index arrays in one type.
SparseWriter::Whole SparseWriter::whole(const Place& place, Index length, Index entries) {
  if (entries <= std::numeric_limits<std::int32_t>::max()) return ArrayWriter<std::int32_t>(place, {length});
  return ArrayWriter<std::int64_t>(place, {length});
}

SparseWriter::SparseWriter(const Place& place, Index rows, Index columns, Index entries)
    : group_(create_csr(place, rows, columns)),
      data_({group_, "data"}, {entries}),
      indices_(whole({group_, "indices"}, entries, entries)),
      starts_(whole({group_, "indptr"}, rows + 1, entries)) {
  hdf5::append(starts_, std::vector<Index>{0});
}

void SparseWriter::append(const SparseMatrix& rows, const std::vector<float>& values) {
  data_.append(values.data(), rows.entries());
  hdf5::append(indices_, rows.indices);
  std::vector<Index> ends(rows.starts.begin() + 1, rows.starts.end());
  for (Index& end : ends) end += entries_;
  hdf5::append(starts_, ends);
  entries_ += rows.entries();
}

void SparseWriter::close() {
  data_.close();
  for (Whole* array : {&indices_, &starts_}) std::visit([](auto& each) { each.close(); }, *array);
}

void write_sparse(const Place& place, const SparseMatrix& matrix, const std::vector<float>& values) {
  SparseWriter writer(place, matrix.rows, matrix.columns, matrix.entries());
  writer.append(matrix, values);
  writer.close();
}

}  // namespace cellmnn::hdf5

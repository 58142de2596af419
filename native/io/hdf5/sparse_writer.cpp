#include "native/io/hdf5/sparse_writer.hpp"

#include <cstdint>
#include <limits>

namespace cellmnn::hdf5 {
namespace {

Id create_csr(const Place& place, Index rows, Index columns) {
  Id group = create_group(place, "csr_matrix", "0.1.0");
  write_attribute(group, "shape", std::vector<std::int64_t>{rows, columns});
  return group;
}

}  // namespace

SparseWriter::SparseWriter(const Place& place, Index rows, Index columns, Index entries)
    : group_(create_csr(place, rows, columns)),
      narrow_(entries <= std::numeric_limits<std::int32_t>::max()),
      data_(Rows::of_numbers<float>({group_, "data"}, {entries})),
      indices_(of_indices("indices", entries)),
      starts_(of_indices("indptr", rows + 1)) {
  add(starts_, std::vector<Index>{0});
}

Rows SparseWriter::of_indices(const char* name, Index length) const {
  return narrow_ ? Rows::of_numbers<std::int32_t>({group_, name}, {length})
                 : Rows::of_numbers<std::int64_t>({group_, name}, {length});
}

template <typename Number>
void SparseWriter::add(Rows& array, const std::vector<Number>& numbers) const {
  if (narrow_) {
    array.add(std::ssize(numbers), std::vector<std::int32_t>(numbers.begin(), numbers.end()).data());
  } else {
    array.add(std::ssize(numbers), std::vector<std::int64_t>(numbers.begin(), numbers.end()).data());
  }
}

void SparseWriter::add(const SparseMatrix& rows, const std::vector<float>& values) {
  data_.add(rows.entries(), values.data());
  add(indices_, rows.indices);
  std::vector<Index> ends(rows.starts.begin() + 1, rows.starts.end());
  for (Index& end : ends) end += entries_;
  add(starts_, ends);
  entries_ += rows.entries();
}

void SparseWriter::finish() {
  for (Rows* array : {&data_, &indices_, &starts_}) array->finish();
}

void write_sparse(const Place& place, const SparseMatrix& matrix, const std::vector<float>& values) {
  SparseWriter writer(place, matrix.rows, matrix.columns, matrix.entries());
  writer.add(matrix, values);
  writer.finish();
}

}  // namespace cellmnn::hdf5

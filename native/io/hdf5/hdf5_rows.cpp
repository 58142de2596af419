#include "native/io/hdf5/hdf5_rows.hpp"

#include <cstdint>
#include <utility>

#include "native/io/hdf5/hdf5_objects.hpp"

namespace cellmnn::hdf5 {

Rows::Rows(const Place& place, Id type, std::vector<Index> shape, const char* encoding)
    : type_(std::move(type)),
      dataset_(create_dataset(place, type_, space_of(shape))),
      shape_(std::move(shape)) {
  write_encoding(dataset_, encoding, "0.2.0");
}

template <typename T>
Rows Rows::of_numbers(const Place& place, const std::vector<Index>& shape) {
  return {place, type_of<T>(), shape, "array"};
}
template Rows Rows::of_numbers<float>(const Place&, const std::vector<Index>&);
template Rows Rows::of_numbers<double>(const Place&, const std::vector<Index>&);
template Rows Rows::of_numbers<std::int32_t>(const Place&, const std::vector<Index>&);
template Rows Rows::of_numbers<std::int64_t>(const Place&, const std::vector<Index>&);

Rows Rows::of_flags(const Place& place, Index rows) { return {place, boolean_type(), {rows}, "array"}; }

Rows Rows::of_texts(const Place& place, Index rows) { return {place, utf8_type(), {rows}, "string-array"}; }

void Rows::add(Index rows, const void* values) {
  std::vector<Index> part = shape_;
  part.front() = rows;
  const Id memory = space_of(part), file = checked(H5Dget_space(dataset_.get()));
  if (H5Sget_simple_extent_npoints(memory.get()) == 0) return;
  std::vector<hsize_t> start(shape_.size(), 0);
  start.front() = static_cast<hsize_t>(row_);
  const std::vector<hsize_t> extent(part.begin(), part.end());
  check(H5Sselect_hyperslab(file.get(), H5S_SELECT_SET, start.data(), nullptr, extent.data(), nullptr) >= 0);
  check(H5Dwrite(dataset_.get(), type_.get(), memory.get(), file.get(), H5P_DEFAULT, values) >= 0);
  row_ += rows;
}

void Rows::add(const std::vector<bool>& flags) {
  const std::vector<std::int8_t> bytes(flags.begin(), flags.end());
  add(std::ssize(bytes), bytes.data());
}

void Rows::add(const std::vector<std::string>& texts) {
  const std::vector<const char*> all = pointers(texts);
  add(std::ssize(all), all.data());
}

void Rows::finish() { check(dataset_.close()); }  // small values are written only now, and never again

}  // namespace cellmnn::hdf5

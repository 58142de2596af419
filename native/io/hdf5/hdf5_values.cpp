// The values of a dataset, or of one column of its records.
#include <algorithm>
#include <cstring>

#include "native/io/hdf5/hdf5_node.hpp"
#include "native/io/hdf5/hdf5_texts.hpp"
#include "native/io/hdf5/zstd_filter.hpp"

namespace cellmnn::hdf5 {
namespace {

std::vector<hsize_t> extents(const Id& space) {
  std::vector<hsize_t> result(static_cast<std::size_t>(std::max(0, H5Sget_simple_extent_ndims(space.get()))));
  H5Sget_simple_extent_dims(space.get(), result.data(), nullptr);
  return result;
}

std::vector<hsize_t> array_extents(const Id& type) {
  std::vector<hsize_t> result(static_cast<std::size_t>(std::max(0, H5Tget_array_ndims(type.get()))));
  H5Tget_array_dims2(type.get(), result.data());
  return result;
}

/// "2 x 3".
std::string product_text(const std::vector<Index>& shape) {
  std::string text;
  for (const Index extent : shape) text += (text.empty() ? "" : " x ") + std::to_string(extent);
  return text;
}

/// Whether a file of `file_bytes` can hold so many values, compressed or not. No axis counts as empty: rows
/// without columns would be believed in any number.
bool can_hold(std::uint64_t file_bytes, const std::vector<hsize_t>& shape, std::uint64_t item_bytes) {
  constexpr std::uint64_t kMaxRatio = 1032;                  // of deflate
  constexpr std::uint64_t kSmall = std::uint64_t{64} << 20;  // of zeros, which HDF5 need not store
  const auto limit = static_cast<double>(kSmall + kMaxRatio * file_bytes);
  auto bytes = static_cast<double>(item_bytes);
  for (const hsize_t extent : shape) bytes *= static_cast<double>(std::max<hsize_t>(1, extent));
  return bytes <= limit;
}

}  // namespace

Id Node::file_type() const {
  Id type(H5Dget_type(object()));
  if (!type) throw_unreadable();
  if (column_.empty()) return type;
  const int member = H5Tget_member_index(type.get(), column_.c_str());
  return Id(H5Tget_member_type(type.get(), static_cast<unsigned>(member)));
}

Id Node::space() const {
  Id space(H5Dget_space(object()));
  if (!space) throw_unreadable();
  return space;
}

ValueKind Node::kind() const {
  const Guard watched = guard();
  if (H5Iget_type(object()) != H5I_DATASET || is_group()) return ValueKind::none;
  if (H5Sget_simple_extent_type(space().get()) == H5S_NULL) return ValueKind::none;
  Id type = file_type();
  if (H5Tget_class(type.get()) == H5T_ARRAY) type = Id(H5Tget_super(type.get()));
  switch (H5Tget_class(type.get())) {
    case H5T_INTEGER:
    case H5T_FLOAT:
    case H5T_ENUM:
      return ValueKind::number;
    case H5T_STRING:
      return ValueKind::text;
    default:
      return ValueKind::other;
  }
}

std::vector<Index> Node::shape() const {
  const Guard watched = guard();
  std::vector<hsize_t> all = extents(space());
  Id type = file_type();
  if (H5Tget_class(type.get()) == H5T_ARRAY) {
    const std::vector<hsize_t> inner = array_extents(type);
    all.insert(all.end(), inner.begin(), inner.end());
    type = Id(H5Tget_super(type.get()));
  }
  std::vector<Index> result(all.begin(), all.end());
  if (!can_hold(file_.bytes, all, H5Tget_size(type.get()))) {
    throw error("claims " + product_text(result) + " values, more than a file of " +
                std::to_string(file_.bytes) + " bytes can hold: the file is damaged or incomplete");
  }
  return result;
}

Index Node::length() const {
  const std::vector<Index> axes = shape();
  if (axes.size() != 1) throw error("has " + std::to_string(axes.size()) + " axes, expected 1");
  return axes[0];
}

Index Node::rows_per_chunk() const {
  const Guard watched = guard();
  const Id layout(H5Dget_create_plist(object()));
  if (H5Pget_layout(layout.get()) != H5D_CHUNKED) return 1;
  std::vector<hsize_t> chunk(extents(space()).size());
  H5Pget_chunk(layout.get(), static_cast<int>(chunk.size()), chunk.data());
  return chunk.empty() ? 1 : static_cast<Index>(chunk[0]);
}

Id Node::type_in_memory(const Id& values) const {
  if (column_.empty()) return values;
  Id record(H5Tcreate(H5T_COMPOUND, H5Tget_size(values.get())));
  H5Tinsert(record.get(), column_.c_str(), 0, values.get());
  return record;
}

void Node::read_numbers(Index first, Index count, Index columns, hid_t type, std::size_t size,
                        void* out) const {
  const Guard watched = guard();
  if (kind() != ValueKind::number) throw error("does not hold numbers");
  if (count == 0 || columns == 0) return;
  const Id file_space = space();
  std::vector<hsize_t> start(extents(file_space).size(), 0);
  std::vector<hsize_t> extent = extents(file_space);
  if (!extent.empty()) {
    start[0] = static_cast<hsize_t>(first);
    extent[0] = static_cast<hsize_t>(count);
  }
  Id values(H5Tcopy(type));
  const Id stored = file_type();
  const bool rows_are_arrays = H5Tget_class(stored.get()) == H5T_ARRAY;
  if (rows_are_arrays) {
    const std::vector<hsize_t> inner = array_extents(stored);
    values = Id(H5Tarray_create2(type, static_cast<unsigned>(inner.size()), inner.data()));
  }
  if (extent.size() > 1) extent[1] = static_cast<hsize_t>(columns);
  const Id memory_space(H5Screate_simple(static_cast<int>(extent.size()), extent.data(), nullptr));
  if (!extent.empty()) {
    H5Sselect_hyperslab(file_space.get(), H5S_SELECT_SET, start.data(), nullptr, extent.data(), nullptr);
  }
  expect_chunks_of(object());
  const auto read = [&](void* target) {
    const Id memory = type_in_memory(values);
    if (H5Dread(object(), memory.get(), memory_space.get(), file_space.get(), H5P_DEFAULT, target) < 0) {
      throw_unreadable();
    }
  };
  if (!rows_are_arrays) {
    read(out);
    return;
  }
  // A record is read whole; its first columns are kept.
  const std::size_t stored_row = H5Tget_size(values.get());
  const std::size_t kept_row = static_cast<std::size_t>(columns) * size;
  std::vector<char> records(static_cast<std::size_t>(count) * stored_row);
  read(records.data());
  for (std::size_t row = 0; row < static_cast<std::size_t>(count); ++row) {
    std::memcpy(static_cast<char*>(out) + row * kept_row, records.data() + row * stored_row, kept_row);
  }
}

std::vector<double> Node::numbers() const {
  const Index count = length();
  std::vector<double> values(static_cast<std::size_t>(count));
  read_rows(0, count, 1, values.data());
  return values;
}

std::vector<std::string> Node::texts() const {
  const Guard watched = guard();
  const std::vector<Index> axes = shape();
  return texts(0, axes.empty() ? 1 : axes[0]);
}

std::vector<std::string> Node::texts(Index first, Index count) const {
  const Guard watched = guard();
  if (kind() != ValueKind::text || shape().size() > 1) throw error("does not hold strings with one axis");
  const Id type(H5Tget_native_type(file_type().get(), H5T_DIR_DEFAULT));
  const auto size = static_cast<std::size_t>(count);
  std::vector<char> memory(size * H5Tget_size(type.get()));
  const Id file_space = space();
  const auto begin = static_cast<hsize_t>(first), extent = static_cast<hsize_t>(count);
  const Id memory_space(H5Screate_simple(1, &extent, nullptr));
  if (!shape().empty())
    H5Sselect_hyperslab(file_space.get(), H5S_SELECT_SET, &begin, nullptr, &extent, nullptr);
  const Id memory_type =
      type_in_memory(type);  // outlives the report of an error, which closing it would erase
  expect_chunks_of(object());
  if (count > 0 && H5Dread(object(), memory_type.get(), memory_space.get(), file_space.get(), H5P_DEFAULT,
                           memory.data()) < 0) {
    throw_unreadable();
  }
  return take_texts(type, size, memory);
}

}  // namespace cellmnn::hdf5

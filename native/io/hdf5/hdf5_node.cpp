#include "native/io/hdf5/hdf5_node.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <utility>

#include "native/io/files/input_file.hpp"
#include "native/io/files/text.hpp"
#include "native/io/hdf5/lzf_filter.hpp"

namespace cellmnn::hdf5 {
namespace {

/// A string that HDF5 allocated.
struct HdfFree {
  void operator()(char* text) const { H5free_memory(text); }
};
using HdfString = std::unique_ptr<char, HdfFree>;

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

/// Texts from memory in which HDF5 has put `count` strings of type `type`; frees what HDF5 allocated.
std::vector<std::string> take_texts(const Id& type, std::size_t count, std::vector<char>& memory) {
  const std::size_t size = H5Tget_size(type.get());
  const bool variable = H5Tis_variable_str(type.get()) > 0;
  const bool space_padded = H5Tget_strpad(type.get()) == H5T_STR_SPACEPAD;
  std::vector<std::string> texts;
  texts.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const char* item = memory.data() + i * size;
    if (variable) {
      char* text = nullptr;
      std::memcpy(&text, item, sizeof text);
      const HdfString owner(text);
      texts.emplace_back(text == nullptr ? "" : text);
    } else {
      texts.emplace_back(item, ::strnlen(item, size));
      if (space_padded) texts.back().erase(texts.back().find_last_not_of(' ') + 1);
    }
  }
  return texts;
}

std::vector<std::string> read_text_attribute(const Id& attribute) {
  const Id file_type(H5Aget_type(attribute.get()));
  if (H5Tget_class(file_type.get()) != H5T_STRING) return {};
  const Id type(H5Tget_native_type(file_type.get(), H5T_DIR_DEFAULT));
  const Id space(H5Aget_space(attribute.get()));
  const hssize_t points = H5Sget_simple_extent_npoints(space.get());
  if (points <= 0) return {};
  const auto count = static_cast<std::size_t>(points);
  std::vector<char> memory(count * H5Tget_size(type.get()));
  if (H5Aread(attribute.get(), type.get(), memory.data()) < 0) return {};
  return take_texts(type, count, memory);
}

}  // namespace

Node::Node(std::string path, std::string name, Id object, std::string column)
    : path_(std::move(path)),
      name_(std::move(name)),
      object_(std::move(object)),
      column_(std::move(column)) {}

Node Node::open(const std::string& path) {
  silence_errors();
  register_lzf_filter();
  const InputFile checked(path);
  std::array<char, 8> start = {};
  checked.read(0, start.data(), std::min<std::uint64_t>(start.size(), checked.size()));
  const Id access(H5Pcreate(H5P_FILE_ACCESS));
  // Reading needs no lock, and some cluster file systems have none.
  H5Pset_file_locking(access.get(), false, true);
  const Id file(H5Fopen(path.c_str(), H5F_ACC_RDONLY, access.get()));
  if (!file) {
    const bool begins_well = std::memcmp(start.data(), "\x89HDF\r\n\x1a\n", start.size()) == 0;
    throw file_error(path, begins_well ? "is a damaged or truncated HDF5 file: " + last_error()
                                       : "is not an HDF5 file, which .h5ad must be");
  }
  Id root(H5Oopen(file.get(), "/", H5P_DEFAULT));
  if (!root) throw file_error(path, "is a damaged HDF5 file: " + last_error());
  return {path, "", std::move(root)};
}

Error Node::error(const std::string& what) const {
  return file_error(path_, (name_.empty() ? "the file" : name_) + " " + what);
}

Error Node::unreadable() const { return error("cannot be read: " + last_error()); }

bool Node::is_group() const {
  if (H5Iget_type(object_.get()) == H5I_GROUP) return true;
  return column_.empty() && H5Tget_class(file_type().get()) == H5T_COMPOUND;
}

std::vector<std::string> Node::children() const {
  std::vector<std::string> names;
  if (H5Iget_type(object_.get()) == H5I_GROUP) {
    const auto add = [](hid_t, const char* name, const H5L_info_t*, void* list) -> herr_t {
      static_cast<std::vector<std::string>*>(list)->emplace_back(name);
      return 0;
    };
    if (H5Literate(object_.get(), H5_INDEX_NAME, H5_ITER_INC, nullptr, add, &names) < 0) throw unreadable();
  } else if (is_group()) {
    const Id type = file_type();
    const int count = H5Tget_nmembers(type.get());
    for (int i = 0; i < count; ++i) {
      const HdfString member(H5Tget_member_name(type.get(), static_cast<unsigned>(i)));
      names.emplace_back(member.get());
    }
  }
  return names;
}

std::optional<Node> Node::find(const std::string& child) const {
  const std::string full_name = name_.empty() ? child : name_ + "/" + child;
  if (H5Iget_type(object_.get()) != H5I_GROUP) {
    const std::vector<std::string> names = children();
    if (std::find(names.begin(), names.end(), child) == names.end()) return std::nullopt;
    return Node(path_, full_name, object_, child);
  }
  // Each step of the path must be asked for on its own.
  for (std::size_t slash = child.find('/');; slash = child.find('/', slash + 1)) {
    if (H5Lexists(object_.get(), child.substr(0, slash).c_str(), H5P_DEFAULT) <= 0) return std::nullopt;
    if (slash == std::string::npos) break;
  }
  Id object(H5Oopen(object_.get(), child.c_str(), H5P_DEFAULT));
  Node node(path_, full_name, std::move(object));
  if (!node.object_) throw node.unreadable();
  return node;
}

Node Node::at(const std::string& child) const {
  std::optional<Node> node = find(child);
  if (!node) throw error("has no '" + child + "': it holds " + quoted_list(children()));
  return *std::move(node);
}

Id Node::attribute(const std::string& attribute) const {
  if (!column_.empty() || H5Aexists(object_.get(), attribute.c_str()) <= 0) return {};
  return Id(H5Aopen(object_.get(), attribute.c_str(), H5P_DEFAULT));
}

std::optional<std::string> Node::text_attribute(const std::string& attribute_name) const {
  std::vector<std::string> texts = text_list_attribute(attribute_name);
  if (texts.size() != 1) return std::nullopt;
  return std::move(texts[0]);
}

std::vector<std::string> Node::text_list_attribute(const std::string& attribute_name) const {
  const Id found = attribute(attribute_name);
  return found ? read_text_attribute(found) : std::vector<std::string>{};
}

std::vector<Index> Node::integer_attribute(const std::string& attribute_name) const {
  const Id found = attribute(attribute_name);
  if (!found) return {};
  const Id space(H5Aget_space(found.get()));
  const hssize_t points = H5Sget_simple_extent_npoints(space.get());
  std::vector<std::int64_t> values(static_cast<std::size_t>(std::max<hssize_t>(0, points)));
  if (H5Aread(found.get(), H5T_NATIVE_INT64, values.data()) < 0) return {};
  return {values.begin(), values.end()};
}

Id Node::file_type() const {
  Id type(H5Dget_type(object_.get()));
  if (!type) throw unreadable();
  if (column_.empty()) return type;
  const int member = H5Tget_member_index(type.get(), column_.c_str());
  return Id(H5Tget_member_type(type.get(), static_cast<unsigned>(member)));
}

Id Node::space() const {
  Id space(H5Dget_space(object_.get()));
  if (!space) throw unreadable();
  return space;
}

ValueKind Node::kind() const {
  if (H5Iget_type(object_.get()) != H5I_DATASET || is_group()) return ValueKind::none;
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
  std::vector<hsize_t> all = extents(space());
  const Id type = file_type();
  if (H5Tget_class(type.get()) == H5T_ARRAY) {
    const std::vector<hsize_t> inner = array_extents(type);
    all.insert(all.end(), inner.begin(), inner.end());
  }
  return {all.begin(), all.end()};
}

Index Node::rows_per_chunk() const {
  const Id layout(H5Dget_create_plist(object_.get()));
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
  const auto read = [&](void* target) {
    const Id memory = type_in_memory(values);
    if (H5Dread(object_.get(), memory.get(), memory_space.get(), file_space.get(), H5P_DEFAULT, target) < 0) {
      throw unreadable();
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
  const std::vector<Index> axes = shape();
  if (axes.size() != 1) throw error("has " + std::to_string(axes.size()) + " axes, expected 1");
  std::vector<double> values(static_cast<std::size_t>(axes[0]));
  read_rows(0, axes[0], 1, values.data());
  return values;
}

std::vector<std::string> Node::texts() const {
  const std::vector<Index> axes = shape();
  if (kind() != ValueKind::text || axes.size() != 1) throw error("does not hold strings with one axis");
  const Id type(H5Tget_native_type(file_type().get(), H5T_DIR_DEFAULT));
  const auto count = static_cast<std::size_t>(axes[0]);
  std::vector<char> memory(count * H5Tget_size(type.get()));
  const Id memory_type =
      type_in_memory(type);  // outlives the report of an error, which closing it would erase
  if (count > 0 &&
      H5Dread(object_.get(), memory_type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, memory.data()) < 0) {
    throw unreadable();
  }
  return take_texts(type, count, memory);
}

}  // namespace cellmnn::hdf5

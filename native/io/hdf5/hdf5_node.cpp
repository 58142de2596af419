#include "native/io/hdf5/hdf5_node.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "native/io/files/input_file.hpp"
#include "native/io/files/text.hpp"
#include "native/io/hdf5/hdf5_texts.hpp"
#include "native/io/hdf5/lzf_filter.hpp"
#include "native/io/hdf5/zstd_filter.hpp"

namespace cellmnn::hdf5 {
namespace {

/// What HDF5 asks before it follows a link into another file: remembers the name and says no.
herr_t refuse_link(const char*, const char*, const char* other_file, const char*, unsigned*, hid_t,
                   void* name) {
  *static_cast<std::string*>(name) = other_file;
  return -1;
}

/// Whether an attribute of this type can be read as integers.
bool holds_integers(const Id& attribute) {
  const H5T_class_t kind = H5Tget_class(Id(H5Aget_type(attribute.get())).get());
  return kind == H5T_INTEGER || kind == H5T_ENUM || kind == H5T_FLOAT;
}

}  // namespace

Node::Node(const File& file, std::string name, Id object)
    : Node(file, std::move(name), {new Id(std::move(object)), [path = file.path](const Id* id) {
                                     const Guard closing(path);
                                     delete id;
                                   }}) {}

Node::Node(File file, std::string name, std::shared_ptr<const Id> object, std::string column)
    : file_(std::move(file)),
      name_(std::move(name)),
      object_(std::move(object)),
      column_(std::move(column)) {}

Node Node::open(const std::string& path) {
  silence_errors();
  register_lzf_filter();
  register_zstd_filter();
  const InputFile checked(path);
  std::array<char, 8> start = {};
  checked.read(0, start.data(), std::min<std::uint64_t>(start.size(), checked.size()));
  const Guard guard(path, checked.size());
  const Id access(H5Pcreate(H5P_FILE_ACCESS));
  // Reading needs no lock, and some cluster file systems have none.
  H5Pset_file_locking(access.get(), false, true);
  const Id file(H5Fopen(path.c_str(), H5F_ACC_RDONLY, access.get()));
  if (!file) {
    if (const int code = last_errno(); code != 0) throw ReadFailure(path + ":", code);
    const bool begins_well = std::memcmp(start.data(), "\x89HDF\r\n\x1a\n", start.size()) == 0;
    throw file_error(path, begins_well ? "is a damaged or truncated HDF5 file: " + last_error()
                                       : "is not an HDF5 file, which .h5ad must be");
  }
  Id root(H5Oopen(file.get(), "/", H5P_DEFAULT));
  if (!root) throw file_error(path, "is a damaged HDF5 file: " + last_error());
  return {File{path, checked.size()}, "", std::move(root)};
}

Error Node::error(const std::string& what) const {
  return file_error(file_.path, (name_.empty() ? "the file" : name_) + " " + what);
}

void Node::throw_unreadable() const {
  if (const int code = last_errno(); code != 0)
    throw ReadFailure(file_.path + ": " + (name_.empty() ? "the file" : name_), code);
  throw error("cannot be read: " + last_error());
}

bool Node::is_group() const {
  const Guard watched = guard();
  if (H5Iget_type(object()) == H5I_GROUP) return true;
  return column_.empty() && H5Tget_class(file_type().get()) == H5T_COMPOUND;
}

std::vector<std::string> Node::children() const {
  const Guard watched = guard();
  std::vector<std::string> names;
  if (H5Iget_type(object()) == H5I_GROUP) {
    const auto add = [](hid_t, const char* name, const H5L_info_t*, void* list) -> herr_t {
      static_cast<std::vector<std::string>*>(list)->emplace_back(name);
      return 0;
    };
    if (H5Literate(object(), H5_INDEX_NAME, H5_ITER_INC, nullptr, add, &names) < 0) throw_unreadable();
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
  const Guard watched = guard();
  const std::string full_name = name_.empty() ? child : name_ + "/" + child;
  if (H5Iget_type(object()) != H5I_GROUP) {
    const std::vector<std::string> names = children();
    if (std::find(names.begin(), names.end(), child) == names.end()) return std::nullopt;
    return Node(file_, full_name, object_, child);
  }
  std::string other_file;
  const Id access(H5Pcreate(H5P_LINK_ACCESS));
  H5Pset_elink_cb(access.get(), refuse_link, &other_file);
  const auto exists = [&](const std::string& part) {
    const htri_t answer = H5Lexists(object(), part.c_str(), access.get());
    if (answer < 0 && other_file.empty()) throw_unreadable();
    return answer > 0;
  };
  // Each step of the path must be asked for on its own.
  std::size_t slash = 0;
  while ((slash = child.find('/', slash + 1)) != std::string::npos && exists(child.substr(0, slash))) {
  }
  const bool found = slash == std::string::npos && exists(child);
  Node node(file_, full_name, found ? Id(H5Oopen(object(), child.c_str(), access.get())) : Id());
  if (!other_file.empty()) throw node.in_other_file(other_file);
  if (!found) return std::nullopt;
  if (!*node.object_) node.throw_unreadable();
  node.refuse_values_elsewhere();
  return node;
}

Error Node::in_other_file(const std::string& other) const {
  return error("is kept in another file, '" + other + "', expected one file: save the data again as a whole");
}

/// Values can be in raw files, or be views of other files.
void Node::refuse_values_elsewhere() const {
  if (H5Iget_type(object()) != H5I_DATASET) return;
  const Id layout(H5Dget_create_plist(object()));
  if (!layout) throw_unreadable();
  std::array<char, 256> other = {};
  if (H5Pget_external_count(layout.get()) > 0) {
    H5Pget_external(layout.get(), 0, other.size() - 1, other.data(), nullptr, nullptr);
    throw in_other_file(other.data());
  }
  if (H5Pget_layout(layout.get()) != H5D_VIRTUAL) return;
  H5Pget_virtual_filename(layout.get(), 0, other.data(), other.size());
  throw in_other_file(other.data());
}

Node Node::at(const std::string& child) const {
  std::optional<Node> node = find(child);
  if (!node) throw error("has no '" + child + "': it holds " + quoted_list(children()));
  return *std::move(node);
}

Id Node::attribute(const std::string& attribute) const {
  if (!column_.empty()) return {};
  const htri_t exists = H5Aexists(object(), attribute.c_str());
  if (exists == 0) return {};
  Id found(exists > 0 ? H5Aopen(object(), attribute.c_str(), H5P_DEFAULT) : H5I_INVALID_HID);
  if (!found) throw_unreadable();
  return found;
}

std::optional<std::string> Node::text_attribute(const std::string& attribute_name) const {
  std::vector<std::string> texts = text_list_attribute(attribute_name);
  if (texts.size() != 1) return std::nullopt;
  return std::move(texts[0]);
}

std::vector<std::string> Node::text_list_attribute(const std::string& attribute_name) const {
  const Guard watched = guard();
  const Id found = attribute(attribute_name);
  if (!found) return {};
  const Id file_type(H5Aget_type(found.get()));
  if (H5Tget_class(file_type.get()) != H5T_STRING) return {};
  const Id type(H5Tget_native_type(file_type.get(), H5T_DIR_DEFAULT));
  const Id space(H5Aget_space(found.get()));
  const hssize_t points = H5Sget_simple_extent_npoints(space.get());
  if (points <= 0) return {};
  const auto count = static_cast<std::size_t>(points);
  const std::size_t size = H5Tget_size(type.get());
  if (size == 0 || count > file_.bytes / size) return {};
  std::vector<char> memory(count * size);
  if (H5Aread(found.get(), type.get(), memory.data()) < 0) throw_unreadable();
  return take_texts(type, count, memory);
}

std::vector<Index> Node::integer_attribute(const std::string& attribute_name) const {
  const Guard watched = guard();
  const Id found = attribute(attribute_name);
  if (!found || !holds_integers(found)) return {};
  const Id space(H5Aget_space(found.get()));
  const hssize_t points = H5Sget_simple_extent_npoints(space.get());
  if (points > static_cast<hssize_t>(file_.bytes)) return {};
  std::vector<std::int64_t> values(static_cast<std::size_t>(std::max<hssize_t>(0, points)));
  if (H5Aread(found.get(), H5T_NATIVE_INT64, values.data()) < 0) throw_unreadable();
  return {values.begin(), values.end()};
}

}  // namespace cellmnn::hdf5

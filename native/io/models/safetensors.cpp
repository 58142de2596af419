#include "native/io/models/safetensors.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "native/io/files/input_file.hpp"
#include "native/io/files/json_reader.hpp"
#include "native/io/files/little_endian.hpp"

namespace cellmnn {
namespace {

using nlohmann::json;

constexpr std::size_t kLengthBytes = 8;
constexpr std::uint64_t kLongestHeader = 100'000'000;
constexpr std::size_t kAlignment = 8;

std::string_view bytes_of(const SafeTensor& tensor) {
  return std::visit(
      [](const auto& values) {
        return std::string_view(reinterpret_cast<const char*>(values.data()),
                                values.size() * sizeof values[0]);
      },
      tensor.values);
}

bool is_double(const SafeTensor& tensor) {
  return std::holds_alternative<std::vector<double>>(tensor.values);
}

/// The product of the extents and `item_bytes`, or nothing if it does not fit 64 bits.
std::optional<std::uint64_t> byte_count(const std::vector<std::uint64_t>& shape, std::uint64_t item_bytes) {
  std::uint64_t product = item_bytes;
  for (const std::uint64_t extent : shape) {
    if (extent != 0 && product > std::numeric_limits<std::uint64_t>::max() / extent) return std::nullopt;
    product *= extent;
  }
  return product;
}

bool is_list_of_sizes(const json& value) {
  return value.is_array() &&
         std::all_of(value.begin(), value.end(), [](const json& item) { return item.is_number_unsigned(); });
}

template <typename Scalar>
std::vector<Scalar> values_of(std::string_view bytes) {
  std::vector<Scalar> values(bytes.size() / sizeof(Scalar));
  std::copy_n(bytes.data(), bytes.size(), reinterpret_cast<char*>(values.data()));
  return values;
}

class Parser {
 public:
  Parser(std::string_view bytes, std::string path) : bytes_(bytes), path_(std::move(path)) {}

  SafeTensors parse() {
    const json header = read_header();
    SafeTensors content;
    for (const auto& [name, entry] : header.items()) {
      if (name == "__metadata__") {
        content.metadata = metadata(entry);
      } else {
        content.tensors.emplace(name, tensor(name, entry));
      }
    }
    check_coverage();
    return content;
  }

 private:
  struct Range {
    std::uint64_t begin, end;
    std::string name;
  };

  Error error(const std::string& what) const {
    return file_error(path_, "is not a valid safetensors file: " + what);
  }
  Error error(const std::string& name, const std::string& what) const {
    return error("the tensor '" + name + "' " + what);
  }

  json read_header() {
    if (bytes_.size() < kLengthBytes) throw error("it has only " + std::to_string(bytes_.size()) + " bytes");
    const auto length = little<std::uint64_t>(bytes_.data());
    if (length > kLongestHeader || length > bytes_.size() - kLengthBytes) {
      throw error("its header claims " + std::to_string(length) + " bytes, but the file has " +
                  std::to_string(bytes_.size()));
    }
    const std::string_view text = bytes_.substr(kLengthBytes, length);
    data_ = bytes_.substr(kLengthBytes + length);
    auto header = parse_json<json>(text);
    if (!header.is_object()) {
      throw error("its header is not a JSON object, or nests deeper than " + std::to_string(kMaxJsonDepth) +
                  " levels");
    }
    return header;
  }

  std::map<std::string, std::string> metadata(const json& entry) const {
    const bool texts = entry.is_object() && std::all_of(entry.begin(), entry.end(),
                                                        [](const json& value) { return value.is_string(); });
    if (!texts) throw error("its metadata are not all text");
    return entry.get<std::map<std::string, std::string>>();
  }

  SafeTensor tensor(const std::string& name, const json& entry) {
    if (!entry.is_object() || entry.size() != 3 || !entry.contains("dtype") || !entry.contains("shape") ||
        !entry.contains("data_offsets")) {
      throw error(name, "is not described by dtype, shape and data_offsets");
    }
    const json &dtype = entry["dtype"], &shape = entry["shape"], &offsets = entry["data_offsets"];
    if (dtype != "F32" && dtype != "F64")
      throw error(name, "has the dtype " + dtype.dump() + ", expected F32 or F64");
    if (!is_list_of_sizes(shape)) throw error(name, "has the shape " + shape.dump());
    if (!is_list_of_sizes(offsets) || offsets.size() != 2 || offsets[0] > offsets[1] ||
        offsets[1] > data_.size()) {
      throw error(name, "has data_offsets " + offsets.dump() + " outside of the " +
                            std::to_string(data_.size()) + " bytes of values");
    }
    const auto extents = shape.get<std::vector<std::uint64_t>>();
    const Range range{offsets[0], offsets[1], name};
    if (byte_count(extents, dtype == "F32" ? 4 : 8) != range.end - range.begin) {
      throw error(name, "has the shape " + shape.dump() + ", which does not fit its " +
                            std::to_string(range.end - range.begin) + " bytes");
    }
    ranges_.push_back(range);
    const std::string_view values = data_.substr(range.begin, range.end - range.begin);
    SafeTensor tensor{{extents.begin(), extents.end()}, {}};
    if (dtype == "F32") {
      tensor.values = values_of<float>(values);
    } else {
      tensor.values = values_of<double>(values);
    }
    return tensor;
  }

  /// Every byte belongs to exactly one tensor.
  void check_coverage() {
    std::sort(ranges_.begin(), ranges_.end(), [](const Range& a, const Range& b) {
      return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
    });
    std::uint64_t end = 0;
    for (const Range& range : ranges_) {
      if (range.begin < end) throw error(range.name, "overlaps another");
      if (range.begin > end)
        throw error(range.name, "follows a gap of " + std::to_string(range.begin - end) + " bytes");
      end = range.end;
    }
    if (end != data_.size()) throw error(std::to_string(data_.size() - end) + " bytes belong to no tensor");
  }

  std::string_view bytes_, data_;
  std::string path_;
  std::vector<Range> ranges_;
};

}  // namespace

std::string safetensors_bytes(const SafeTensors& content) {
  std::vector<const std::pair<const std::string, SafeTensor>*> order;
  for (const auto& entry : content.tensors) order.push_back(&entry);
  std::stable_partition(order.begin(), order.end(),
                        [](const auto* entry) { return is_double(entry->second); });

  json header = {{"__metadata__", content.metadata}};
  std::string data;
  for (const auto* entry : order) {
    const auto& [name, tensor] = *entry;
    const std::size_t begin = data.size();
    data += bytes_of(tensor);
    header[name] = {{"dtype", is_double(tensor) ? "F64" : "F32"},
                    {"shape", tensor.shape},
                    {"data_offsets", {begin, data.size()}}};
  }
  std::string text = header.dump(-1, ' ', false, json::error_handler_t::replace);
  text.append((kAlignment - text.size() % kAlignment) % kAlignment, ' ');
  std::string bytes;
  append_little<std::uint64_t>(bytes, text.size());
  return bytes + text + data;
}

SafeTensors parse_safetensors(std::string_view bytes, const std::string& path) {
  return Parser(bytes, path).parse();
}

}  // namespace cellmnn

#include <charconv>
#include <limits>
#include <optional>
#include <string_view>

#include "native/io/files/little_endian.hpp"
#include "native/io/files/text.hpp"
#include "native/io/numpy/npy.hpp"

namespace cellmnn {
namespace {

constexpr std::size_t kMaxHeader = std::size_t{1} << 16;  // numpy reads 10,000 bytes at most
constexpr std::size_t kMaxDtype = 11;                     // item sizes below 10^9, e.g. "<U123456789"

/// What follows `'key':` in the header's dictionary.
std::optional<std::string_view> value_of(std::string_view header, const std::string& key) {
  const std::size_t found = header.find("'" + key + "'");
  if (found == std::string_view::npos) return std::nullopt;
  const std::string_view rest = trimmed(header.substr(found + key.size() + 2));
  if (!rest.starts_with(':')) return std::nullopt;
  return trimmed(rest.substr(1));
}

std::optional<std::string> parse_dtype(std::string_view value) {
  if (value.starts_with('[')) return "structured";
  if (!value.starts_with('\'')) return std::nullopt;
  const std::size_t end = value.find('\'', 1);
  if (end == std::string_view::npos || end < 3 || end > kMaxDtype + 1) return std::nullopt;
  return std::string(value.substr(1, end - 1));
}

std::optional<std::vector<Index>> parse_shape(std::string_view value) {
  if (!value.starts_with('(')) return std::nullopt;
  value = trimmed(value.substr(1));
  std::vector<Index> shape;
  while (!value.starts_with(')')) {
    Index extent = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), extent);
    if (error != std::errc{} || extent < 0) return std::nullopt;
    shape.push_back(extent);
    value = trimmed(value.substr(static_cast<std::size_t>(end - value.data())));
    if (value.starts_with(',')) {
      value = trimmed(value.substr(1));
    } else if (!value.starts_with(')')) {
      return std::nullopt;
    }
  }
  return shape;
}

std::optional<NpyHeader> parse_header(std::string_view text) {
  const auto dtype = value_of(text, "descr");
  const auto order = value_of(text, "fortran_order");
  const auto shape = value_of(text, "shape");
  if (!dtype || !order || !shape) return std::nullopt;
  const auto parsed_dtype = parse_dtype(*dtype);
  const auto parsed_shape = parse_shape(*shape);
  const bool fortran = order->starts_with("True");
  if (!parsed_dtype || !parsed_shape || (!fortran && !order->starts_with("False"))) return std::nullopt;
  return NpyHeader{*parsed_dtype, fortran, *parsed_shape};
}

bool fills(const NpyHeader& header, std::uint64_t bytes) {
  std::uint64_t expected = static_cast<std::uint64_t>(header.item_bytes());
  for (const Index extent : header.shape) {
    const auto factor = static_cast<std::uint64_t>(extent);
    if (factor != 0 && expected > std::numeric_limits<std::uint64_t>::max() / factor) return false;
    expected *= factor;
  }
  return expected == bytes;
}

}  // namespace

char NpyHeader::kind() const { return dtype == "structured" ? 'V' : dtype[1]; }

Index NpyHeader::item_bytes() const {
  Index count = 0;
  std::from_chars(dtype.data() + 2, dtype.data() + dtype.size(), count);
  return kind() == 'U' ? 4 * count : count;
}

bool NpyHeader::numeric() const {
  const Index bytes = item_bytes();
  switch (kind()) {
    case 'f':
      return bytes == 2 || bytes == 4 || bytes == 8;
    case 'i':
    case 'u':
      return bytes == 1 || bytes == 2 || bytes == 4 || bytes == 8;
    case 'b':
      return bytes == 1;
    default:
      return false;
  }
}

bool NpyHeader::list_of(Index length) const {
  return shape == std::vector<Index>{length} || shape == std::vector<Index>{length, 1};
}

std::string NpyHeader::describe() const {
  std::string text = "(";
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    text += (axis > 0 ? ", " : "") + std::to_string(shape[axis]);
  }
  return text + ") " + dtype;
}

NpyHeader read_npy_header(ZipEntryReader& reader, const std::string& what) {
  const auto malformed = [&](const std::string& why) {
    return Error(ErrorCode::bad_input, what + " is no .npy array: " + why);
  };
  char start[8];
  if (reader.remaining() < sizeof start + 4) throw malformed("it is too short");
  reader.read(start, sizeof start);
  if (!std::string_view(start, 6).starts_with("\x93NUMPY")) throw malformed("it does not begin as one");
  const auto version = static_cast<unsigned char>(start[6]);
  if (version < 1 || version > 3) throw malformed("its version is " + std::to_string(version));

  char length_bytes[4] = {};
  reader.read(length_bytes, version == 1 ? 2 : 4);
  const std::size_t length = little<std::uint32_t>(length_bytes);
  if (length > kMaxHeader || length > reader.remaining()) throw malformed("its header is cut off");
  std::string text(length, '\0');
  reader.read(text.data(), length);

  std::optional<NpyHeader> header = parse_header(text);
  if (!header) throw malformed("its header cannot be understood");
  if ((header->numeric() || header->text()) && !fills(*header, reader.remaining())) {
    throw malformed("its shape " + header->describe() + " does not fit its " +
                    std::to_string(reader.remaining()) + " bytes of values");
  }
  return *header;
}

}  // namespace cellmnn

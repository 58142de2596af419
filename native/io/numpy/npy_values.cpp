#include <algorithm>
#include <cstring>
#include <sstream>
#include <xtensor/xnpy.hpp>

#include "native/io/numpy/half.hpp"
#include "native/io/numpy/npy.hpp"

namespace cellmnn {
namespace {

constexpr Index kBlockBytes = Index{1} << 22;

template <typename Stored, typename Scalar>
void convert_items(const char* bytes, Index count, Scalar* out) {
  for (Index i = 0; i < count; ++i) {
    Stored value;
    std::memcpy(&value, bytes + i * static_cast<Index>(sizeof value), sizeof value);
    out[i] = static_cast<Scalar>(value);
  }
}

template <typename Scalar>
void convert_halves(const char* bytes, Index count, Scalar* out) {
  for (Index i = 0; i < count; ++i) {
    std::uint16_t bits = 0;
    std::memcpy(&bits, bytes + i * Index{2}, sizeof bits);
    out[i] = static_cast<Scalar>(float_of_half(bits));
  }
}

template <typename Scalar>
using Conversion = void (*)(const char*, Index, Scalar*);

template <typename Scalar>
Conversion<Scalar> conversion(const NpyHeader& header) {
  const Index bytes = header.item_bytes();
  switch (header.kind()) {
    case 'f':
      return bytes == 2   ? convert_halves<Scalar>
             : bytes == 4 ? convert_items<float, Scalar>
                          : convert_items<double, Scalar>;
    case 'i':
      return bytes == 1   ? convert_items<std::int8_t, Scalar>
             : bytes == 2 ? convert_items<std::int16_t, Scalar>
             : bytes == 4 ? convert_items<std::int32_t, Scalar>
                          : convert_items<std::int64_t, Scalar>;
    case 'u':
      return bytes == 1   ? convert_items<std::uint8_t, Scalar>
             : bytes == 2 ? convert_items<std::uint16_t, Scalar>
             : bytes == 4 ? convert_items<std::uint32_t, Scalar>
                          : convert_items<std::uint64_t, Scalar>;
    default:
      return convert_items<std::uint8_t, Scalar>;  // b1
  }
}

/// Reads the next values of an array, in blocks.
template <typename Scalar>
class ValueReader {
 public:
  ValueReader(ZipEntryReader& reader, const NpyHeader& header)
      : reader_(reader),
        item_(header.item_bytes()),
        swap_(header.dtype[0] == '>'),
        convert_(conversion<Scalar>(header)) {}

  void read(Index count, Scalar* out) {
    const Index block = std::max(Index{1}, kBlockBytes / item_);
    for (Index begin = 0; begin < count; begin += block) {
      const Index part = std::min(block, count - begin);
      bytes_.resize(static_cast<std::size_t>(part * item_));
      reader_.read(bytes_.data(), bytes_.size());
      if (swap_) {
        for (Index i = 0; i < part; ++i) {
          std::reverse(bytes_.begin() + i * item_, bytes_.begin() + (i + 1) * item_);
        }
      }
      convert_(bytes_.data(), part, out + begin);
    }
  }

 private:
  ZipEntryReader& reader_;
  Index item_;
  bool swap_;
  Conversion<Scalar> convert_;
  std::vector<char> bytes_;
};

void append_utf8(std::string& text, std::uint32_t code) {
  if (code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) code = 0xFFFD;  // what is no character
  const auto tail = [&](int shift) { text += static_cast<char>(0x80U | ((code >> shift) & 0x3FU)); };
  if (code < 0x80) {
    text += static_cast<char>(code);
  } else if (code < 0x800) {
    text += static_cast<char>(0xC0U | (code >> 6));
    tail(0);
  } else if (code < 0x10000) {
    text += static_cast<char>(0xE0U | (code >> 12));
    tail(6);
    tail(0);
  } else {
    text += static_cast<char>(0xF0U | ((code >> 18) & 0x07U));
    tail(12);
    tail(6);
    tail(0);
  }
}

/// The code points of UTF-8 text; a byte that is no UTF-8 stands for itself, as in Latin-1.
std::vector<std::uint32_t> code_points(const std::string& text) {
  std::vector<std::uint32_t> codes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto first = static_cast<unsigned char>(text[i]);
    const std::size_t tails = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : first >= 0xC0 ? 1 : 0;
    std::uint32_t code = tails == 0 ? first : first & (0x3FU >> tails);
    bool valid = i + tails < text.size();
    for (std::size_t k = 1; valid && k <= tails; ++k) {
      const auto byte = static_cast<unsigned char>(text[i + k]);
      valid = (byte & 0xC0U) == 0x80U;
      code = (code << 6) | (byte & 0x3FU);
    }
    codes.push_back(valid ? code : first);
    if (valid) i += tails;
  }
  return codes;
}

}  // namespace

xt::xarray<double> read_npy_numbers(ZipEntryReader& reader, const NpyHeader& header) {
  const std::vector<std::size_t> shape(header.shape.begin(), header.shape.end());
  ValueReader<double> values(reader, header);
  if (header.fortran_order) {
    xt::xarray<double, xt::layout_type::column_major> array(shape);
    values.read(static_cast<Index>(array.size()), array.data());
    return array;
  }
  xt::xarray<double> array(shape);
  values.read(static_cast<Index>(array.size()), array.data());
  return array;
}

std::vector<double> read_npy_list(ZipEntryReader& reader, const NpyHeader& header, Index count) {
  std::vector<double> list(static_cast<std::size_t>(count));
  ValueReader<double>(reader, header).read(count, list.data());
  return list;
}

Matrix<float> read_npy_columns(ZipEntryReader& reader, const NpyHeader& header, Index rows, Index columns) {
  const Index stored_columns = header.shape[1];
  Matrix<float> result(rows, columns);
  ValueReader<float> values(reader, header);
  if (header.fortran_order) {
    Vector<float> column(rows);
    for (Index d = 0; d < columns; ++d) {
      values.read(rows, column.data());
      result.col(d) = column;
    }
    return result;
  }
  const Index row_bytes = std::max(Index{1}, 4 * stored_columns);
  Matrix<float> block(std::max(Index{1}, kBlockBytes / row_bytes), stored_columns);
  for (Index begin = 0; begin < rows; begin += block.rows()) {
    const Index part = std::min(block.rows(), rows - begin);
    values.read(part * stored_columns, block.data());
    result.middleRows(begin, part) = block.topLeftCorner(part, columns);
  }
  return result;
}

std::vector<std::string> read_npy_texts(ZipEntryReader& reader, const NpyHeader& header, Index count) {
  const bool swap = header.dtype[0] == '>';
  std::vector<std::string> texts;
  if (count == 0) return texts;  // whatever size an item claims to have
  std::string item(static_cast<std::size_t>(header.item_bytes()), '\0');
  for (Index i = 0; i < count; ++i) {
    reader.read(item.data(), item.size());
    std::string text;
    if (header.kind() == 'S') {
      text = item;
    } else {
      for (std::size_t at = 0; at < item.size(); at += 4) {
        if (swap) std::reverse(item.data() + at, item.data() + at + 4);
        std::uint32_t code = 0;
        std::memcpy(&code, item.data() + at, 4);
        append_utf8(text, code);
      }
    }
    text.erase(text.find_last_not_of('\0') + 1);  // numpy pads with zeros
    texts.push_back(std::move(text));
  }
  return texts;
}

std::string npy_header_bytes(const std::string& dtype, const std::vector<Index>& shape) {
  std::ostringstream stream;
  xt::detail::write_header(stream, dtype, false, std::vector<std::size_t>(shape.begin(), shape.end()));
  return stream.str();
}

Index longest_text(const std::vector<std::string>& texts) {
  std::size_t longest = 0;
  for (const std::string& text : texts) longest = std::max(longest, code_points(text).size());
  return static_cast<Index>(longest);
}

std::string npy_text_bytes(const std::vector<std::string>& texts, Index length) {
  std::string bytes;
  bytes.reserve(texts.size() * static_cast<std::size_t>(4 * length));
  for (const std::string& text : texts) {
    std::vector<std::uint32_t> item = code_points(text);
    item.resize(static_cast<std::size_t>(length));
    bytes.append(reinterpret_cast<const char*>(item.data()), 4 * item.size());
  }
  return bytes;
}

}  // namespace cellmnn

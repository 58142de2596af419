#include "native/io/files/text_file.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "native/io/files/input_file.hpp"
#include "native/io/files/text.hpp"
#include "native/io/files/utf8.hpp"

namespace cellmnn {
namespace {

constexpr std::string_view kGzip = "\x1F\x8B";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string unzipped(const std::string& path) {
  constexpr std::size_t kBlock = std::size_t{1} << 20;
  gzFile file = ::gzopen(path.c_str(), "rb");
  if (file == nullptr) throw file_error(path, "cannot be read");
  std::string text;
  int count = 0;
  try {
    do {
      const std::size_t before = text.size();
      text.resize(before + kBlock);
      count = ::gzread(file, text.data() + before, kBlock);
      text.resize(before + static_cast<std::size_t>(std::max(count, 0)));
    } while (count > 0);
  } catch (...) {
    ::gzclose_r(file);
    throw;
  }
  int code = Z_OK;
  const std::string reason = ::gzerror(file, &code);
  ::gzclose_r(file);
  if (count < 0 || (code != Z_OK && code != Z_STREAM_END)) {
    throw file_error(path, "is damaged or truncated: " + reason);
  }
  return text;
}

void check_text(const std::string& path, std::string_view text) {
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    throw file_error(path, "is UTF-16, expected UTF-8: save it again, in Excel as 'CSV UTF-8'");
  }
  if (text.find('\0') != std::string_view::npos) throw file_error(path, "is not a text file");
  const std::optional<std::size_t> invalid = first_invalid_utf8(text);
  if (!invalid) return;
  constexpr std::string_view digits = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(text[*invalid]);
  const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(*invalid), '\n');
  throw file_error(path, "line " + std::to_string(line) + " is not UTF-8 (it has the byte " +
                             digits[byte >> 4U] + digits[byte & 15U] +
                             "): save the file as UTF-8, for example by 'iconv -f latin1 -t utf-8'");
}

}  // namespace

std::string read_text(const std::string& path) {
  std::string text = read_file(path);
  if (text.starts_with(kGzip)) text = unzipped(path);
  if (text.starts_with(kByteOrderMark)) text.erase(0, kByteOrderMark.size());
  check_text(path, text);
  if (text.find('\n') == std::string::npos) std::replace(text.begin(), text.end(), '\r', '\n');
  return text;
}

bool is_table_name(const std::string& path) {
  std::string name = lower_case(path);
  if (name.ends_with(".gz")) name.resize(name.size() - 3);
  return name.ends_with(".csv") || name.ends_with(".tsv") || name.ends_with(".txt");
}

}  // namespace cellmnn

#include "native/io/files/csv.hpp"

#include <algorithm>
#include <string_view>

#include "native/io/files/input_file.hpp"

namespace cellmnn {

CsvReader::CsvReader(const std::string& path) : path_(path), text_(read_file(path)) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text_.starts_with(byte_order_mark)) at_ = byte_order_mark.size();
  if (text_.find('\0') != std::string::npos) throw file_error(path, "is not a text file");
  const std::string_view header = std::string_view(text_).substr(0, text_.find('\n'));
  if (std::count(header.begin(), header.end(), '\t') > std::count(header.begin(), header.end(), ',')) {
    separator_ = '\t';
  }
}

bool CsvReader::at_line_end() const {
  return at_ >= text_.size() || text_[at_] == '\n' || text_.compare(at_, 2, "\r\n") == 0;
}

void CsvReader::read_field(std::string& field) {
  field.clear();
  if (at_ < text_.size() && text_[at_] == '"') {
    const Index opened = line_;
    ++at_;
    for (;; ++at_) {
      if (at_ >= text_.size()) {
        throw file_error(path_, "line " + std::to_string(opened) + ": a quoted field is not closed");
      }
      if (text_[at_] == '"' && text_.compare(at_, 2, "\"\"") != 0) break;
      if (text_[at_] == '"') ++at_;
      if (text_[at_] == '\n') ++line_;
      field += text_[at_];
    }
    ++at_;
    if (!at_line_end() && text_[at_] != separator_) {
      throw file_error(path_,
                       "line " + std::to_string(line_) + ": text follows the closing quote of a field");
    }
    return;
  }
  while (!at_line_end() && text_[at_] != separator_) field += text_[at_++];
}

bool CsvReader::next(std::vector<std::string>& fields) {
  while (at_ < text_.size() && at_line_end()) {
    at_ = text_.find('\n', at_) + 1;
    ++line_;
  }
  if (at_ >= text_.size()) return false;
  record_line_ = line_;
  for (std::size_t count = 1;; ++count) {
    if (fields.size() < count) fields.emplace_back();
    read_field(fields[count - 1]);
    if (at_line_end()) {
      fields.resize(count);
      break;
    }
    ++at_;  // the separator
  }
  if (at_ < text_.size()) {
    at_ = text_.find('\n', at_) + 1;
    ++line_;
  }
  return true;
}

std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\t\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace cellmnn

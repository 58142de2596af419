#include "native/io/files/csv.hpp"

#include <algorithm>
#include <string_view>

#include "native/io/files/decimal_comma.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/text.hpp"
#include "native/io/files/text_file.hpp"

namespace cellmnn {

CsvReader::CsvReader(const std::string& path) : path_(path), text_(read_text(path)) {
  find_separator();
  if (separator_ != ',') find_decimal_comma();
  rewind();
}

void CsvReader::rewind() {
  at_ = begin_;
  line_ = first_line_;
  record_line_ = 0;
}

void CsvReader::find_separator() {
  std::string_view header = std::string_view(text_).substr(0, text_.find('\n'));
  if (const std::string_view named = trimmed(header); named.starts_with("sep=") && named.size() == 5) {
    separator_ = named[4];
    begin_ = std::min(header.size() + 1, text_.size());
    ++first_line_;
    return;
  }
  std::ptrdiff_t most = 0;
  for (const char candidate : {',', '\t', ';'}) {
    bool quoted = false;
    std::ptrdiff_t count = 0;
    for (const char c : header) {
      if (c == '"') quoted = !quoted;
      if (c == candidate && !quoted) ++count;
    }
    if (count > most) separator_ = candidate;
    most = std::max(most, count);
  }
  if (most == 0 && trimmed(header).find(' ') != std::string_view::npos) separator_ = ' ';
}

void CsvReader::find_decimal_comma() {
  rewind();
  std::vector<std::string> fields;
  next_record(fields);
  while (next_record(fields)) {
    for (const std::string& field : fields) {
      const DecimalMark mark = decimal_mark(field);
      if (mark == DecimalMark::point) return;
      const bool clear = mark == DecimalMark::comma || (separator_ == ';' && mark == DecimalMark::unclear);
      if (!clear) continue;
      decimal_comma_line_ = record_line_;
      return;
    }
  }
}

void CsvReader::give_points(std::vector<std::string>& fields) const {
  for (std::string& field : fields) {
    const DecimalMark mark = decimal_mark(field);
    if (mark == DecimalMark::point) {
      throw file_error(path_, "line " + std::to_string(record_line_) + " has '" + field + "', but line " +
                                  std::to_string(decimal_comma_line_) +
                                  " has a decimal comma: expected one decimal mark in a file");
    }
    if (mark == DecimalMark::comma || mark == DecimalMark::unclear)
      std::replace(field.begin(), field.end(), ',', '.');
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

bool CsvReader::next_record(std::vector<std::string>& fields) {
  const auto skip_spaces = [&] {
    while (separator_ == ' ' && at_ < text_.size() && text_[at_] == ' ') ++at_;
  };
  for (;;) {
    skip_spaces();
    while (at_ < text_.size() && at_line_end()) {
      at_ = text_.find('\n', at_) + 1;
      ++line_;
      skip_spaces();
    }
    if (at_ >= text_.size()) return false;
    record_line_ = line_;
    for (std::size_t count = 1;; ++count) {
      if (fields.size() < count) fields.emplace_back();
      read_field(fields[count - 1]);
      skip_spaces();
      if (at_line_end()) {
        fields.resize(count);
        break;
      }
      if (separator_ != ' ') ++at_;
    }
    if (at_ < text_.size()) {
      at_ = text_.find('\n', at_) + 1;
      ++line_;
    }
    const auto is_empty = [](const std::string& field) { return field.empty(); };
    if (fields.size() == 1 || !std::all_of(fields.begin(), fields.end(), is_empty)) return true;
  }
}

bool CsvReader::next(std::vector<std::string>& fields) {
  if (!next_record(fields)) return false;
  if (decimal_comma_line_ > 0) give_points(fields);
  return true;
}

std::vector<std::string> CsvReader::header() {
  rewind();
  std::vector<std::string> names, first;
  if (!next_record(names)) throw file_error(path_, "is empty, expected a header line");
  for (std::string& name : names) name = std::string(trimmed(name));
  const std::size_t at = at_;
  const Index line = line_, record_line = record_line_;
  if (next_record(first) && first.size() == names.size() + 1) {
    names.insert(first.back().empty() ? names.end() : names.begin(), "");
  }
  at_ = at;
  line_ = line;
  record_line_ = record_line;
  return names;
}

void CsvReader::require_fields(const std::vector<std::string>& fields, std::size_t expected) const {
  if (fields.size() == expected) return;
  throw file_error(path_, "line " + std::to_string(record_line_) + " has " + std::to_string(fields.size()) +
                              " fields where the header has " + std::to_string(expected));
}

namespace {

bool runs_in_a_spreadsheet(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string::npos && std::string_view("=+-@").find(text[first]) != std::string_view::npos &&
         text.find_first_of("(|!", first) != std::string::npos;
}

}  // namespace

std::string csv_field(const std::string& text) {
  std::string harmless = runs_in_a_spreadsheet(text) ? "'" + text : text;
  if (harmless.find_first_of(",;\"\t\r\n") == std::string::npos) return harmless;
  std::string quoted = "\"";
  for (const char c : harmless) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace cellmnn

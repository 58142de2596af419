#include "native/io/h5ad/label_column.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "native/io/files/text.hpp"

namespace cellmnn {

std::vector<std::string> texts_of(const LabelColumn& column) {
  std::vector<std::string> texts;
  texts.reserve(column.codes.size());
  for (const std::int32_t code : column.codes) {
    texts.push_back(code < 0 ? "" : column.labels[static_cast<std::size_t>(code)]);
  }
  return texts;
}

std::vector<double> numbers_of(const LabelColumn& column) {
  std::vector<double> numbers;
  numbers.reserve(column.codes.size());
  for (const std::int32_t code : column.codes)
    numbers.push_back(code < 0 ? std::nan("") : column.numbers[static_cast<std::size_t>(code)]);
  return numbers;
}

LabelColumn label_column(const std::vector<std::string>& values) {
  std::vector<bool> missing;
  missing.reserve(values.size());
  for (const std::string& value : values) missing.push_back(is_missing(value));
  return label_column(values, missing);
}

LabelColumn label_column(const std::vector<std::string>& values, const std::vector<bool>& missing) {
  LabelColumn column;
  std::unordered_map<std::string, std::int32_t> code_of;
  column.codes.reserve(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (missing[i]) {
      column.codes.push_back(-1);
      continue;
    }
    const auto [entry, is_new] =
        code_of.try_emplace(values[i], static_cast<std::int32_t>(column.labels.size()));
    if (is_new) column.labels.push_back(values[i]);
    column.codes.push_back(entry->second);
  }
  return column;
}

LabelColumn without_missing_texts(LabelColumn column) {
  if (!column.numbers.empty()) return column;
  for (std::int32_t& code : column.codes) {
    if (code >= 0 && is_missing(column.labels[static_cast<std::size_t>(code)])) code = -1;
  }
  return column;
}

LabelColumn label_column(const std::vector<double>& values) {
  LabelColumn column;
  std::copy_if(values.begin(), values.end(), std::back_inserter(column.numbers),
               [](double value) { return !std::isnan(value); });
  std::sort(column.numbers.begin(), column.numbers.end());
  column.numbers.erase(std::unique(column.numbers.begin(), column.numbers.end()), column.numbers.end());
  for (const double number : column.numbers) column.labels.push_back(number_text(number));
  column.codes.reserve(values.size());
  for (const double value : values) {
    const auto found = std::lower_bound(column.numbers.begin(), column.numbers.end(), value);
    column.codes.push_back(std::isnan(value) ? -1
                                             : static_cast<std::int32_t>(found - column.numbers.begin()));
  }
  return column;
}

bool has_values(const LabelColumn& column) {
  return std::any_of(column.codes.begin(), column.codes.end(), [&](std::int32_t code) {
    return code >= 0 && !trimmed(column.labels[static_cast<std::size_t>(code)]).empty();
  });
}

LabelColumn at_rows(const LabelColumn& column, const std::vector<std::ptrdiff_t>& rows) {
  LabelColumn result = column;
  result.codes.clear();
  for (const std::ptrdiff_t row : rows) result.codes.push_back(column.codes[static_cast<std::size_t>(row)]);
  return result;
}

const LabelColumn* find_column(const FrameColumns& columns, const std::string& name) {
  const auto found =
      std::find_if(columns.begin(), columns.end(), [&](const auto& column) { return column.first == name; });
  return found == columns.end() ? nullptr : &found->second;
}

}  // namespace cellmnn

#include "native/io/h5ad/label_column.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "native/io/files/text.hpp"

namespace cellmnn {

LabelColumn label_column(const std::vector<std::string>& values) {
  LabelColumn column;
  std::unordered_map<std::string, std::int32_t> code_of;
  column.codes.reserve(values.size());
  for (const std::string& value : values) {
    if (is_missing(value)) {
      column.codes.push_back(-1);
      continue;
    }
    const auto [entry, is_new] = code_of.try_emplace(value, static_cast<std::int32_t>(column.labels.size()));
    if (is_new) column.labels.push_back(value);
    column.codes.push_back(entry->second);
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

}  // namespace cellmnn

#include "native/io/time_courses/coordinate_columns.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

#include "native/io/files/text.hpp"
#include "native/io/time_courses/column_names.hpp"

namespace cellmnn {
namespace {

constexpr Index kRowsToCount = 5;  // fewer numbers in a row are an accident

struct Numbered {
  std::string before;  // with its separator
  Index number = 0;
};

std::optional<Numbered> numbered(const std::string& name) {
  std::size_t digits = name.size();
  while (digits > 0 && name[digits - 1] >= '0' && name[digits - 1] <= '9') --digits;
  if (digits == 0 || digits == name.size() || name.size() - digits > 6) return std::nullopt;
  Numbered result{name.substr(0, digits), 0};
  std::from_chars(name.data() + digits, name.data() + name.size(), result.number);
  return result;
}

std::string without_separator(const std::string& before) {
  const std::size_t end = before.find_last_not_of(" _.-:");
  return end == std::string::npos ? before : before.substr(0, end + 1);
}

/// The first column that holds names, if any column does.
std::optional<std::size_t> names_column(const std::vector<ColumnFacts>& columns) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const ColumnFacts& column = columns[i];
    if (column.is_time || column.is_blank()) continue;
    const bool first = i == 0;
    if (is_index_name(column.name) && (first || column.is_text())) return i;
    if (first && (column.is_text() || (column.counts_rows && column.numbers >= kRowsToCount))) return i;
  }
  return std::nullopt;
}

const NumberedArray* best_array(const std::vector<NumberedArray>& arrays,
                                const std::vector<ColumnFacts>& columns, int worst_rank) {
  const NumberedArray* best = nullptr;
  for (const NumberedArray& array : arrays) {
    const int rank = rank_of_array(array.name);
    const bool numeric = std::none_of(array.columns.begin(), array.columns.end(), [&](std::size_t i) {
      return columns[i].is_text() || columns[i].is_time;
    });
    if (rank < 0 || rank > worst_rank || !numeric) continue;
    if (best == nullptr || rank < rank_of_array(best->name)) best = &array;
  }
  return best;
}

void take(const NumberedArray& array, const std::vector<ColumnFacts>& columns, ColumnChoice& choice) {
  choice.array = array.name;
  choice.coordinates = array.columns;
  if (!array.after_gap.empty()) {
    choice.notes.push_back("the columns of '" + array.name + "' end with '" +
                           columns[array.columns.back()].name + "': '" + array.after_gap +
                           "' comes after a gap and is left out");
  }
}

/// Says which columns stay beside coordinates whose name, such as "x", might mean anything.
void name_others(const std::vector<ColumnFacts>& columns, ColumnChoice& choice) {
  std::vector<std::string> texts, numbers;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const auto& taken = choice.coordinates;
    const bool is_taken = choice.names == i || std::find(taken.begin(), taken.end(), i) != taken.end();
    if (is_taken || columns[i].is_time || columns[i].is_blank()) continue;
    (columns[i].is_text() ? texts : numbers).push_back(columns[i].name);
  }
  if (!texts.empty()) choice.notes.push_back("columns without numbers are left out: " + quoted_list(texts));
  if (!numbers.empty()) {
    choice.notes.push_back("columns besides those of '" + choice.array +
                           "' are left out: " + quoted_list(numbers));
  }
}

/// All columns of numbers that have no other meaning; says which have.
void take_all(const std::vector<ColumnFacts>& columns, const std::vector<NumberedArray>& arrays,
              ColumnChoice& choice) {
  std::vector<std::size_t> pictures;
  for (const NumberedArray& array : arrays) {
    if (rank_of_array(array.name) == -2)
      pictures.insert(pictures.end(), array.columns.begin(), array.columns.end());
  }
  std::vector<std::string> texts, annotations, rows;
  std::vector<std::size_t> drawn;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const ColumnFacts& column = columns[i];
    if (column.is_time || choice.names == i || (column.name.empty() && column.is_blank())) continue;
    const bool is_picture = std::find(pictures.begin(), pictures.end(), i) != pictures.end();
    if (column.is_text() || column.is_blank()) {
      texts.push_back(column.name);
    } else if (is_index_name(column.name) || (column.counts_rows && column.numbers >= kRowsToCount)) {
      rows.push_back(column.name);
    } else if (is_annotation_name(column.name)) {
      annotations.push_back(column.name);
    } else if (is_picture) {
      drawn.push_back(i);
    } else {
      choice.coordinates.push_back(i);
    }
  }
  if (choice.coordinates.empty()) {
    std::swap(choice.coordinates, drawn);
    if (!choice.coordinates.empty()) {
      choice.notes.emplace_back(
          "the coordinates are those of a picture, which bends distances: principal"
          " components are better");
    }
  }
  for (const std::size_t i : drawn) annotations.push_back(columns[i].name);
  if (!texts.empty()) choice.notes.push_back("columns without numbers are left out: " + quoted_list(texts));
  if (!rows.empty())
    choice.notes.push_back("columns that number the cells are left out: " + quoted_list(rows));
  if (!annotations.empty()) {
    choice.notes.push_back("columns that are no coordinates by their names are left out: " +
                           quoted_list(annotations));
  }
}

}  // namespace

std::vector<NumberedArray> numbered_arrays(const std::vector<std::string>& header) {
  std::map<std::string, std::map<Index, std::size_t>> columns_of;
  std::vector<std::string> order;
  for (std::size_t i = 0; i < header.size(); ++i) {
    const std::optional<Numbered> name = numbered(header[i]);
    if (!name) continue;
    auto& columns = columns_of[name->before];
    if (columns.empty()) order.push_back(name->before);
    columns.emplace(name->number, i);
  }
  std::vector<NumberedArray> arrays;
  for (const std::string& before : order) {
    const auto& columns = columns_of[before];
    Index next = columns.begin()->first;
    if (next > 1) continue;
    NumberedArray array{without_separator(before), {}, ""};
    for (const auto& [number, column] : columns) {
      if (number != next++) {
        array.after_gap = header[column];
        break;
      }
      array.columns.push_back(column);
    }
    arrays.push_back(std::move(array));
  }
  return arrays;
}

ColumnChoice choose_columns(const std::vector<ColumnFacts>& columns,
                            const std::optional<std::string>& array) {
  std::vector<std::string> header;
  header.reserve(columns.size());
  for (const ColumnFacts& column : columns) header.push_back(column.name);
  const std::vector<NumberedArray> arrays = numbered_arrays(header);
  ColumnChoice choice;
  choice.names = names_column(columns);
  if (array) {
    const auto named = std::find_if(arrays.begin(), arrays.end(), [&](const NumberedArray& each) {
      return lower_case(each.name) == lower_case(*array);
    });
    if (named != arrays.end()) take(*named, columns, choice);
    return choice;
  }
  const NumberedArray* best = best_array(arrays, columns, 2);
  if (best != nullptr && (best->columns.size() > 1 || rank_of_array(best->name) == 0)) {
    take(*best, columns, choice);
    if (rank_of_array(best->name) > 1) name_others(columns, choice);
  } else {
    take_all(columns, arrays, choice);
  }
  return choice;
}

}  // namespace cellmnn

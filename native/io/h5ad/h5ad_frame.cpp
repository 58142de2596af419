// The encodings are those of anndata's "on-disk format" documentation; the older ones, without
// encoding attributes, are those that its _io/h5ad.py still reads.
#include "native/io/h5ad/h5ad_frame.hpp"

#include <algorithm>
#include <limits>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "native/io/files/text.hpp"

namespace cellmnn {
namespace {

using hdf5::Node;
using hdf5::ValueKind;

/// The values of a plain or nullable array: texts, or numbers.
struct Values {
  std::vector<std::string> texts;
  std::vector<double> numbers;
  bool are_text = false;
  std::vector<bool> missing;  // of texts, or empty

  std::size_t size() const { return are_text ? texts.size() : numbers.size(); }
};

std::vector<double> read_numbers(const Node& node, RowRange rows) {
  node.length();  // says what is wrong with it
  std::vector<double> numbers(static_cast<std::size_t>(rows.size()));
  node.read_rows(rows.begin, rows.size(), 1, numbers.data());
  return numbers;
}

Values read_values(const Node& node, RowRange rows) {
  if (node.find("values") && node.find("mask")) {  // nullable-integer, -boolean, -string-array
    const Node plain = node.at("values");
    if (plain.is_group()) throw plain.error("is a group, expected numbers or strings");
    if (node.at("mask").length() != plain.length())
      throw node.error("has a mask of another length than its values");
    Values values = read_values(plain, rows);
    const std::vector<double> mask = read_numbers(node.at("mask"), rows);
    values.missing.resize(mask.size());
    for (std::size_t i = 0; i < mask.size(); ++i) {
      if (mask[i] == 0) continue;
      if (values.are_text) {
        values.texts[i].clear();
        values.missing[i] = true;
      } else {
        values.numbers[i] = std::numeric_limits<double>::quiet_NaN();
      }
    }
    return values;
  }
  switch (node.kind()) {
    case ValueKind::number:
      return {{}, read_numbers(node, rows), false, {}};
    case ValueKind::text: {
      Values values{node.texts(rows.begin, rows.size()), {}, true, {}};
      for (const std::string& text : values.texts) values.missing.push_back(text.empty());
      return values;
    }
    default:
      throw node.error("is stored as '" + node.text_attribute("encoding-type").value_or("unknown") +
                       "', expected numbers, strings or categories");
  }
}

/// How many values an array has that read_values() takes; none for others, which it refuses.
std::optional<Index> count_of(const Node& node) {
  const Node plain = node.find("values").value_or(node);
  if (plain.kind() != ValueKind::number && plain.kind() != ValueKind::text) return std::nullopt;
  return plain.length();
}

Values read_values(const Node& node) { return read_values(node, {0, count_of(node).value_or(0)}); }

bool is_ordered(const Node& node) {
  const std::vector<Index> ordered = node.integer_attribute("ordered");
  return ordered.size() == 1 && ordered[0] != 0;
}

/// The name of the index column.
std::string index_name(const Node& frame) {
  if (std::optional<std::string> name = frame.text_attribute("_index")) return *std::move(name);
  for (const char* name : {"_index", "index"}) {
    if (frame.find(name)) return name;
  }
  throw frame.error("has no index: it holds " + quoted_list(frame.children()));
}

/// Of a plain or nullable array.
Index length_of(const Node& node) {
  const Node values = node.find("values").value_or(node);
  const std::vector<Index> shape = values.is_group() ? std::vector<Index>{} : values.shape();
  if (shape.size() != 1) throw node.error("is no list of names, which the index of a table is");
  return shape[0];
}

Node index_of(const Node& frame) {
  if (!frame.is_group()) throw frame.error("is not a table");
  return frame.at(index_name(frame));
}

}  // namespace

H5adFrame::H5adFrame(const Node& root, const std::string& name)
    : root_(root), frame_(root.at(name)), index_node_(index_of(frame_)), rows_(length_of(index_node_)) {
  const std::string index = index_name(frame_);
  columns_ = frame_.text_list_attribute("column-order");
  if (columns_.empty()) {
    columns_ = frame_.children();
    std::erase_if(columns_,
                  [&](const std::string& column) { return column == index || column == "__categories"; });
  }
}

const std::vector<std::string>& H5adFrame::index() const {
  if (index_) return *index_;
  index_ = index({0, rows_});
  return *index_;
}

std::vector<std::string> H5adFrame::index(RowRange rows) const {
  Values names = read_values(index_node_, rows);
  for (const double number : names.numbers) names.texts.push_back(number_text(number));
  return std::move(names.texts);
}

LabelColumn H5adFrame::column(const std::string& name) const { return column(name, {0, rows()}); }

LabelColumn H5adFrame::column(const std::string& name, RowRange rows) const {
  const Node node = frame_.at(name);
  const auto codes = node.find("codes"), categories = node.find("categories");
  const bool is_categorical = codes && categories;
  const std::optional<Index> count = count_of(is_categorical ? *codes : node);
  if (count && *count != rows_) {
    throw node.error("has " + std::to_string(*count) + " values where the index has " +
                     std::to_string(rows_));
  }
  if (is_categorical) return categorical({*codes, rows}, *categories, is_ordered(node));
  if (const std::optional<Node> legacy = legacy_categories(name))
    return categorical({node, rows}, *legacy, is_ordered(*legacy));
  const Values values = read_values(node, rows);
  return values.are_text ? label_column(values.texts, values.missing) : label_column(values.numbers);
}

std::string H5adFrame::kind_of(const std::string& name) const {
  const Node node = frame_.at(name);
  std::optional<Node> categories = node.find("categories");
  if (!categories) categories = legacy_categories(name);
  if (categories) {
    const Node values = categories->find("values").value_or(*categories);
    const std::vector<Index> shape = values.shape();
    const Index count = shape.empty() ? 0 : shape[0];
    return std::to_string(count) + (count == 1 ? " category" : " categories");
  }
  switch (node.find("values").value_or(node).kind()) {
    case ValueKind::number:
      return "numbers";
    case ValueKind::text:
      return "text";
    default:
      return node.text_attribute("encoding-type").value_or("other");
  }
}

/// Of anndata 0.7 in __categories, of older ones in uns.
std::optional<Node> H5adFrame::legacy_categories(const std::string& name) const {
  if (const auto all = frame_.find("__categories")) {
    if (auto categories = all->find(name)) return categories;
  }
  if (const auto uns = root_.find("uns")) {
    if (auto categories = uns->find(name + "_categories")) return categories;
  }
  return std::nullopt;
}

LabelColumn H5adFrame::categorical(const Codes& codes, const Node& categories, bool ordered) const {
  Values values = read_values(categories);
  LabelColumn column;
  column.ordered = ordered;
  column.labels = std::move(values.texts);
  column.numbers = std::move(values.numbers);
  for (const double number : column.numbers) column.labels.push_back(number_text(number));
  std::unordered_set<std::string_view> distinct;
  for (const std::string& label : column.labels) {
    if (!distinct.insert(label).second)
      throw categories.error("has '" + label + "' twice, but a category must be there once");
  }
  const auto count = static_cast<double>(column.labels.size());
  for (const double code : read_numbers(codes.node, codes.rows)) {
    if (!(code >= -1 && code < count)) {
      throw codes.node.error("holds the code " + number_text(code) + ", but there are " + number_text(count) +
                             " categories");
    }
    column.codes.push_back(static_cast<std::int32_t>(code));
  }
  return column;
}

}  // namespace cellmnn

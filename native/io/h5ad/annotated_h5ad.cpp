#include "native/io/h5ad/annotated_h5ad.hpp"

#include <algorithm>
#include <functional>

#include "native/io/files/text.hpp"
#include "native/io/h5ad/h5ad_frame.hpp"
#include "native/io/hdf5/hdf5_node.hpp"
#include "native/io/hdf5/hdf5_writer.hpp"
#include "native/io/hdf5/sparse_writer.hpp"

namespace cellmnn {
namespace {

using hdf5::Id;
using hdf5::Node;
using hdf5::Place;
using hdf5::Rows;

constexpr const char* kOwnDict = "uns/cellmnn";

/// The cells of an .h5ad to which something can be added.
H5adFrame obs_of(const std::string& input) {
  const Node root = Node::open(input);
  if (root.at("obs").text_attribute("encoding-type") != "dataframe") {
    throw root.at("obs").error(
        "is stored as by anndata before 0.7, to which nothing can be added: read the file with anndata and "
        "write it again");
  }
  return {root, "obs"};
}

}  // namespace

/// One new entry, e.g. "X_cellmnn" of the group "obsm", and what makes it.
struct AnnotatedFile::Entry {
  std::string group, name;
  std::function<void(AnnotatedFile&, const Place&)> create;
};

std::vector<AnnotatedFile::Entry> AnnotatedFile::entries_of(const Annotation& annotation) {
  std::vector<Entry> entries;
  const auto add = [&](const std::string& group, const auto& named_values, const auto& create) {
    for (const auto& named : named_values) {
      entries.push_back({group, named.first, [&named, create](AnnotatedFile& file, const Place& place) {
                           create(file, place, named.second);
                         }});
    }
  };
  add("obs", annotation.times, [](AnnotatedFile& file, const Place& place, const auto&) {
    file.rows_.push_back(Rows::of_numbers<double>(place, {file.cells_}));
  });
  add("obs", annotation.numbers, [](AnnotatedFile& file, const Place& place, const auto&) {
    file.rows_.push_back(Rows::of_numbers<float>(place, {file.cells_}));
  });
  add("obs", annotation.flags, [](AnnotatedFile& file, const Place& place, const auto&) {
    file.rows_.push_back(Rows::of_flags(place, file.cells_));
  });
  add("obs", annotation.labels, [](AnnotatedFile& file, const Place& place, const LabelColumn& column) {
    file.labels_.emplace_back(place, column, file.cells_);
  });
  add("obsm", annotation.arrays, [](AnnotatedFile& file, const Place& place, const Matrix<float>& values) {
    file.rows_.push_back(Rows::of_numbers<float>(place, {file.cells_, values.cols()}));
  });
  add("obsp", annotation.graphs, [](AnnotatedFile&, const Place& place, const SparseMatrix& graph) {
    hdf5::write_sparse(place, graph, graph.values);
  });
  add(kOwnDict, annotation.texts,
      [](AnnotatedFile&, const Place& place, const std::string& text) { hdf5::write_text(place, text); });
  add("uns", annotation.lists, [](AnnotatedFile&, const Place& place, const std::vector<std::string>& texts) {
    hdf5::write_texts(place, texts);
  });
  return entries;
}

AnnotatedFile::AnnotatedFile(const std::string& input, const std::string& path, bool replace)
    : input_(input), replace_(replace), file_(path, input), cells_(obs_of(input).rows()) {}

void AnnotatedFile::begin(const Id& file, const std::vector<Entry>& entries) {
  std::vector<std::string> columns = obs_of(input_).columns();
  hdf5::open_or_create_dict({file, "uns"});
  for (const Entry& entry : entries) {
    const Id group = hdf5::open_or_create_dict({file, entry.group});
    hdf5::remove({group, entry.name});
    entry.create(*this, {group, entry.name});
    const bool is_new_column =
        entry.group == "obs" && std::find(columns.begin(), columns.end(), entry.name) == columns.end();
    if (is_new_column) columns.push_back(entry.name);
  }
  const Id obs = hdf5::open_or_create_dict({file, "obs"});
  hdf5::remove_attribute(obs, "column-order");
  hdf5::write_attribute(obs, "column-order", columns);
}

void AnnotatedFile::add(const Annotation& part) {
  if (!begun_) {
    const std::vector<Entry> entries = entries_of(part);
    const Node root = Node::open(input_);
    std::vector<std::string> existing;
    for (const Entry& entry : entries) {
      if (root.find(entry.group + "/" + entry.name)) existing.push_back(entry.group + "/" + entry.name);
    }
    if (!existing.empty() && !replace_)
      throw root.error("has " + quoted_list(existing) + " already: say --replace to write them anew");
    file_.write([&](const Id& file) { begin(file, entries); });
    begun_ = true;
  }
  file_.write([&](const Id&) {
    auto rows = rows_.begin();
    for (const auto& [name, values] : part.times) (rows++)->add(values.size(), values.data());
    for (const auto& [name, values] : part.numbers) (rows++)->add(values.size(), values.data());
    for (const auto& [name, values] : part.flags) (rows++)->add(values);
    for (const auto& [name, values] : part.arrays) (rows++)->add(values.rows(), values.data());
    for (std::size_t i = 0; i < labels_.size(); ++i) labels_[i].add(part.labels[i].second);
  });
}

void AnnotatedFile::finish() {
  file_.write([&](const Id&) {
    for (Rows& rows : rows_) rows.finish();
    for (ColumnWriter& column : labels_) column.finish();
  });
  file_.finish();
}

void write_annotated(const std::string& input, const std::string& path, const Annotation& annotation,
                     bool replace) {
  AnnotatedFile file(input, path, replace);
  file.add(annotation);
  file.finish();
}

}  // namespace cellmnn

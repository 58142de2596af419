#include "native/io/h5ad/annotated_h5ad.hpp"

#include <algorithm>
#include <functional>

#include "native/io/files/text.hpp"
#include "native/io/h5ad/column_writer.hpp"
#include "native/io/h5ad/h5ad_frame.hpp"
#include "native/io/hdf5/hdf5_node.hpp"
#include "native/io/hdf5/hdf5_writer.hpp"
#include "native/io/hdf5/sparse_writer.hpp"

namespace cellmnn {
namespace {

using hdf5::Id;
using hdf5::Node;
using hdf5::Place;

constexpr const char* kOwnDict = "uns/cellmnn";

/// One new entry, e.g. "X_cellmnn" of the group "obsm".
struct Entry {
  std::string group, name;
  std::function<void(const Place&)> write;
};

std::vector<Entry> entries_of(const Annotation& annotation) {
  std::vector<Entry> entries;
  const auto add = [&](const std::string& group, const auto& named_values, const auto& write) {
    for (const auto& named : named_values) {
      entries.push_back(
          {group, named.first, [&named, write](const Place& place) { write(place, named.second); }});
    }
  };
  const auto write_array = [](const Place& place, const auto& values) { hdf5::write_array(place, values); };
  add("obs", annotation.times, write_array);
  add("obs", annotation.numbers, write_array);
  add("obs", annotation.flags, write_array);
  add("obs", annotation.labels,
      [](const Place& place, const LabelColumn& column) { write_column(place, column); });
  add("obsm", annotation.arrays, write_array);
  add("obsp", annotation.graphs,
      [](const Place& place, const SparseMatrix& graph) { hdf5::write_sparse(place, graph, graph.values); });
  add(kOwnDict, annotation.texts,
      [](const Place& place, const std::string& text) { hdf5::write_text(place, text); });
  add("uns", annotation.lists,
      [](const Place& place, const std::vector<std::string>& texts) { hdf5::write_texts(place, texts); });
  return entries;
}

/// The columns of obs after the new ones were added.
std::vector<std::string> check_input(const std::string& input, const std::vector<Entry>& entries,
                                     bool replace) {
  const Node root = Node::open(input);
  std::vector<std::string> existing;
  for (const Entry& entry : entries) {
    if (root.find(entry.group + "/" + entry.name)) existing.push_back(entry.group + "/" + entry.name);
  }
  if (!existing.empty() && !replace) {
    throw root.error("has " + quoted_list(existing) + " already: say --replace to write them anew");
  }
  if (root.at("obs").text_attribute("encoding-type") != "dataframe") {
    throw root.at("obs").error(
        "is stored as by anndata before 0.7, to which nothing can be added: read the file with anndata and "
        "write it again");
  }
  std::vector<std::string> columns = H5adFrame(root, "obs").columns();
  for (const Entry& entry : entries) {
    if (entry.group != "obs") continue;
    if (std::find(columns.begin(), columns.end(), entry.name) == columns.end()) columns.push_back(entry.name);
  }
  return columns;
}

}  // namespace

void write_annotated(const std::string& input, const std::string& path, const Annotation& annotation,
                     bool replace) {
  const std::vector<Entry> entries = entries_of(annotation);
  const std::vector<std::string> columns = check_input(input, entries, replace);
  hdf5::write_copy(input, path, [&](const Id& file) {
    hdf5::open_or_create_dict({file, "uns"});
    for (const Entry& entry : entries) {
      const Id group = hdf5::open_or_create_dict({file, entry.group});
      hdf5::remove({group, entry.name});
      entry.write({group, entry.name});
    }
    const Id obs = hdf5::open_or_create_dict({file, "obs"});
    hdf5::remove_attribute(obs, "column-order");
    hdf5::write_attribute(obs, "column-order", columns);
  });
}

}  // namespace cellmnn

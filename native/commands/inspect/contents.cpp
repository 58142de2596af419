#include "native/commands/inspect/contents.hpp"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "native/io/counts/counts_file.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/text.hpp"
#include "native/io/h5ad/h5ad_frame.hpp"
#include "native/io/h5ad/h5ad_matrix.hpp"
#include "native/io/numpy/npz.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

using hdf5::Node;

std::string shape_text(const std::vector<Index>& shape) {
  std::string text;
  for (const Index extent : shape) text += (text.empty() ? "" : " x ") + grouped(extent);
  return text;
}

ContentItem matrix_item(const std::string& name, const Node& node) {
  if (!is_matrix(node)) return {name, "", storage_name(node)};
  const MatrixShape shape = matrix_shape(node);
  return {name, shape_text({shape.rows, shape.columns}), storage_name(node)};
}

void add_matrices(const Node& root, const std::string& group, FileContents& contents) {
  const std::optional<Node> found = root.find(group);
  if (!found || !found->is_group()) return;
  for (const std::string& name : found->children()) {
    std::string path = group;
    contents.items.push_back(matrix_item(path.append("/").append(name), found->at(name)));
  }
}

void add_frame(const Node& root, const std::string& name, FileContents& contents) {
  if (!root.find(name)) return;
  const H5adFrame frame(root, name);
  contents.items.push_back(
      {name, grouped(frame.rows()), counted(static_cast<std::int64_t>(frame.columns().size()), "column")});
  for (const std::string& column : frame.columns()) {
    std::string path = name;
    contents.items.push_back({path.append("/").append(column), grouped(frame.rows()), frame.kind_of(column)});
  }
}

bool has_embedding(const Node& root) {
  const std::optional<Node> obsm = root.find("obsm");
  if (!obsm) return false;
  const std::vector<std::string> names = obsm->children();
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
    return is_matrix(obsm->at(name)) || obsm->at(name).is_group();
  });
}

FileContents h5ad_contents(const std::string& path) {
  const Node root = Node::open(path);
  FileContents contents{"h5ad", {}, ""};
  for (const char* name : {"X", "raw/X", "raw.X"}) {
    if (const std::optional<Node> x = root.find(name)) contents.items.push_back(matrix_item(name, *x));
  }
  for (const char* group : {"layers", "obsm", "varm"}) add_matrices(root, group, contents);
  for (const char* frame : {"obs", "var"}) add_frame(root, frame, contents);
  if (!has_embedding(root)) {
    contents.advice = "it has no coordinates yet, which 'train' needs: 'cellmnn preprocess " + path +
                      " -o ready.h5ad' computes them from counts";
  }
  return contents;
}

FileContents npz_contents(const std::string& path) {
  FileContents contents{"npz", {}, ""};
  const NpzFile npz(path);
  for (const NpzFile::Array& array : npz.arrays()) {
    contents.items.push_back({array.name, shape_text(array.header.shape), array.header.dtype});
  }
  return contents;
}

/// The value of a key in the header of a .npy, such as "(160, 5)" of 'shape'.
std::string npy_value(const std::string& header, const std::string& key, char end) {
  const std::size_t found = header.find("'" + key + "':");
  if (found == std::string::npos) return "";
  const std::size_t begin = found + key.size() + 3;
  return std::string(trimmed(header.substr(begin, header.find(end, begin) - begin)));
}

FileContents npy_contents(const std::string& path) {
  constexpr std::size_t kMostHeader = 4096;
  const InputFile file(path);
  std::string start(std::min<std::uint64_t>(file.size(), kMostHeader), '\0');
  file.read(0, start.data(), start.size());
  if (!start.starts_with("\x93NUMPY")) throw file_error(path, "is not a .npy file of numpy");
  return {"npy",
          {{"array", npy_value(start, "shape", ')') + ")", npy_value(start, "descr", ',')}},
          "one array has no times: put it into an .npz with them, in Python: np.savez('data.npz', pcs=array, "
          "sample_labels=times)"};
}

/// All datasets down to the second level.
void add_nodes(const Node& group, const std::string& prefix, int levels, FileContents& contents) {
  for (const std::string& name : group.children()) {
    const Node node = group.at(name);
    if (!node.is_group()) {
      contents.items.push_back({prefix + name, shape_text(node.shape()),
                                node.kind() == hdf5::ValueKind::text ? "text" : "numbers"});
    } else if (levels > 1) {
      add_nodes(node, prefix + name + "/", levels - 1, contents);
    } else {
      contents.items.push_back({prefix + name, "", "group"});
    }
  }
}

FileContents hdf5_contents(const std::string& path, bool is_loom) {
  FileContents contents{is_loom ? "loom" : "HDF5", {}, ""};
  add_nodes(Node::open(path), "", 3, contents);
  contents.advice = is_loom
                        ? "cellmnn reads no .loom (genes x cells): write it as .h5ad, in Python: "
                          "anndata.read_loom('" +
                              path + "').write_h5ad('data.h5ad')"
                        : "it is no matrix of 10x, which is what cellmnn reads of an .h5: write it as .h5ad";
  return contents;
}

FileContents counts_contents(const std::string& path) {
  CountsOptions options;
  options.quiet = true;
  const CountsFile counts = read_counts(path, options);
  FileContents contents{counts.format, {}, ""};
  contents.items = {{"matrix", shape_text({counts.values.rows, counts.values.columns}), "cells x genes"},
                    {"cells", grouped(counts.values.rows), "such as " + counts.cells.front()},
                    {"genes", grouped(counts.values.columns), "such as " + counts.genes.front()}};
  for (const std::string& warning : counts.warnings) contents.items.push_back({"warning", "", warning});
  contents.advice = "these are counts without times: 'cellmnn preprocess " + path +
                    " --obs times.csv -o ready.h5ad' makes of them what 'train' reads";
  return contents;
}

bool is_10x(const Node& root) {
  const std::vector<std::string> names = root.children();
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& name) { return root.find(name + "/barcodes").has_value(); });
}

}  // namespace

std::optional<FileContents> contents_of(const std::string& path) {
  const std::string name = lower_case(path);
  if (std::filesystem::is_directory(path)) return counts_contents(path);
  if (name.ends_with(".h5ad")) return h5ad_contents(path);
  if (name.ends_with(".npz")) return npz_contents(path);
  if (name.ends_with(".npy")) return npy_contents(path);
  if (name.ends_with(".loom")) return hdf5_contents(path, true);
  if (!name.ends_with(".h5") && !name.ends_with(".hdf5")) return std::nullopt;
  return is_10x(Node::open(path)) ? counts_contents(path) : hdf5_contents(path, false);
}

std::string contents_text(const FileContents& contents) {
  Table table({"holds", "shape", "kind"});
  for (const auto& [name, shape, kind] : contents.items) table.add({name, shape, kind});
  return table.text(4);
}

nlohmann::ordered_json contents_json(const FileContents& contents) {
  nlohmann::ordered_json items = nlohmann::ordered_json::array();
  for (const auto& [name, shape, kind] : contents.items) {
    items.push_back({{"name", name}, {"shape", shape}, {"kind", kind}});
  }
  return items;
}

}  // namespace cellmnn

#include <algorithm>
#include <memory>

#include "native/io/counts/counts_formats.hpp"
#include "native/io/files/text.hpp"
#include "native/io/h5ad/h5ad_frame.hpp"
#include "native/io/h5ad/h5ad_matrix.hpp"
#include "native/runtime/progress.hpp"

namespace cellmnn {
namespace {

using hdf5::Node;

constexpr const char* kRaw = "raw";

/// A matrix and the table of its genes.
struct Matrices {
  Node matrix;
  std::string var;
};

/// raw/X and raw/var, or what anndata before 0.7 called raw.X and raw.var.
std::optional<Matrices> raw_matrices(const Node& root) {
  for (const std::string raw : {"raw/", "raw."}) {
    const std::optional<Node> x = root.find(raw + "X");
    if (x && root.find(raw + "var")) return Matrices{*x, raw + "var"};
  }
  return std::nullopt;
}

/// What --layer can name.
std::vector<std::string> layer_names(const Node& root) {
  std::vector<std::string> names;
  if (const std::optional<Node> layers = root.find("layers")) names = layers->children();
  const bool has_layer = std::find(names.begin(), names.end(), kRaw) != names.end();
  if (!has_layer && raw_matrices(root)) names.emplace_back(kRaw);
  return names;
}

Matrices chosen_matrices(const Node& root, const std::string& layer) {
  const std::vector<std::string> names = layer_names(root);
  const std::string existing = names.empty() ? "no layers" : "layers: " + quoted_list(names);
  if (layer.empty()) {
    const std::optional<Node> x = root.find("X");
    if (x && (x->is_group() || x->kind() != hdf5::ValueKind::none)) return {*x, "var"};
    throw root.error("has no X; it has " + existing + " (--layer)");
  }
  if (const std::optional<Node> chosen = root.find("layers/" + layer)) return {*chosen, "var"};
  if (layer == kRaw || layer == "raw/X" || layer == "raw.X") {
    if (std::optional<Matrices> raw = raw_matrices(root)) return *std::move(raw);
  }
  throw root.error("has no layer '" + layer + "' (--layer); it has " + existing);
}

FrameColumns columns_of(const H5adFrame& frame) {
  FrameColumns columns;
  for (const std::string& name : frame.columns()) columns.emplace_back(name, frame.column(name));
  return columns;
}

}  // namespace

CountsFile read_h5ad_counts(const std::string& path, const CountsOptions& options) {
  const Node root = Node::open(path);
  const Matrices chosen = chosen_matrices(root, options.layer);
  const Node& matrix = chosen.matrix;
  const MatrixShape shape = matrix_shape(matrix);
  const H5adFrame obs(root, "obs");
  if (!root.find(chosen.var)) throw root.error("has no 'var' with the names of the genes");
  const H5adFrame var(root, chosen.var);
  if (shape.rows != obs.rows() || shape.columns != var.rows()) {
    throw matrix.error("is " + std::to_string(shape.rows) + " x " + std::to_string(shape.columns) +
                       ", but obs names " + std::to_string(obs.rows()) + " cells and " + chosen.var + " " +
                       std::to_string(var.rows()) + " genes");
  }
  CountsFile file;
  file.path = path;
  file.format = "h5ad";
  file.cells = obs.index();
  file.genes = var.index();
  file.obs = columns_of(obs);
  file.var = columns_of(var);
  file.matrix = matrix.name();
  file.layers = layer_names(root);

  Progress progress("reading", "value", std::max<Index>(1, 2 * stored_values(matrix)), options.quiet);
  try {
    file.values = sparse_matrix(shape.rows, shape.columns, [&](const auto& visit) {
      for_each_value(matrix, visit, [&](Index count) { progress.advance(count); });
    });
  } catch (const Error& error) {
    if (std::string_view(error.what()).starts_with(path)) throw;
    throw matrix.error(error.what());
  }
  return file;
}

}  // namespace cellmnn

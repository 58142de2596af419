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

Node matrix_node(const Node& root, const std::string& layer) {
  const std::optional<Node> layers = root.find("layers");
  const std::string existing =
      layers && !layers->children().empty() ? "layers: " + quoted_list(layers->children()) : "no layers";
  if (layer.empty()) {
    const std::optional<Node> x = root.find("X");
    if (x && (x->is_group() || x->kind() != hdf5::ValueKind::none)) return *x;
    throw root.error("has no X; it has " + existing + " (--layer)");
  }
  const std::optional<Node> chosen = layers ? layers->find(layer) : std::nullopt;
  if (!chosen) throw root.error("has no layer '" + layer + "' (--layer); it has " + existing);
  return *chosen;
}

FrameColumns columns_of(const H5adFrame& frame) {
  FrameColumns columns;
  for (const std::string& name : frame.columns()) columns.emplace_back(name, frame.column(name));
  return columns;
}

}  // namespace

CountsFile read_h5ad_counts(const std::string& path, const CountsOptions& options) {
  const Node root = Node::open(path);
  const Node matrix = matrix_node(root, options.layer);
  const MatrixShape shape = matrix_shape(matrix);
  const H5adFrame obs(root, "obs");
  if (!root.find("var")) throw root.error("has no 'var' with the names of the genes");
  const H5adFrame var(root, "var");
  if (shape.rows != obs.rows() || shape.columns != var.rows()) {
    throw matrix.error("is " + std::to_string(shape.rows) + " x " + std::to_string(shape.columns) +
                       ", but obs names " + std::to_string(obs.rows()) + " cells and var " +
                       std::to_string(var.rows()) + " genes");
  }
  CountsFile file;
  file.path = path;
  file.format = "h5ad";
  file.cells = obs.index();
  file.genes = var.index();
  file.obs = columns_of(obs);
  file.var = columns_of(var);
  if (const std::optional<Node> layers = root.find("layers")) file.layers = layers->children();

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

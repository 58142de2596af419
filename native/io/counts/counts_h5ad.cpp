#include <algorithm>
#include <memory>
#include <optional>
#include <unordered_map>

#include "native/io/counts/counts_formats.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/text.hpp"
#include "native/io/h5ad/h5ad_frame.hpp"
#include "native/io/h5ad/h5ad_matrix.hpp"
#include "native/runtime/progress.hpp"
#include "native/runtime/report.hpp"

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

/// The group of an .h5mu file that holds the AnnData of a modality.
Node modality_of(const Node& root, const std::string& modality) {
  const std::optional<Node> all = root.find("mod");
  if (!all) throw root.error("has no 'mod' with modalities, which .h5mu must have");
  const std::vector<std::string> names = all->children();
  if (modality.empty() && names.size() == 1) return all->at(names[0]);
  if (modality.empty()) throw root.error("has the modalities " + quoted_list(names) + ": say --modality");
  if (const std::optional<Node> chosen = all->find(modality)) return *chosen;
  throw root.error("has no modality '" + modality + "' (--modality): it has " + quoted_list(names));
}

/// The columns of an .h5mu file for the cells of all modalities that this modality lacks.
void add_common_columns(const Node& root, CountsTable& table) {
  if (!root.find("obs")) return;
  const H5adFrame obs(root, "obs");
  std::unordered_map<std::string, Index> row_of;
  for (const std::string& name : obs.index()) row_of.emplace(name, static_cast<Index>(row_of.size()));
  std::vector<Index> rows;
  for (const std::string& cell : table.cells) {
    const auto found = row_of.find(cell);
    if (found == row_of.end()) return;
    rows.push_back(found->second);
  }
  for (const std::string& name : obs.columns()) {
    const bool is_copy = name.find(':') != std::string::npos;  // MuData's "rna:day"
    if (!is_copy && find_column(table.obs, name) == nullptr)
      table.obs.emplace_back(name, at_rows(obs.column(name), rows));
  }
}

}  // namespace

CountsBlocks read_h5ad_counts(const std::string& path, const CountsOptions& options) {
  const Node whole = Node::open(path);
  const bool is_h5mu = lower_case(path).ends_with(".h5mu");
  if (!is_h5mu && !options.modality.empty()) {
    throw file_error(path, "has no modalities, which only .h5mu has: leave out --modality");
  }
  const Node root = is_h5mu ? modality_of(whole, options.modality) : whole;
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
  CountsBlocks file;
  file.path = path;
  file.format = is_h5mu ? "h5mu" : "h5ad";
  file.cells = obs.index();
  file.genes = var.index();
  file.obs = columns_of(obs);
  file.var = columns_of(var);
  file.matrix = matrix.name();
  file.layers = layer_names(root);
  if (is_h5mu) add_common_columns(whole, file);

  if (has_rows(matrix)) {
    file.values = blocks_of_rows(matrix);
    return file;
  }
  constexpr Index kMuch = Index{1} << 26;  // values, of 8 bytes
  if (const Index values = stored_values(matrix); values > kMuch) {
    file.warnings.push_back(matrix.name() + " is stored by columns, so that all of it is held in memory, " +
                            fixed(static_cast<double>(values) * 8e-9, 1) +
                            " GB: a matrix stored by rows (csr) is read in parts");
  }
  Progress progress("reading", "value", std::max<Index>(1, 2 * stored_values(matrix)), options.quiet);
  try {
    file.values = blocks_of(sparse_matrix(shape.rows, shape.columns, [&](const auto& visit) {
      for_each_value(matrix, visit, [&](Index count) { progress.advance(count); });
    }));
  } catch (const Error& error) {
    if (std::string_view(error.what()).starts_with(path)) throw;
    throw matrix.error(error.what());
  }
  return file;
}

}  // namespace cellmnn

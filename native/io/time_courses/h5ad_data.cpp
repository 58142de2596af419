#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "native/io/files/text.hpp"
#include "native/io/h5ad/h5ad_frame.hpp"
#include "native/io/h5ad/h5ad_matrix.hpp"
#include "native/io/time_courses/cell_source.hpp"
#include "native/io/time_courses/data_formats.hpp"
#include "native/io/time_courses/h5ad_genes.hpp"
#include "native/io/time_courses/time_column.hpp"

namespace cellmnn {
namespace {

using hdf5::Node;

/// anndata writes None as a dataset without values.
bool is_null(const Node& node) { return !node.is_group() && node.kind() == hdf5::ValueKind::none; }

std::string described(const Node& obsm) {
  std::string list;
  for (const std::string& name : obsm.children()) {
    const Node node = obsm.at(name);
    list += (list.empty() ? "'" : ", '") + name + "'";
    if (is_matrix(node)) list += " with " + std::to_string(matrix_shape(node).columns) + " columns";
  }
  return list;
}

std::string embedding_name(const Node& root, const DataOptions& options) {
  const std::optional<Node> obsm = root.find("obsm");
  if (!obsm || obsm->children().empty()) {
    throw root.error(
        "has no embedding in obsm: compute principal components first, by 'cellmnn preprocess' or "
        "scanpy.pp.pca");
  }
  if (options.embedding_key) {
    const std::optional<Node> chosen = obsm->find(*options.embedding_key);
    if (!chosen) {
      throw obsm->error("has no '" + *options.embedding_key + "' (--embedding-key): it holds " +
                        described(*obsm));
    }
    matrix_shape(*chosen);  // says what is wrong with it
    return *options.embedding_key;
  }
  if (!options.usual_embedding_key.empty() && obsm->find(options.usual_embedding_key)) {
    return options.usual_embedding_key;
  }
  for (const char* name : kEmbeddingNames) {
    const std::optional<Node> found = obsm->find(name);
    if (!found || is_null(*found)) continue;
    matrix_shape(*found);  // says what is wrong with it
    return name;
  }
  std::vector<std::string> matrices;
  for (const std::string& name : obsm->children()) {
    const Node node = obsm->at(name);
    if (is_matrix(node) && matrix_shape(node).columns >= 2) matrices.push_back(name);
  }
  if (matrices.size() == 1) return matrices[0];
  throw obsm->error("has no 'X_pca': choose one of " + described(*obsm) + " with --embedding-key");
}

/// Reads X where the file has one.
void read_expression(const Node& root, const std::vector<std::string>& genes, DataFile& file) {
  const std::optional<Node> x = root.find("X");
  if (!x || is_null(*x) || genes.empty()) return;
  const Index columns = matrix_shape(*x).columns;
  if (columns != static_cast<Index>(genes.size())) {
    throw x->error("has " + std::to_string(columns) + " columns, but var names " +
                   std::to_string(genes.size()) + " genes");
  }
  read_matrix(*x, columns, row_targets(file, &Snapshot::expression, columns));
  file.genes = genes;
}

LabelColumn label_rows(const H5adFrame& obs, const std::string& name, RowRange rows) {
  return without_missing_texts(obs.column(name, rows));
}

/// The time column, understood.
TimeColumn time_column(const std::string& path, const H5adFrame& obs, const DataOptions& options) {
  const auto counted = [&](const std::string& name) {
    LabelCounts counts;
    for (Index begin = 0; begin < obs.rows(); begin += kValuesAtOnce)
      counts.add(label_rows(obs, name, {begin, std::min(begin + kValuesAtOnce, obs.rows())}));
    return counts;
  };
  return find_time_column({path, "obs column", obs.columns(), counted}, options);
}

/// Of an .h5ad whose coordinates stay in the file, where they are dense.
class H5adCells final : public CellSource {
 public:
  H5adCells(const std::string& path, const DataOptions& options)
      : root_(Node::open(path)), obs_(root_, "obs"), options_(options) {
    file_.path = path;
    file_.format = "h5ad";
    const TimeColumn time = time_column(path, obs_, options);
    make_snapshots(time, file_);
    time_of_.emplace(time);
    file_.embedding_key = embedding_name(root_, options);
    embedding_.emplace(root_.at("obsm").at(file_.embedding_key));
    const MatrixShape shape = matrix_shape(*embedding_);
    file_.available_dims = shape.columns;
    const Index dims = dims_to_read(options, path, embedding_->name(), file_.available_dims);
    set_dims(dims);
    if (shape.rows != obs_.rows()) {
      throw embedding_->error("has " + std::to_string(shape.rows) + " rows, expected " +
                              std::to_string(obs_.rows()));
    }
    genes_ = read_gene_names(root_, options, file_);
    if (!genes_.empty())
      read_gene_space(
          root_, genes_, options, dims,
          [&] {
            return positions({0, obs_.rows()});
          },
          file_);
  }

  std::vector<std::string> names(Index count) override { return obs_.index(next_rows(named_, count)); }

  DataFile read_all() override {
    DataFile file = CellSource::read_all();
    if (options_.expression) read_expression(root_, genes_, file);
    return file;
  }

 private:
  static RowRange next_rows(Index& begin, Index count) {
    begin += count;
    return {begin - count, begin};
  }

  Vector<double> next_times(Index count) override {
    return (*time_of_)(label_rows(obs_, file_.time_key, next_rows(timed_, count)));
  }

  Matrix<float> next_positions(Index count) override { return positions(next_rows(placed_, count)); }

  /// Other matrices are read whole, and kept.
  Matrix<float> positions(RowRange rows) {
    Matrix<float> result(rows.size(), dims());
    if (is_dense_matrix(*embedding_)) {
      read_rows(*embedding_, rows.begin, result);
      return result;
    }
    if (all_.rows() == 0) {
      all_ = Matrix<float>::Zero(obs_.rows(), dims());
      std::vector<float*> targets;
      for (auto row : all_.rowwise()) targets.push_back(row.data());
      read_matrix(*embedding_, dims(), targets);
    }
    return all_.middleRows(rows.begin, rows.size());
  }

  void restart() override { named_ = timed_ = placed_ = 0; }

  Node root_;
  H5adFrame obs_;
  DataOptions options_;
  std::vector<std::string> genes_;
  std::optional<TimeLookUp> time_of_;
  std::optional<Node> embedding_;
  Matrix<float> all_;
  Index named_ = 0, timed_ = 0, placed_ = 0;  // rows so far
};

}  // namespace

DataFile read_h5ad_times(const std::string& path, const DataOptions& options) {
  const H5adFrame obs(Node::open(path), "obs");
  DataFile file;
  file.path = path;
  file.format = "h5ad";
  file.names = obs.index();
  const TimeColumn time = time_column(path, obs, options);
  sort_into_snapshots(time, label_rows(obs, time.key, {0, obs.rows()}), file);
  return file;
}

std::unique_ptr<CellSource> open_h5ad(const std::string& path, const DataOptions& options) {
  return std::make_unique<H5adCells>(path, options);
}

}  // namespace cellmnn

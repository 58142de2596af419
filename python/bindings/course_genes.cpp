#include <nanobind/stl/string.h>

#include <algorithm>
#include <utility>

#include "cellmnn/error.hpp"
#include "native/io/h5ad/gene_means.hpp"
#include "python/bindings/course.hpp"

namespace cellmnn::python {
namespace {

constexpr Index kChunk = 4096;  // rows that are asked of Python at once

/// The coordinates of all cells in the order of the AnnData.
Matrix<float> in_order(const DataFile& file) {
  Matrix<float> coordinates(file.data.cells(), file.data.dims());
  for (std::size_t k = 0; k < file.rows.size(); ++k) {
    for (std::size_t i = 0; i < file.rows[k].size(); ++i)
      coordinates.row(file.rows[k][i]) = file.data.snapshots[k].cells.row(static_cast<Index>(i));
  }
  return coordinates;
}

void visit_rows(const nb::object& rows, Index columns, Index begin, Index end,
                const GeneExpression::Visit& visit) {
  const auto parts = nb::cast<nb::tuple>(rows(begin, end));
  const SparseMatrix matrix =
      sparse_of({nb::cast<Floats>(parts[0]), nb::cast<Codes>(parts[1]), nb::cast<Whole>(parts[2])}, columns);
  if (matrix.rows != end - begin) throw Error(ErrorCode::bad_input, "the expression has too few rows");
  for (Index row = 0; row < matrix.rows; ++row)
    matrix.for_row(row, [&](Index column, float value) { visit(begin + row, column, value); });
}

GeneExpression expression_of(const nb::tuple& candidate, Index cells) {
  const auto genes = nb::cast<Whole>(candidate[1]);
  const auto rows = nb::cast<nb::object>(candidate[2]);
  const auto columns = static_cast<Index>(genes.shape(0));
  const bool by_rows = nb::cast<bool>(candidate[3]);
  GeneExpression expression{nb::cast<std::string>(candidate[0]), indices_of(genes), {}, {}};
  expression.visit_all = [=](const GeneExpression::Visit& visit) {
    const Index chunk = by_rows ? kChunk : cells;
    for (Index begin = 0; begin < cells; begin += chunk)
      visit_rows(rows, columns, begin, std::min(begin + chunk, cells), visit);
  };
  if (by_rows) {
    expression.visit_rows = [=](Index begin, Index end, const GeneExpression::Visit& visit) {
      visit_rows(rows, columns, begin, end, visit);
    };
  }
  return expression;
}

}  // namespace

void set_genes(Course& course, const GeneList& genes, const FloatRows& loadings,
               const std::optional<Floats>& stored_mean, const nb::list& candidates, bool compute) {
  DataFile& file = course.file;
  const bool fits = loadings.shape(0) == genes.names.size() &&
                    static_cast<Index>(loadings.shape(1)) == file.data.dims() &&
                    (!stored_mean || stored_mean->shape(0) == genes.names.size());
  if (!fits) throw Error(ErrorCode::bad_input, "the loadings do not fit the genes and the coordinates");
  GeneSpace& space = file.data.gene_space;
  space = {genes.names, rows_of(loadings), {}};
  std::vector<GeneExpression> expression;
  for (const nb::handle candidate : candidates)
    expression.push_back(expression_of(nb::cast<nb::tuple>(candidate), file.data.cells()));
  std::optional<Vector<float>> stored;
  if (stored_mean) stored = vector_of<float>(*stored_mean);
  GeneMeans means =
      gene_means(expression, std::move(stored), {genes.names, space.loadings, in_order(file), compute});
  space.mean = std::move(means.mean);
  file.gene_sources = {genes.column, genes.aliases, std::move(means.source), std::move(means.problem)};
  file.warnings.insert(file.warnings.end(), means.warnings.begin(), means.warnings.end());
}

}  // namespace cellmnn::python

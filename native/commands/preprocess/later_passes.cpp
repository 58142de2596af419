#include "native/commands/preprocess/later_passes.hpp"

#include <algorithm>
#include <utility>

namespace cellmnn {
namespace {

/// (G, 6) of logarithms and of exp(x) - 1: their mean, squares, found.
Matrix<double> as_columns(const ExpressionSums& sums) {
  Matrix<double> columns(sums.logs.mean.size(), 6);
  columns << sums.logs.mean, sums.logs.squares, sums.logs.found, sums.linear.mean, sums.linear.squares,
      sums.linear.found;
  return columns;
}

ExpressionSums from_columns(const Matrix<double>& columns, Index cells, bool negative) {
  const auto sums = [&](Index first) -> GeneSums {
    return {cells, columns.col(first), columns.col(first + 1), columns.col(first + 2)};
  };
  return {sums(0), sums(3), negative};
}

}  // namespace

std::vector<Index> fitted_cells_with(RowBlocks& counts, const std::vector<bool>& fitted, Passes& passes) {
  std::vector<Index> all(static_cast<std::size_t>(counts.columns()), 0);
  passes.run({"fitted",
              [&](ShareBlocks) -> ArrayShapes {
                return {{"cells_with", {counts.columns(), 1}}};
              },
              [&](ShareBlocks share) -> Arrays {
                std::vector<Index> number(all.size(), 0);
                for (Index block = share.begin; block < share.end; ++block)
                  count_cells(counts.read(block), flagged_rows(counts, block, fitted), number);
                return {{"cells_with", as_column(number)}};
              },
              [&](const Arrays& share) { add_column(share.at("cells_with"), all); }});
  return all;
}

double median_of_totals(RowBlocks& counts, const std::vector<bool>& fitted, Passes& passes) {
  std::vector<double> all;
  passes.run({"totals",
              [&](ShareBlocks share) -> ArrayShapes {
                const auto begin = fitted.begin() + counts.first_row(share.begin);
                const auto end = fitted.begin() + counts.first_row(share.end);
                return {{"totals", {std::count(begin, end, true), 1}}};
              },
              [&](ShareBlocks share) -> Arrays {
                std::vector<double> some;
                for (Index block = share.begin; block < share.end; ++block) {
                  const std::vector<double> of_block = totals(counts.read(block));
                  for (const Index row : flagged_rows(counts, block, fitted))
                    some.push_back(of_block[static_cast<std::size_t>(row)]);
                }
                return {{"totals", Eigen::Map<const Vector<double>>(some.data(), std::ssize(some))}};
              },
              [&](const Arrays& share) {
                const Matrix<double>& some = share.at("totals");
                all.insert(all.end(), some.data(), some.data() + some.size());
              }});
  return median_total(std::move(all));
}

ExpressionSums sums_of_expression(RowBlocks& logs, const std::vector<bool>& fitted, Executor& executor,
                                  Passes& passes) {
  ExpressionSums all;
  passes.run({"moments",
              [&](ShareBlocks) -> ArrayShapes {
                return {{"sums", {logs.columns(), 6}}, {"cells", {1, 1}}, {"negative", {1, 1}}};
              },
              [&](ShareBlocks share) -> Arrays {
                const ExpressionSums sums = expression_sums(logs, share, fitted, executor);
                return {{"sums", as_columns(sums)},
                        {"cells", Matrix<double>::Constant(1, 1, static_cast<double>(sums.logs.cells))},
                        {"negative", Matrix<double>::Constant(1, 1, sums.negative ? 1 : 0)}};
              },
              [&](const Arrays& share) {
                all.add(from_columns(share.at("sums"), static_cast<Index>(share.at("cells")(0)),
                                     share.at("negative")(0) != 0));
              }});
  return all;
}

Components components_of(RowBlocks& variable, const ComponentFit& fit, const std::vector<bool>& fitted,
                         Executor& executor, Passes& passes) {
  if (!fit.sums_products()) {
    passes.end_of_shares();
    passes.begin("components");
    Components components = fit.from_values(variable, fitted, executor);
    passes.end();
    return components;
  }
  const Index genes = variable.columns();
  const Index pairs = genes * (genes + 1) / 2;
  Vector<double> products = Vector<double>::Zero(pairs);
  passes.run({"components",
              [&](ShareBlocks) -> ArrayShapes {
                return {{"products", {pairs, 1}}};
              },
              [&](ShareBlocks share) -> Arrays {
                return {{"products", fit.products(variable, share, fitted, executor)}};
              },
              [&](const Arrays& share) { products += share.at("products"); }});
  passes.end_of_shares();
  return fit.from_products(products, executor);
}

}  // namespace cellmnn

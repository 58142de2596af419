/// The passes over counts after the first look.
#pragma once

#include <vector>

#include "cellmnn/pca.hpp"
#include "cellmnn/preprocess.hpp"
#include "native/commands/preprocess/passes.hpp"

namespace cellmnn {

/// In how many of the fitted cells each gene has a value.
std::vector<Index> fitted_cells_with(RowBlocks& counts, const std::vector<bool>& fitted, Passes& passes);

/// The median total of the fitted cells.
double median_of_totals(RowBlocks& counts, const std::vector<bool>& fitted, Passes& passes);

ExpressionSums sums_of_expression(RowBlocks& logs, const std::vector<bool>& fitted, Executor& executor,
                                  Passes& passes);

/// Of the logarithms of the variable genes.
Components components_of(RowBlocks& variable, const ComponentFit& fit, const std::vector<bool>& fitted,
                         Executor& executor, Passes& passes);

}  // namespace cellmnn

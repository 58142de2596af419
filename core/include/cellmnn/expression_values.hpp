/// What values of expression are, and which genes can be used: the checks before a gene course.
#pragma once

#include <optional>
#include <vector>

#include "cellmnn/gene_course.hpp"
#include "cellmnn/sparse.hpp"

namespace cellmnn {

/// Whole numbers are counts, since logarithms of expression are not whole. Throws bad_input where the values
/// cannot be what they are `given` as, and where they are too large for logarithms.
ExpressionScale expression_scale(const SparseMatrix& values, std::optional<ExpressionScale> given = {});

/// Whether each gene has more than one value.
std::vector<bool> varying_genes(const SparseMatrix& values);

}  // namespace cellmnn

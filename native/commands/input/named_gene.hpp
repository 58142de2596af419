/// Genes that an option names.
#pragma once

#include <string>
#include <vector>

#include "cellmnn/types.hpp"

namespace cellmnn {

/// Where `name` stands in `genes`, which are those `of_what`, such as "that vary in the data". Throws
/// bad_input with the nearest name where it is missing, and where several have it.
Index gene_named(const std::vector<std::string>& genes, const std::string& name, const std::string& option,
                 const std::string& of_what);

}  // namespace cellmnn

#include <algorithm>
#include <set>

#include "native/io/counts/counts_formats.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/text.hpp"

namespace cellmnn {

void keep_measured_genes(CountsBlocks& file, const std::vector<std::string>& types) {
  const std::string expected = "Gene Expression";
  std::vector<bool> measured;
  measured.reserve(types.size());
  for (const std::string& type : types) measured.push_back(type.empty() || type == expected);
  const auto others = std::count(measured.begin(), measured.end(), false);
  if (others == 0) return;
  if (others == static_cast<std::ptrdiff_t>(types.size())) {
    const std::set<std::string> distinct(types.begin(), types.end());
    throw file_error(file.path, "none of its " + std::to_string(others) + " features is of the type '" +
                                    expected + "': their types are " +
                                    quoted_list({distinct.begin(), distinct.end()}));
  }
  file.warnings.push_back(std::to_string(others) + " features are not of the type '" + expected +
                          "' and are left out");
  const std::vector<bool> all_cells(file.cells.size(), true);
  keep(file, all_cells, measured);
  file.values = kept(file.values, all_cells, measured);
}

}  // namespace cellmnn

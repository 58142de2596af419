/// The writers behind write_table().
#pragma once

#include <string>

#include "native/io/tables/table_file.hpp"

namespace cellmnn {

void write_h5ad(const std::string& path, const CellTable& table);
void write_npz(const std::string& path, const CellTable& table);
void write_csv(const std::string& path, const CellTable& table);

/// N of a table; throws bad_input if its parts do not agree.
Index cell_count(const CellTable& table);

}  // namespace cellmnn

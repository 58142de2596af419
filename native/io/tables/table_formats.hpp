/// The writers behind table_writer().
#pragma once

#include <memory>
#include <string>

#include "native/io/tables/table_file.hpp"

namespace cellmnn {

std::unique_ptr<TableWriter> h5ad_writer(const std::string& path, TableShape shape);
std::unique_ptr<TableWriter> npz_writer(const std::string& path, TableShape shape);
std::unique_ptr<TableWriter> csv_writer(const std::string& path, const TableShape& shape);

/// N of a table; throws bad_input if its parts do not agree.
Index cell_count(const CellTable& table);

}  // namespace cellmnn

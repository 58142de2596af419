#include "native/io/h5ad/column_writer.hpp"
#include "native/io/hdf5/hdf5_writer.hpp"
#include "native/io/tables/table_formats.hpp"

namespace cellmnn {
namespace {

using hdf5::Id;

std::vector<std::string> names_of_cells(const CellTable& table, Index cells) {
  if (!table.names.empty()) return table.names;
  std::vector<std::string> names;
  for (Index i = 0; i < cells; ++i) names.push_back(std::to_string(i));
  return names;
}

void write_elements(const Id& file, const CellTable& table) {
  const Index cells = cell_count(table);
  std::vector<std::string> columns;
  for (const auto& [name, column] : table.labels) columns.push_back(name);
  for (const auto& [name, values] : table.columns) columns.push_back(name);
  for (const auto& [name, values] : table.flags) columns.push_back(name);
  const Id obs = hdf5::create_frame({file, "obs"}, names_of_cells(table, cells), columns);
  for (const auto& [name, column] : table.labels) write_column({obs, name}, column);
  for (const auto& [name, values] : table.columns) hdf5::write_array({obs, name}, values);
  for (const auto& [name, values] : table.flags) hdf5::write_array({obs, name}, values);
  hdf5::create_frame({file, "var"}, table.genes, {});
  if (table.expression.size() > 0) hdf5::write_array({file, "X"}, table.expression);

  const Id obsm = hdf5::create_dict({file, "obsm"});
  for (const auto& [name, values] : table.arrays) hdf5::write_array({obsm, name}, values);
  const Id varm = hdf5::create_dict({file, "varm"});
  if (table.loadings.size() > 0) hdf5::write_array({varm, "PCs"}, table.loadings);
  const Id uns = hdf5::create_dict({file, "uns"});
  if (table.gene_mean.size() > 0) hdf5::write_array({uns, "pca_mean"}, table.gene_mean);
  for (const char* name : {"layers", "obsp", "varp"}) hdf5::create_dict({file, name});
}

}  // namespace

void write_h5ad(const std::string& path, const CellTable& table) {
  hdf5::write_file(path, [&](const Id& file) { write_elements(file, table); });
}

}  // namespace cellmnn

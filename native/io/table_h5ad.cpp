#include "cellmnn/error.hpp"
#include "native/io/hdf5_writer.hpp"
#include "native/io/input_file.hpp"
#include "native/io/output_file.hpp"
#include "native/io/table_formats.hpp"

namespace cellmnn {
namespace {

using hdf5::Id;

/// A data frame with its index under the name `index`, where older readers look for it.
Id create_frame(const hdf5::Place& place, const std::vector<std::string>& index,
                const std::vector<std::string>& columns) {
  Id frame = hdf5::create_group(place, "dataframe", "0.2.0");
  hdf5::write_attribute(frame, "_index", std::string("index"));
  hdf5::write_attribute(frame, "column-order", columns);
  hdf5::write_texts({frame, "index"}, index);
  return frame;
}

Id create_dict(const Id& file, const char* name) { return hdf5::create_group({file, name}, "dict", "0.1.0"); }

std::vector<std::string> names_of_cells(const CellTable& table, Index cells) {
  if (!table.names.empty()) return table.names;
  std::vector<std::string> names;
  for (Index i = 0; i < cells; ++i) names.push_back(std::to_string(i));
  return names;
}

void write_elements(const Id& file, const CellTable& table) {
  const Index cells = cell_count(table);
  std::vector<std::string> columns;
  for (const auto& [name, values] : table.columns) columns.push_back(name);
  const Id obs = create_frame({file, "obs"}, names_of_cells(table, cells), columns);
  for (const auto& [name, values] : table.columns) hdf5::write_array({obs, name}, values);
  create_frame({file, "var"}, table.genes, {});
  if (table.expression.size() > 0) hdf5::write_array({file, "X"}, table.expression);

  const Id obsm = create_dict(file, "obsm");
  for (const auto& [name, values] : table.arrays) hdf5::write_array({obsm, name}, values);
  const Id varm = create_dict(file, "varm");
  if (table.loadings.size() > 0) hdf5::write_array({varm, "PCs"}, table.loadings);
  const Id uns = create_dict(file, "uns");
  if (table.gene_mean.size() > 0) hdf5::write_array({uns, "pca_mean"}, table.gene_mean);
  for (const char* name : {"layers", "obsp", "varp"}) create_dict(file, name);
}

}  // namespace

void write_h5ad(const std::string& path, const CellTable& table) {
  std::string image;
  try {
    const Id file = hdf5::create_file();
    write_elements(file, table);
    image = hdf5::image_of(file);
  } catch (const Error& error) {
    throw file_error(path, error.what());
  }
  write_file(path, image);
}

}  // namespace cellmnn

#include "native/commands/annotate/transport_maps.hpp"

#include <algorithm>
#include <filesystem>

#include "cellmnn/metrics.hpp"
#include "cellmnn/soft_maps.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/output_file.hpp"
#include "native/io/files/text.hpp"
#include "native/io/hdf5/hdf5_writer.hpp"
#include "native/io/hdf5/sparse_writer.hpp"

namespace cellmnn {
namespace {

/// "0.0", "2.5": what WOT and CellRank parse as floats.
std::string float_text(double value) {
  const std::string text = number_text(value);
  return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

std::vector<std::string> names_of(const DataFile& file, std::size_t snapshot) {
  std::vector<std::string> names;
  for (const Index row : file.rows[snapshot]) names.push_back(file.names[static_cast<std::size_t>(row)]);
  return names;
}

/// From the cells of one snapshot to those of the next: (n, m). Rows have the sum 1, or with mass n times the
/// weight of the cell: a cell that grows has more descendants.
SparseMatrix exact_coupling(const CellMnn& model, const Snapshot& from, const Snapshot& to) {
  SerialExecutor executor;
  const Index dims = model.config.dims;
  const Vector<double> times = Vector<double>::Constant(from.cells.rows(), from.time);
  const Paths there = model.paths(from.cells.leftCols(dims), times, {to.time}, executor);
  const Transport transport = optimal_transport(model.latent.whiten(there.positions.slice(0)).cast<double>(),
                                                model.latent.whiten(to.cells.leftCols(dims)).cast<double>(),
                                                TransportCost::squared_euclidean, there.weights_at(0));
  const auto n = static_cast<double>(from.cells.rows());
  return sparse_matrix(from.cells.rows(), to.cells.rows(), [&](const auto& visit) {
    for (const TransportEntry& entry : transport.plan) {
      visit(entry.source, entry.target, static_cast<float>(n * entry.mass));
    }
  });
}

void write_map(const std::string& path, const SparseMatrix& map, const std::vector<std::string>& sources,
               const std::vector<std::string>& targets) {
  hdf5::write_file(path, [&](const hdf5::Id& file) {
    hdf5::write_sparse({file, "X"}, map, map.values);
    hdf5::create_frame({file, "obs"}, sources, {});
    hdf5::create_frame({file, "var"}, targets, {});
    for (const char* name : {"layers", "obsm", "varm", "obsp", "varp", "uns"})
      hdf5::create_dict({file, name});
  });
}

}  // namespace

std::vector<SparseMatrix> transport_maps(const CellMnn& model, const DataFile& file, WotPlan plan,
                                         Session& session) {
  const std::vector<Snapshot>& snapshots = file.data.snapshots;
  if (snapshots.size() < 2) throw file_error(file.path, "has cells of one time only: --wot needs two times");
  const std::size_t maps = snapshots.size() - 1;
  for (std::size_t k = 0; k < maps; ++k) {
    const double pairs =
        static_cast<double>(snapshots[k].cells.rows()) * static_cast<double>(snapshots[k + 1].cells.rows());
    if (pairs > TransportLimits{}.exact_pairs) {
      throw file_error(file.path, "has too many cells at the times " + number_text(snapshots[k].time) +
                                      " and " + number_text(snapshots[k + 1].time) +
                                      " for transport maps (--wot): at most 20,000 x 20,000");
    }
  }
  if (plan == WotPlan::soft) return soft_maps(file.data, {}, &model, session.pool());
  std::vector<SparseMatrix> couplings(maps);
  session.pool().run(static_cast<std::ptrdiff_t>(maps), [&](std::ptrdiff_t i) {
    const auto k = static_cast<std::size_t>(i);
    couplings[k] = exact_coupling(model, snapshots[k], snapshots[k + 1]);
  });
  return couplings;
}

void write_transport_maps(const std::string& folder, const std::vector<SparseMatrix>& maps,
                          const DataFile& file) {
  const std::vector<Snapshot>& snapshots = file.data.snapshots;
  make_folder(folder);
  for (std::size_t k = 0; k < maps.size(); ++k) {
    const std::string name =
        "tmaps_" + float_text(snapshots[k].time) + "_" + float_text(snapshots[k + 1].time) + ".h5ad";
    write_map((std::filesystem::path(folder) / name).string(), maps[k], names_of(file, k),
              names_of(file, k + 1));
  }
}

}  // namespace cellmnn

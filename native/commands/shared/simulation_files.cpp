#include "native/commands/shared/simulation_files.hpp"

#include <vector>

#include "native/io/files/output_file.hpp"
#include "native/io/files/text.hpp"
#include "native/io/tables/table_file.hpp"
#include "native/runtime/vectors.hpp"

namespace cellmnn {

void write_cells(const std::string& path, const Simulation& simulation,
                 const std::vector<Vector<double>>& growth) {
  const TimeCourse& data = simulation.data;
  const Index cells = data.cells();
  Vector<double> times(cells), fates(cells), rates(cells);
  Matrix<float> positions(cells, data.dims());
  CellTable table;
  table.genes = data.gene_space.genes;
  table.loadings = data.gene_space.loadings;
  table.gene_mean = data.gene_space.mean;
  table.expression.resize(cells, static_cast<Index>(table.genes.size()));
  Index begin = 0;
  for (std::size_t k = 0; k < data.snapshots.size(); ++k) {
    const Snapshot& snapshot = data.snapshots[k];
    const Index count = snapshot.cells.rows();
    times.segment(begin, count).setConstant(snapshot.time);
    fates.segment(begin, count) =
        Eigen::Map<const Vector<int>>(simulation.fates[k].data(), count).cast<double>();
    if (!growth.empty()) rates.segment(begin, count) = growth[k];
    positions.middleRows(begin, count) = snapshot.cells;
    table.expression.middleRows(begin, count) = snapshot.expression;
    begin += count;
  }
  table.columns = {{"time", times}, {"fate", fates}};
  if (!growth.empty()) table.columns.emplace_back("growth", rates);
  table.arrays = {{"X_pca", positions}};
  write_table(path, table);
}

void write_counts(const std::string& path, const GrowingSimulation& simulation) {
  std::string lines = "time,count\n";
  for (std::size_t k = 0; k < simulation.sizes.size(); ++k) {
    lines += number_text(simulation.simulation.data.snapshots[k].time) + ",";
    lines += number_text(simulation.sizes[k]) + "\n";
  }
  write_file(path, lines);
}

void write_network(const std::string& path, const Simulation& simulation) {
  const auto name_of = [&](Index gene) {
    return simulation.data.gene_space.genes[static_cast<std::size_t>(gene)];
  };
  std::string text = "Gene1,Gene2,Sign\n";
  for (const NetworkEdge& edge : simulation.network) {
    text += name_of(edge.source) + "," + name_of(edge.target) + (edge.sign > 0 ? ",+\n" : ",-\n");
  }
  write_file(path, text);
}

void write_trajectories(const std::string& path, const Simulation& simulation) {
  CellTable table;
  table.columns = {{"times", to_vector(simulation.trajectory_times)}};
  table.tensors = {{"trajectories", simulation.trajectories}};
  write_table(path, table);
}

}  // namespace cellmnn

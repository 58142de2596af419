/// What `network` and `perturb` read: models with genes, cells in the order of the file, and groups of them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cellmnn/model.hpp"
#include "native/commands/input/data_input.hpp"

namespace cellmnn {

/// Some cells by their rows in CellsOfFile.
struct CellGroup {
  std::string name;
  std::vector<Index> rows;
};

struct CellsOfFile {
  Matrix<float> positions;   ///< (N, D), snapshot by snapshot
  Vector<double> times;      ///< (N)
  std::vector<Index> rows;   ///< (N) of the file
  Matrix<float> expression;  ///< (N, genes of the file) if it was asked for

  Matrix<float> positions_of(const CellGroup& group) const { return positions(group.rows, Eigen::all); }
  Vector<double> times_of(const CellGroup& group) const { return times(group.rows); }
};

struct GeneInput {
  std::vector<CellMnn>
      models;  ///< at least one; all with the same genes, and with their means if they are known
  DataFile file;
  CellsOfFile cells;
};

/// Reads models and data, with X only if `expression`, or if a model lacks the genes' means. Warns of gene
/// names that occur twice. Throws bad_input where models and data do not fit each other.
GeneInput read_gene_input(const std::vector<std::string>& models, const DataFlags& data, bool expression,
                          Session& session);

/// The model's name of the gene that is asked for as `name`: itself, or that of the only gene with this alias
/// (its database id, or its symbol). Names that are not known stay as they are.
std::string model_name(const GeneInput& input, const std::string& name);

/// All cells; then, if `by` is "time", those of each time, or else those of each label of the obs
/// column `by`.
std::vector<CellGroup> cell_groups(const GeneInput& input, const std::optional<std::string>& by);

/// The cells of the group `name` of `groups`; throws usage with the nearest name.
const CellGroup& group_named(const std::vector<CellGroup>& groups, const std::string& option,
                             const std::string& name);

}  // namespace cellmnn

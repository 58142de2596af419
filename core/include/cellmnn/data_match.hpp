/// Whether data are such as those on which a model was trained: in its genes, its coordinates and its times.
///
/// The texts are clauses that say the difference. Whoever shows one adds the way out, by its part.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cellmnn/cell_summary.hpp"
#include "cellmnn/model.hpp"

namespace cellmnn {

/// What a model's file says about its training data. What it does not say is empty, and is no difference.
struct KnownData {
  std::string time_unit;
  std::map<std::string, double> labels;  ///< the time of each label
  std::vector<double> times;             ///< (T) ascending
  std::vector<Index> cells;              ///< (T) of each time
  Matrix<double> centres;                ///< (T, D) mean coordinates of each time
};

/// What a reader knows of data beside their cells.
struct DataNames {
  std::string time_unit;                  ///< spelt as those of models, or empty
  std::map<std::string, double> labels;   ///< the time of each label
  std::vector<std::string> gene_aliases;  ///< another name of each gene, or empty
};

enum class DataPart { genes, loadings, time_unit, labels, times, coordinates };

struct DataDifference {
  DataPart part;
  std::string text;
};

/// Whether each gene of a model is the same gene of the data, by its name or its alias.
bool are_same_genes(const std::vector<std::string>& of_model, const std::vector<std::string>& names,
                    const std::vector<std::string>& aliases);

/// "the loadings of component 2 are not those of the model", if any is off by more than 0.1 % of the largest.
std::optional<std::string> loadings_difference(const GeneSpace& of_model, const GeneSpace& of_data);

/// The first difference: of genes, of loadings, of the unit, of labels with other times, of times, and of the
/// mean coordinates (by more than 2 % of a standard deviation) where each time has as many cells as in
/// training.
///
/// Times fit if two or more are training times and not most are outside of these; of a single time it is
/// enough to lie among them.
std::optional<DataDifference> data_difference(const CellMnn& model, const KnownData& known,
                                              const GeneSpace& genes, const CellSummary& cells,
                                              const DataNames& names);

/// A doubt about cells, which may be others than in training: many that lie where training had next to none.
std::optional<std::string> coordinates_far_outside(const CellSummary& cells);

}  // namespace cellmnn

#include "cellmnn/data_match.hpp"

#include <algorithm>
#include <cmath>

#include "base/text.hpp"

namespace cellmnn {
namespace {

constexpr double kSameTime = 1e-6;     // relative
constexpr double kSameLoading = 1e-3;  // of the largest one
constexpr double kSameCentre = 0.02;   // of a standard deviation
constexpr double kManyFar = 0.1;       // of the cells
constexpr std::size_t kShown = 8;      // items of a list

using Clause = std::optional<std::string>;

bool is_same_time(double a, double b) {
  return std::abs(a - b) <= kSameTime * std::max({1.0, std::abs(a), std::abs(b)});
}

std::string list_of(const std::vector<double>& values) {
  std::string list;
  for (std::size_t i = 0; i < std::min(kShown, values.size()); ++i) {
    if (i > 0) list += ", ";
    list += text(values[i]);
  }
  return list + (values.size() > kShown ? ", ..." : "");
}

Clause genes_difference(const GeneSpace& of_model, const GeneSpace& of_data,
                        const std::vector<std::string>& aliases) {
  if (of_model.empty() || of_data.empty()) return std::nullopt;
  if (are_same_genes(of_model.genes, of_data.genes, aliases)) return std::nullopt;
  std::string clause = "the data have " + std::to_string(of_data.genes.size()) + " genes and the model " +
                       std::to_string(of_model.genes.size());
  const auto [in_model, in_data] =
      std::mismatch(of_model.genes.begin(), of_model.genes.end(), of_data.genes.begin(), of_data.genes.end());
  if (in_model != of_model.genes.end() && in_data != of_data.genes.end()) {
    clause += "; the first that differs is '" + *in_data + "', in the model '" + *in_model + "'";
  }
  return clause;
}

Clause unit_difference(const std::string& trained, const std::string& given) {
  if (trained.empty() || given.empty() || trained == given) return std::nullopt;
  return "its times are in " + given + ", but those of training in " + trained;
}

Clause labels_difference(const std::map<std::string, double>& known,
                         const std::map<std::string, double>& given) {
  for (const auto& [label, time] : given) {
    const auto found = known.find(label);
    if (found == known.end() || is_same_time(found->second, time)) continue;
    return "the label '" + label + "' is time " + text(time) + " here, but was " + text(found->second) +
           " in training";
  }
  return std::nullopt;
}

Clause times_difference(const std::vector<double>& known, const CellSummary& cells) {
  if (known.empty()) return std::nullopt;
  std::vector<double> times;
  std::size_t among = 0, outside = 0;
  for (const auto& [time, there] : cells.at_times()) {
    const auto is_here = [at = time](double other) { return is_same_time(at, other); };
    const bool trained = std::any_of(known.begin(), known.end(), is_here);
    times.push_back(time);
    among += trained ? 1 : 0;
    outside += !trained && (time < known.front() || time > known.back()) ? 1 : 0;
  }
  const bool is_other = times.size() > 1 ? among < 2 : outside == 1;
  if (!is_other && 2 * outside <= times.size()) return std::nullopt;
  return "its times " + list_of(times) + " are not those of training, " + list_of(known);
}

using TimeOfCells = std::pair<const double, CellSummary::AtTime>;

/// The cells of each training time, all with as many as in training; none if there are others.
std::vector<const TimeOfCells*> times_of_training(const KnownData& known, const CellSummary& cells) {
  std::vector<const TimeOfCells*> found;
  for (std::size_t k = 0; k < known.times.size(); ++k) {
    const auto there = std::find_if(cells.at_times().begin(), cells.at_times().end(), [&](const auto& each) {
      return is_same_time(each.first, known.times[k]);
    });
    if (there == cells.at_times().end() || there->second.cells != known.cells[k]) return {};
    found.push_back(&*there);
  }
  return found;
}

Clause coordinates_difference(const KnownData& known, const LatentSpace& latent, const CellSummary& cells) {
  const std::size_t times = known.times.size();
  const Index dims = latent.mean.size();
  if (known.cells.size() != times || known.centres.rows() != static_cast<Index>(times)) return std::nullopt;
  if (known.centres.cols() != dims) return std::nullopt;
  const std::vector<const TimeOfCells*> found = times_of_training(known, cells);
  for (std::size_t k = 0; k < found.size(); ++k) {
    const auto& [time, there] = *found[k];
    for (Index d = 0; d < dims; ++d) {
      const double mean = there.sum(d) / static_cast<double>(there.cells);
      const double trained = known.centres(static_cast<Index>(k), d);
      if (std::abs(mean - trained) <= kSameCentre * latent.std(d)) continue;
      return "it has as many cells at each time as in training, but other coordinates: at time " +
             text(time) + " the mean of dimension " + std::to_string(d + 1) + " is " + text(mean) +
             " and was " + text(trained);
    }
  }
  return std::nullopt;
}

/// Whether a component has other loadings, of entries up to `scale`.
bool differs(const Matrix<float>& a, const Matrix<float>& b, Index component, double scale) {
  for (Index g = 0; g < a.rows(); ++g) {
    const auto difference = static_cast<double>(a(g, component)) - static_cast<double>(b(g, component));
    if (std::abs(difference) > kSameLoading * scale) return true;
  }
  return false;
}

double largest(const Matrix<float>& values) {
  double most = 0;
  for (Index i = 0; i < values.size(); ++i)
    most = std::max(most, std::abs(static_cast<double>(values.data()[i])));
  return most;
}

}  // namespace

bool are_same_genes(const std::vector<std::string>& of_model, const std::vector<std::string>& names,
                    const std::vector<std::string>& aliases) {
  if (of_model.size() != names.size()) return false;
  for (std::size_t g = 0; g < names.size(); ++g) {
    if (of_model[g] != names[g] && (aliases.empty() || of_model[g] != aliases[g])) return false;
  }
  return true;
}

std::optional<std::string> loadings_difference(const GeneSpace& of_model, const GeneSpace& of_data) {
  if (of_data.loadings.rows() == 0 || of_model.loadings.rows() != of_data.loadings.rows())
    return std::nullopt;
  std::vector<double> others;
  const double scale = largest(of_model.loadings);
  const Index dims = std::min(of_model.loadings.cols(), of_data.loadings.cols());
  for (Index d = 0; d < dims; ++d) {
    if (differs(of_model.loadings, of_data.loadings, d, scale)) others.push_back(static_cast<double>(d + 1));
  }
  if (others.empty()) return std::nullopt;
  return "the loadings of component" + std::string(others.size() == 1 ? " " : "s ") + list_of(others) +
         " are not those of the model";
}

std::optional<DataDifference> data_difference(const CellMnn& model, const KnownData& known,
                                              const GeneSpace& genes, const CellSummary& cells,
                                              const DataNames& names) {
  std::optional<DataDifference> first;
  const auto look = [&](DataPart part, Clause clause) {
    if (!first && clause) first = DataDifference{part, *std::move(clause)};
  };
  look(DataPart::genes, genes_difference(model.gene_space, genes, names.gene_aliases));
  look(DataPart::loadings, loadings_difference(model.gene_space, genes));
  look(DataPart::time_unit, unit_difference(known.time_unit, names.time_unit));
  look(DataPart::labels, labels_difference(known.labels, names.labels));
  look(DataPart::times, times_difference(known.times, cells));
  look(DataPart::coordinates, coordinates_difference(known, model.latent, cells));
  return first;
}

std::optional<std::string> coordinates_far_outside(const CellSummary& cells) {
  Index dim = 0;
  const double share = cells.far().maxCoeff(&dim) / static_cast<double>(cells.cells());
  if (share <= kManyFar) return std::nullopt;
  return text(std::round(100 * share)) + " % of its cells are further than " + text(kFarFromTraining) +
         " standard deviations from the training data in dimension " + std::to_string(dim + 1);
}

}  // namespace cellmnn

#include "native/commands/shared/data_match.hpp"

#include <algorithm>
#include <cmath>

#include "native/commands/shared/model_genes.hpp"
#include "native/io/files/text.hpp"
#include "native/io/time_courses/time_units.hpp"

namespace cellmnn {
namespace {

constexpr double kSameTime = 1e-6;     // relative
constexpr double kSameLoading = 1e-3;  // of the largest one
constexpr double kSameCentre = 0.02;   // of a standard deviation
constexpr double kFar = 6;             // standard deviations: at most 1 in 36 cells of any data is so far out
constexpr double kManyFar = 0.1;       // of the cells

bool is_same_time(double a, double b) {
  return std::abs(a - b) <= kSameTime * std::max({1.0, std::abs(a), std::abs(b)});
}

std::string listed_times(const std::vector<double>& times) {
  constexpr std::size_t kShown = 8;
  std::string list;
  for (std::size_t i = 0; i < std::min(kShown, times.size()); ++i) {
    list += (i == 0 ? "" : ", ") + number_text(times[i]);
  }
  return list + (times.size() > kShown ? ", ..." : "");
}

std::vector<double> times_of(const TimeCourse& data) {
  std::vector<double> times;
  for (const Snapshot& snapshot : data.snapshots) times.push_back(snapshot.time);
  return times;
}

std::optional<std::string> labels_difference(const KnownData& known, const DataFile& file) {
  for (const TimeLabel& label : file.times) {
    const auto found = known.labels.find(label.label);
    if (found == known.labels.end() || is_same_time(found->second, label.time)) continue;
    return "the label '" + label.label + "' is time " + number_text(label.time) + " here, but was " +
           number_text(found->second) + " in training: leave --time-map out to have the times of training";
  }
  return std::nullopt;
}

/// Number of the first gene that differs.
std::size_t first_difference(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  const auto [at, other] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  return static_cast<std::size_t>(at - a.begin());
}

}  // namespace

std::optional<std::string> genes_difference(const GeneSpace& of_model, const DataFile& file) {
  const GeneSpace& of_data = file.data.gene_space;
  if (of_model.empty() || of_data.empty()) return std::nullopt;
  if (are_same_genes(of_model.genes, of_data.genes, file.gene_sources.aliases)) return std::nullopt;
  std::string text = "the data have " + std::to_string(of_data.genes.size()) + " genes and the model " +
                     std::to_string(of_model.genes.size());
  const std::size_t at = first_difference(of_model.genes, of_data.genes);
  if (at < of_model.genes.size() && at < of_data.genes.size()) {
    text +=
        "; the first that differs is '" + of_data.genes[at] + "', in the model '" + of_model.genes[at] + "'";
  }
  return text + ": take the data of its training";
}

std::optional<std::string> loadings_difference(const GeneSpace& of_model, const GeneSpace& of_data) {
  if (of_model.loadings.rows() != of_data.loadings.rows()) return std::nullopt;
  if (of_data.loadings.rows() == 0) return std::nullopt;
  std::vector<std::string> others;
  const float scale = of_model.loadings.cwiseAbs().maxCoeff();
  const Index dims = std::min(of_model.loadings.cols(), of_data.loadings.cols());
  for (Index d = 0; d < dims; ++d) {
    const float difference = (of_model.loadings.col(d) - of_data.loadings.col(d)).cwiseAbs().maxCoeff();
    if (difference > kSameLoading * scale) others.push_back(std::to_string(d + 1));
  }
  if (others.empty()) return std::nullopt;
  return "the loadings of " + std::string(others.size() == 1 ? "component " : "the components ") +
         quoted_list(others) +
         " are not those of the model: the principal components were computed anew, so "
         "take the file of its training";
}

std::optional<std::string> unit_difference(const KnownData& known, const DataFile& file) {
  const std::string &here = file.time_unit, &there = known.time_unit;
  if (here.empty() || there.empty() || here == there) return std::nullopt;
  const auto unit = unit_of_word(here), trained = unit_of_word(there);
  if (unit && trained && unit->name == trained->name) return std::nullopt;
  std::string text = "its times are in " + here + ", but those of training in " + there;
  if (unit && trained) {
    const bool longer = trained->minutes > unit->minutes;
    const double ratio = longer ? trained->minutes / unit->minutes : unit->minutes / trained->minutes;
    text += " (1 " + (longer ? there : here) + " = " + number_text(static_cast<float>(ratio)) + " " +
            (longer ? here : there) + ")";
  }
  return text + ": labels such as '8h' are converted by --time-unit " + there + ", others by --time-map";
}

std::optional<std::string> times_difference(const KnownData& known, const DataFile& file) {
  if (known.times.empty()) return std::nullopt;
  if (auto difference = labels_difference(known, file)) return difference;
  const std::vector<double> times = times_of(file.data);
  const double first = known.times.front(), last = known.times.back();
  std::size_t among = 0, outside = 0;
  for (const double time : times) {
    const bool trained = std::any_of(known.times.begin(), known.times.end(),
                                     [&](double other) { return is_same_time(time, other); });
    among += trained ? 1 : 0;
    outside += !trained && (time < first || time > last) ? 1 : 0;
  }
  const bool is_other = times.size() > 1 ? among < 2 : outside == 1;
  if (!is_other && 2 * outside <= times.size()) return std::nullopt;
  return "its times " + listed_times(times) + " are not those of training, " + listed_times(known.times) +
         ": give the same column and unit (--time-key, --time-map)";
}

std::optional<std::string> coordinates_difference(const KnownData& known, const LatentSpace& latent,
                                                  const TimeCourse& data) {
  if (known.cells.empty() || known.centres.cols() != latent.mean.size()) return std::nullopt;
  for (std::size_t k = 0; k < known.times.size(); ++k) {
    const auto found =
        std::find_if(data.snapshots.begin(), data.snapshots.end(),
                     [&](const Snapshot& snapshot) { return is_same_time(snapshot.time, known.times[k]); });
    if (found == data.snapshots.end() || found->cells.rows() != known.cells[k]) return std::nullopt;
  }
  for (const Snapshot& snapshot : data.snapshots) {
    for (std::size_t k = 0; k < known.times.size(); ++k) {
      if (!is_same_time(snapshot.time, known.times[k])) continue;
      const Vector<double> mean = snapshot.cells.cast<double>().colwise().mean().transpose();
      const Vector<double> known_mean = known.centres.row(static_cast<Index>(k)).transpose();
      const Vector<double> moved = ((mean - known_mean).array() / latent.std.array()).abs();
      Index dim = 0;
      if (moved.maxCoeff(&dim) <= kSameCentre) continue;
      return "it has as many cells at each time as in training, but other coordinates: at time " +
             number_text(snapshot.time) + " the mean of dimension " + std::to_string(dim + 1) + " is " +
             number_text(static_cast<float>(mean(dim))) + " and was " +
             number_text(static_cast<float>(known_mean(dim))) +
             ": take the coordinates of training (--embedding-key)";
    }
  }
  return std::nullopt;
}

std::optional<std::string> coordinates_far_outside(const LatentSpace& latent, const TimeCourse& data) {
  const Index dims = latent.mean.size();
  Vector<double> far = Vector<double>::Zero(dims);
  for (const Snapshot& snapshot : data.snapshots) {
    const Matrix<double> cells = snapshot.cells.cast<double>();
    for (Index d = 0; d < dims; ++d) {
      const auto moved = (cells.col(d).array() - latent.mean(d)).abs();
      far(d) += static_cast<double>((moved > kFar * latent.std(d)).count());
    }
  }
  Index dim = 0;
  const double share = far.maxCoeff(&dim) / static_cast<double>(data.cells());
  if (share <= kManyFar) return std::nullopt;
  return number_text(std::round(100 * share)) + " % of its cells are further than " + number_text(kFar) +
         " standard deviations from the training data in dimension " + std::to_string(dim + 1) +
         ": are these the same coordinates (--embedding-key)?";
}

std::optional<std::string> data_difference(const CellMnn& model, const KnownData& known,
                                           const DataFile& file) {
  if (auto difference = genes_difference(model.gene_space, file)) return difference;
  if (auto difference = loadings_difference(model.gene_space, file.data.gene_space)) return difference;
  if (auto difference = unit_difference(known, file)) return difference;
  if (auto difference = times_difference(known, file)) return difference;
  return coordinates_difference(known, model.latent, file.data);
}

}  // namespace cellmnn

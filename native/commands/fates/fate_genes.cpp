#include "native/commands/fates/fate_genes.hpp"

#include <algorithm>
#include <numeric>

#include "cellmnn/fate_trends.hpp"
#include "native/commands/input/named_gene.hpp"
#include "native/io/files/csv.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/text.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

constexpr double kInterval = 1.96;  // standard errors, for 95 %
constexpr int kStepsBetween = 4;    // times of a trend from one snapshot to the next

std::string short_text(double value) { return number_text(static_cast<float>(value)); }

std::vector<Index> chosen_genes(const DataFile& file, const std::vector<std::string>& names) {
  std::vector<Index> chosen;
  chosen.reserve(names.size());
  for (const std::string& name : names)
    chosen.push_back(gene_named(file.genes, name, "--genes", "of " + file.path));
  if (chosen.empty()) {
    chosen.resize(file.genes.size());
    std::iota(chosen.begin(), chosen.end(), Index{0});
  }
  return chosen;
}

}  // namespace

void require_expression(const DataFile& file, const std::string& option) {
  if (file.genes.empty()) {
    throw file_error(file.path, "has no expression in X, which " + option + " needs");
  }
}

std::string driver_table(const DataFile& file, const Fates& fates, const DriverOptions& options,
                         Session& session) {
  std::string text = "fate\ttime\trank\tgene\tdifference\tlow\thigh\teffect\tp\tq\tat_end\n";
  const Matrix<double> at_end =
      differences_at_end(file.data.snapshots.back().expression, fates.probabilities.back(), session.pool());
  for (std::size_t s = 0; s + 1 < file.data.snapshots.size(); ++s) {
    const Snapshot& snapshot = file.data.snapshots[s];
    const std::string time = number_text(snapshot.time);
    const bool is_unknown = fates.known[s] < kKnownForDrivers;
    if (is_unknown || snapshot.cells.rows() < kLeastCellsForDrivers) {
      session.say("no drivers at time " + time +
                  (is_unknown ? ": the fates of its cells are not known" : ": it has too few cells"));
      continue;
    }
    const std::vector<FateDrivers> drivers =
        fate_drivers(snapshot.expression, fates.probabilities[s], options, session.pool());
    for (std::size_t f = 0; f < drivers.size(); ++f) {
      const FateDrivers& of = drivers[f];
      const Vector<double> later = at_end.row(static_cast<Index>(f));
      Index rank = 0;
      for (const Index g : ranked_drivers(of.difference, later)) {
        text += csv_field(fates.names[f]) + "\t" + time + "\t" + std::to_string(++rank) + "\t";
        text += csv_field(file.genes[static_cast<std::size_t>(g)]);
        const double half = kInterval * of.error(g);
        for (const double value : {of.difference(g), of.difference(g) - half, of.difference(g) + half,
                                   of.effect(g), of.p(g), of.q(g), later(g)}) {
          text += "\t" + short_text(value);
        }
        text += "\n";
      }
    }
  }
  return text;
}

std::string trend_table(const DataFile& file, const Fates& fates, const std::vector<std::string>& genes) {
  const std::vector<Index> chosen = chosen_genes(file, genes);
  const CourseTrends trends = course_trends(file.data, fates, chosen, kStepsBetween);
  std::string text = "fate\ttime\tgene\tmean\tlow\thigh\tall_cells\n";
  for (std::size_t f = 0; f < trends.of_fates.size(); ++f) {
    const auto& [mean, error] = trends.of_fates[f];
    for (Index t = 0; t < mean.rows(); ++t) {
      for (Index g = 0; g < mean.cols(); ++g) {
        text += csv_field(fates.names[f]) + "\t";
        text += short_text(trends.times[static_cast<std::size_t>(t)]) + "\t";
        text += csv_field(file.genes[static_cast<std::size_t>(chosen[static_cast<std::size_t>(g)])]);
        const double half = kInterval * error(t, g);
        for (const double value : {mean(t, g), mean(t, g) - half, mean(t, g) + half}) {
          text += "\t" + short_text(value);
        }
        text += "\t" + (t % kStepsBetween == 0 ? short_text(trends.all(t / kStepsBetween, g)) : "") + "\n";
      }
    }
  }
  return text;
}

}  // namespace cellmnn

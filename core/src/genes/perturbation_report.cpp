#include "cellmnn/perturbation_report.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "base/text.hpp"
#include "cellmnn/error.hpp"
#include "cellmnn/metrics.hpp"

namespace cellmnn {
namespace {

constexpr TransportLimits kTransport = {3000.0 * 3000.0, 2000, 5};  // seconds, not minutes

/// Cells that take part.
struct Earlier {
  Matrix<float> cells;
  Vector<double> t;

  Earlier(const MatrixView<float>& all, const Vector<double>& times, double until) {
    const std::vector<Index> rows = cells_until(times, until);
    const auto count = static_cast<Index>(rows.size());
    cells.resize(count, all.cols());
    t.resize(count);
    for (Index i = 0; i < count; ++i) {
      cells.row(i) = all.row(rows[static_cast<std::size_t>(i)]);
      t(i) = times(rows[static_cast<std::size_t>(i)]);
    }
  }
};

/// Sets of changes, of which number k has the k-th most similar gene in place of each.
std::vector<std::vector<GeneChange>> control_changes(const GeneSpace& space, const Matrix<float>& cells,
                                                     const std::vector<GeneChange>& changes, Index controls) {
  std::vector<Index> changed;
  changed.reserve(changes.size());
  for (const GeneChange& change : changes) changed.push_back(change.gene);
  const auto similar_to = similar_genes(space, cells, changed, controls);
  std::vector<std::vector<GeneChange>> result(static_cast<std::size_t>(controls), changes);
  for (std::size_t c = 0; c < changes.size(); ++c) {
    const std::vector<Index>& similar = similar_to[c];
    result.resize(std::min(result.size(), similar.size()));
    for (std::size_t k = 0; k < result.size(); ++k) result[k][c].gene = similar[k];
  }
  return result;
}

void add_w1(const Matrix<float>& changed, const Matrix<float>& unchanged, std::uint64_t seed, double weight,
            PerturbationReport& report) {
  const TransportDistance w1 = transport_distance({changed.cast<double>(), {}}, unchanged.cast<double>(),
                                                  TransportCost::euclidean, seed, kTransport);
  report.w1 += weight * w1.value;
  report.w1_error += weight * w1.standard_error;
}

/// What the report says of controls, from the changes (G) by each.
void tell_controls(const std::vector<Vector<double>>& control_genes, PerturbationReport& report) {
  std::vector<double>& shifts = report.control_shifts;
  const auto controls = static_cast<double>(shifts.size());
  for (const Vector<double>& changes : control_genes) report.control_mean += changes / controls;
  for (const Vector<double>& changes : control_genes)
    report.control_sd += (changes - report.control_mean).cwiseAbs2() / controls;
  report.control_sd = report.control_sd.cwiseSqrt();
  const auto middle = shifts.begin() + static_cast<std::ptrdiff_t>(shifts.size() / 2);
  std::nth_element(shifts.begin(), middle, shifts.end());
  report.control_shift = *middle;
  const auto as_far = std::count_if(shifts.begin(), shifts.end(),
                                    [&](double shift) { return shift >= report.shift.of_mean; });
  report.p = static_cast<double>(1 + as_far) / (1 + controls);
}

/// A shift in units of the standard deviation of others around their mean.
double z_among(const std::vector<double>& shifts, double own) {
  const auto count = static_cast<double>(shifts.size());
  double mean = 0, squares = 0;
  for (const double shift : shifts) mean += shift / count;
  for (const double shift : shifts) squares += (shift - mean) * (shift - mean) / count;
  return squares > 0 ? (own - mean) / std::sqrt(squares) : kNotKnown;
}

}  // namespace

std::vector<Index> cells_until(const Vector<double>& t, double time) {
  std::vector<Index> rows;
  for (Index row = 0; row < t.size(); ++row) {
    if (t(row) <= time) rows.push_back(row);
  }
  if (rows.empty()) {
    throw Error(ErrorCode::bad_input,
                "no cell is at time " + text(time) + " or before: a change acts on the future only");
  }
  return rows;
}

bool is_changed(Index gene, const std::vector<GeneChange>& changes) {
  return std::any_of(changes.begin(), changes.end(),
                     [&](const GeneChange& change) { return change.gene == gene; });
}

PerturbationReport perturbation_report(std::span<const CellMnn> models, const MatrixView<float>& cells,
                                       const Vector<double>& t, const PerturbationQuestion& question,
                                       Executor& executor) {
  const Earlier own(cells, t, question.time);
  const GeneSpace& space = models.front().gene_space;
  const auto genes = static_cast<Index>(space.genes.size());
  const double share = 1 / static_cast<double>(models.size());
  const auto control_sets = control_changes(space, own.cells, question.changes, question.controls);

  PerturbationReport report;
  report.time = question.time;
  report.cells = own.cells.rows();
  report.shift.mean = Vector<double>::Zero(own.cells.cols());
  report.gene_changes = report.control_mean = report.control_sd = Vector<double>::Zero(genes);
  report.control_shifts.resize(control_sets.size());
  report.control_shift = kNotKnown;
  std::vector<Vector<double>> control_genes(control_sets.size(), report.gene_changes);
  for (const CellMnn& model : models) {
    const MatrixView<float> measured = own.cells;
    const Matrix<float> unchanged = model.predict_at(measured, own.t, question.time, executor);
    const auto predicted = [&](const std::vector<GeneChange>& changes) {
      const Matrix<float> moved = changed_cells(space, measured, changes);
      return question.arrivals(model, {measured, own.t, question.time, unchanged, moved}, executor);
    };
    const Matrix<float> changed = predicted(question.changes);
    const Shift shift = shift_between(unchanged, changed);
    report.shift.mean += share * shift.mean;
    report.shift.of_mean += share * shift.of_mean;
    report.shift.of_cells += share * shift.of_cells;
    report.gene_changes += share * gene_changes(space, shift.mean);
    if (question.w1) add_w1(changed, unchanged, question.seed, share, report);
    for (std::size_t k = 0; k < control_sets.size(); ++k) {
      const Shift control = shift_between(unchanged, predicted(control_sets[k]));
      report.control_shifts[k] += share * control.of_mean;
      control_genes[k] += share * gene_changes(space, control.mean);
    }
  }
  if (!control_sets.empty()) tell_controls(control_genes, report);
  return report;
}

std::vector<ComparedGene> compared_genes(std::span<const CellMnn> models, const MatrixView<float>& cells,
                                         const Vector<double>& t, const ScreenQuestion& question,
                                         Executor& executor) {
  const Earlier own(cells, t, question.time);
  const double share = 1 / static_cast<double>(models.size());
  std::vector<ComparedGene> result;
  for (const CellMnn& model : models) {
    const std::vector<ScreenedGene> screened =
        screen(model, own.cells, own.t, question.genes, question.times, question.plus, question.time,
               question.arrivals, executor);
    if (result.empty()) {
      for (const ScreenedGene& gene : screened) {
        result.push_back({gene, {}});
        result.back().shift = {Vector<double>::Zero(own.cells.cols())};
      }
    }
    for (std::size_t g = 0; g < screened.size(); ++g) {
      result[g].shift.mean += share * screened[g].shift.mean;
      result[g].shift.of_mean += share * screened[g].shift.of_mean;
      result[g].shift.of_cells += share * screened[g].shift.of_cells;
    }
  }
  auto similar = similar_genes(models.front().gene_space, own.cells, question.genes, question.controls);
  for (std::size_t g = 0; g < result.size(); ++g) result[g].similar = std::move(similar[g]);
  return result;
}

std::vector<RankedGene> ranked_genes(const std::vector<ComparedGene>& genes) {
  std::map<Index, double> shift_of;
  for (const ComparedGene& each : genes) shift_of[each.gene] = each.shift.of_mean;
  std::vector<RankedGene> result;
  result.reserve(genes.size());
  for (const ComparedGene& each : genes) {
    std::vector<double> similar;
    for (const Index other : each.similar) {
      if (const auto found = shift_of.find(other); found != shift_of.end()) similar.push_back(found->second);
    }
    result.push_back({each, z_among(similar, each.shift.of_mean)});
  }
  std::stable_sort(result.begin(), result.end(), [](const RankedGene& a, const RankedGene& b) {
    return a.shift.of_mean > b.shift.of_mean;
  });
  return result;
}

std::vector<RankedGene> ranked_screen(std::span<const CellMnn> models, const MatrixView<float>& cells,
                                      const Vector<double>& t, const ScreenQuestion& question,
                                      Executor& executor) {
  return ranked_genes(compared_genes(models, cells, t, question, executor));
}

}  // namespace cellmnn

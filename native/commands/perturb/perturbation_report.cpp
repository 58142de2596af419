#include "native/commands/perturb/perturbation_report.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "cellmnn/error.hpp"
#include "cellmnn/metrics.hpp"
#include "native/io/files/text.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

constexpr TransportLimits kTransport = {3000.0 * 3000.0, 2000, 5};  // seconds, not minutes
constexpr std::size_t kGenesShown = 10;

/// `controls` sets of changes, of which number k has the k-th most similar gene in place of each.
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

double median(std::vector<double> values) {
  if (values.empty()) return std::nan("");
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2),
                   values.end());
  return values[values.size() / 2];
}

}  // namespace

CellGroup cells_until(const GeneInput& input, const CellGroup& group, double time) {
  CellGroup earlier{group.name, {}};
  for (const Index row : group.rows) {
    if (input.cells.times(row) <= time) earlier.rows.push_back(row);
  }
  if (earlier.rows.empty()) {
    throw Error(ErrorCode::bad_input, "no cell of the group is at time " + number_text(time) +
                                          " (--times) or before: a change acts on the future only");
  }
  return earlier;
}

PerturbationReport perturbation_report(const GeneInput& input, const CellGroup& group,
                                       const std::vector<GeneChange>& changes, double time, Index controls,
                                       std::uint64_t seed, Executor& executor) {
  const CellGroup cells = cells_until(input, group, time);
  const Matrix<float> positions = input.cells.positions_of(cells);
  const Vector<double> t = input.cells.times_of(cells);
  const auto genes = static_cast<Index>(input.models.front().gene_space.genes.size());
  const auto models = static_cast<double>(input.models.size());

  PerturbationReport report;
  report.time = time;
  report.cells = positions.rows();
  report.shift.mean = Vector<double>::Zero(positions.cols());
  report.gene_changes = report.control_mean = report.control_sd = Vector<double>::Zero(genes);
  const auto control_sets = control_changes(input.models.front().gene_space, positions, changes, controls);
  report.controls = static_cast<Index>(control_sets.size());
  Matrix<double> control_genes = Matrix<double>::Zero(report.controls, genes);
  Vector<double> control_shifts = Vector<double>::Zero(report.controls);
  for (const CellMnn& model : input.models) {
    const GeneSpace& space = model.gene_space;
    const Matrix<float> unperturbed = model.predict_at(positions, t, time, executor);
    const auto changed = [&](const std::vector<GeneChange>& what) {
      return model.predict_at(changed_cells(space, positions, what), t, time, executor);
    };
    const Matrix<float> perturbed = changed(changes);
    const Shift shift = shift_between(unperturbed, perturbed);
    report.shift.mean += shift.mean / models;
    report.shift.of_mean += shift.of_mean / models;
    report.shift.of_cells += shift.of_cells / models;
    report.gene_changes += gene_changes(space, shift.mean) / models;
    const TransportDistance w1 =
        transport_distance({perturbed.cast<double>(), {}}, unperturbed.cast<double>(),
                           TransportCost::euclidean, seed, kTransport);
    report.w1 += w1.value / models;
    report.w1_error += w1.standard_error / models;
    for (Index k = 0; k < report.controls; ++k) {
      const Shift control = shift_between(unperturbed, changed(control_sets[static_cast<std::size_t>(k)]));
      control_shifts(k) += control.of_mean / models;
      control_genes.row(k) += gene_changes(space, control.mean).transpose() / models;
    }
  }
  if (report.controls == 0) return report;
  report.control_mean = control_genes.colwise().mean().transpose();
  report.control_sd = (control_genes.rowwise() - report.control_mean.transpose())
                          .array()
                          .square()
                          .colwise()
                          .mean()
                          .sqrt()
                          .matrix()
                          .transpose();
  report.control_shift = median({control_shifts.begin(), control_shifts.end()});
  report.p = (1 + static_cast<double>((control_shifts.array() >= report.shift.of_mean).count())) /
             (1 + static_cast<double>(report.controls));
  return report;
}

bool is_changed(Index gene, const std::vector<GeneChange>& changes) {
  return std::any_of(changes.begin(), changes.end(),
                     [&](const GeneChange& change) { return change.gene == gene; });
}

std::string report_text(const PerturbationReport& report, const std::vector<std::string>& genes,
                        const std::vector<GeneChange>& changes) {
  std::string text = "time " + number_text(report.time) + ", " + counted(report.cells, "cell") +
                     "\n  the mean prediction moves by " + fixed(report.shift.of_mean, 4) +
                     ", a cell by (root mean square) " + fixed(report.shift.of_cells, 4) + ", W1 " +
                     fixed(report.w1, 4) + (report.w1_error > 0 ? " +- " + fixed(report.w1_error, 4) : "") +
                     "\n";
  if (report.controls > 0) {
    text += "  " + counted(report.controls, "control gene") + " of similar loading and expression: median " +
            fixed(report.control_shift, 4) + ", p = " + fixed(report.p, 3) + "\n";
  }
  std::vector<Index> order(genes.size());
  std::iota(order.begin(), order.end(), Index{0});
  std::erase_if(order, [&](Index gene) { return is_changed(gene, changes); });
  std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) {
    return std::abs(report.gene_changes(a)) > std::abs(report.gene_changes(b));
  });
  Table table({"gene", "change", "of controls", "+-"});
  for (std::size_t g = 0; g < std::min(kGenesShown, order.size()); ++g) {
    const Index gene = order[g];
    table.add({genes[static_cast<std::size_t>(gene)], fixed(report.gene_changes(gene), 4),
               fixed(report.control_mean(gene), 4), fixed(report.control_sd(gene), 4)});
  }
  return text + table.text();
}

}  // namespace cellmnn

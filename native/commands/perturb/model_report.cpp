#include "native/commands/perturb/model_report.hpp"

#include <nlohmann/json.hpp>
#include <ostream>

#include "cellmnn/error.hpp"
#include "native/command_line/values.hpp"
#include "native/commands/perturb/model_screen.hpp"
#include "native/commands/perturb/perturbation_text.hpp"
#include "native/io/files/csv.hpp"
#include "native/io/files/output_file.hpp"
#include "native/io/files/text.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

/// The name of the group of a time, which may be written in another way: "2.0".
std::string time_group(const GeneInput& input, const std::string& text) {
  const TimeCourse& data = input.file.data;
  const std::optional<double> time = parse_number(text);
  const std::optional<Index> snapshot = time ? find_snapshot(data, *time) : std::nullopt;
  if (!snapshot) return "time " + text;
  return "time " + number_text(data.snapshots[static_cast<std::size_t>(*snapshot)].time);
}

CellGroup chosen_cells(const GeneInput& input, const std::string& group) {
  if (group.empty()) return cell_groups(input, std::nullopt).front();
  const auto [key, label] = parse_group(group);
  return group_named(cell_groups(input, key), "--group", key == "time" ? time_group(input, label) : label);
}

void tell_changes(const GeneInput& input, const ModelQuestion& asked, const CellGroup& cells,
                  std::ostream& out, Session& session) {
  const GeneSpace& space = input.models.front().gene_space;
  PerturbationQuestion question;
  question.controls = asked.controls;
  question.arrivals = asked.with_population ? &arrivals_with_population : &arrivals_anew;
  question.seed = asked.seed;
  for (const auto& [gene, change] : asked.changes) {
    question.changes.push_back({modelled_gene(space, model_name(input, gene)), change.times, change.plus});
  }
  const Matrix<float> positions = input.cells.positions_of(cells);
  const Vector<double> t = input.cells.times_of(cells);
  std::string table = "time\tgene\tchange\tcontrol_mean\tcontrol_sd\n";
  for (const double time : asked.times) {
    question.time = time;
    const PerturbationReport report =
        perturbation_report(input.models, positions, t, question, session.pool());
    out << report_text(report, space.genes, question.changes);
    session.log().write("perturbation", {{"time", time},
                                         {"cells", report.cells},
                                         {"shift_of_mean", report.shift.of_mean},
                                         {"shift_of_cells", report.shift.of_cells},
                                         {"w1", report.w1},
                                         {"controls", report.control_shifts.size()},
                                         {"control_shift", report.control_shift},
                                         {"p", report.p}});
    for (Index g = 0; g < report.gene_changes.size(); ++g) {
      if (is_changed(g, question.changes)) continue;
      table += number_text(time) + "\t" + csv_field(space.genes[static_cast<std::size_t>(g)]) + "\t" +
               number_text(report.gene_changes(g)) + "\t" + number_text(report.control_mean(g)) + "\t" +
               number_text(report.control_sd(g)) + "\n";
    }
  }
  if (!asked.output.empty()) write_file(asked.output, table);
}

}  // namespace

void answer_by_model(const GeneInput& input, const ModelQuestion& question, std::ostream& out,
                     Session& session) {
  const CellGroup cells = chosen_cells(input, question.group);
  if (question.screened.empty()) {
    tell_changes(input, question, cells, out, session);
  } else {
    give_screen(screen_by_model(input, question, cells, session), question.part, question.output, out);
  }
}

}  // namespace cellmnn

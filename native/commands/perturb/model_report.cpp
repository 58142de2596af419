#include "native/commands/perturb/model_report.hpp"

#include <cmath>
#include <nlohmann/json.hpp>
#include <ostream>

#include "cellmnn/error.hpp"
#include "native/command_line/values.hpp"
#include "native/commands/perturb/perturbation_text.hpp"
#include "native/io/files/csv.hpp"
#include "native/io/files/output_file.hpp"
#include "native/io/files/text.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

constexpr std::size_t kScreenLines = 20;  // genes of a screen in the text

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
  const std::size_t equals = group.find('=');
  if (equals == std::string::npos || equals == 0) {
    throw Error(ErrorCode::usage, "--group is '" + group + "', but must be KEY=LABEL, such as time=2");
  }
  const std::string key = group.substr(0, equals), label = group.substr(equals + 1);
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

void tell_screen(const GeneInput& input, const ModelQuestion& asked, const CellGroup& cells,
                 std::ostream& out, Session& session) {
  const GeneSpace& space = input.models.front().gene_space;
  ScreenQuestion question;
  question.times = asked.screen_change.times;
  question.plus = asked.screen_change.plus;
  question.time = asked.times.front();
  question.controls = asked.controls;
  question.arrivals = asked.with_population ? &arrivals_with_population : &arrivals_anew;
  if (asked.screened == "all") {
    question.genes = modelled_genes(space);
  } else {
    for (const std::string& name : parse_list("--screen", asked.screened))
      question.genes.push_back(modelled_gene(space, model_name(input, name)));
  }
  const Vector<double> t = input.cells.times_of(cells);
  const std::vector<RankedGene> result =
      ranked_screen(input.models, input.cells.positions_of(cells), t, question, session.pool());

  std::string text = "rank\tgene\tshift_of_mean\tshift_of_cells\texpression\tloading\tcontrol_z\n";
  Table table({"rank", "gene", "shift of mean", "of cells", "expression", "loading", "z of controls"});
  for (std::size_t r = 0; r < result.size(); ++r) {
    const RankedGene& gene = result[r];
    const std::string name = space.genes[static_cast<std::size_t>(gene.gene)];
    text += std::to_string(r + 1) + "\t" + csv_field(name) + "\t" + number_text(gene.shift.of_mean) + "\t" +
            number_text(gene.shift.of_cells) + "\t" + number_text(gene.expression) + "\t" +
            number_text(gene.loading) + "\t" +
            (std::isnan(gene.control_z) ? "" : number_text(gene.control_z)) + "\n";
    if (r < kScreenLines) {
      table.add({std::to_string(r + 1), name, fixed(gene.shift.of_mean, 4), fixed(gene.shift.of_cells, 4),
                 fixed(gene.expression, 3), fixed(gene.loading, 3), fixed(gene.control_z, 2)});
    }
  }
  const auto taking_part = static_cast<std::int64_t>(cells_until(t, question.time).size());
  out << counted(static_cast<std::int64_t>(result.size()), "gene") << ", each changed by itself in "
      << counted(taking_part, "cell") << ", predicted at time " << number_text(question.time) << "\n"
      << table.text();
  if (!asked.output.empty()) write_file(asked.output, text);
}

}  // namespace

void answer_by_model(const GeneInput& input, const ModelQuestion& question, std::ostream& out,
                     Session& session) {
  const CellGroup cells = chosen_cells(input, question.group);
  if (question.screened.empty()) {
    tell_changes(input, question, cells, out, session);
  } else {
    tell_screen(input, question, cells, out, session);
  }
}

}  // namespace cellmnn

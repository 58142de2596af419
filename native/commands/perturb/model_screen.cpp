#include "native/commands/perturb/model_screen.hpp"

#include "cellmnn/perturbation_report.hpp"
#include "native/command_line/values.hpp"
#include "native/io/files/text.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

std::uint64_t fingerprint_of_model(const CellMnn& model) {
  TimeCourse numbers;
  Snapshot& snapshot = numbers.snapshots.emplace_back();
  snapshot.cells = model.parameters.transpose();
  return fingerprint(numbers);
}

std::uint64_t fingerprint_of_cells(const Matrix<float>& positions, const Vector<double>& t) {
  TimeCourse numbers;
  numbers.snapshots.resize(2);
  numbers.snapshots[0].cells = positions;
  numbers.snapshots[1].cells = t.transpose().cast<float>();
  return fingerprint(numbers);
}

}  // namespace

Screen screen_by_model(const GeneInput& input, const ModelQuestion& asked, const CellGroup& cells,
                       Session& session) {
  const GeneSpace& space = input.models.front().gene_space;
  ScreenQuestion question;
  question.times = asked.screen_change.times;
  question.plus = asked.screen_change.plus;
  question.time = asked.times.front();
  question.controls = asked.controls;
  question.arrivals = asked.with_population ? &arrivals_with_population : &arrivals_anew;
  std::vector<Index> genes;
  if (asked.screened == "all") {
    genes = modelled_genes(space);
  } else {
    for (const std::string& name : parse_list("--screen", asked.screened))
      genes.push_back(modelled_gene(space, model_name(input, name)));
  }
  const auto [begin, end] = rows_of_part(asked.part, genes.size());
  question.genes.assign(genes.begin() + static_cast<std::ptrdiff_t>(begin),
                        genes.begin() + static_cast<std::ptrdiff_t>(end));
  const Matrix<float> positions = input.cells.positions_of(cells);
  const Vector<double> t = input.cells.times_of(cells);

  Screen screen;
  screen.kind = screen_kind::kModel;
  std::vector<std::uint64_t> models;
  models.reserve(input.models.size());
  for (const CellMnn& model : input.models) models.push_back(fingerprint_of_model(model));
  std::vector<std::string> names;
  names.reserve(genes.size());
  const auto name_of = [&](Index gene) { return space.genes[static_cast<std::size_t>(gene)]; };
  for (const Index gene : genes) names.push_back(name_of(gene));
  screen.question = {{"version", CELLMNN_VERSION},
                     {"kind", screen.kind},
                     {"models", models},
                     {"cells", fingerprint_of_cells(positions, t)},
                     {"genes", names},
                     {"to", {{"times", question.times}, {"plus", question.plus}}},
                     {"time", question.time},
                     {"controls", question.controls},
                     {"with_population", asked.with_population}};
  const auto taking_part = static_cast<std::int64_t>(cells_until(t, question.time).size());
  screen.title = counted(std::ssize(genes), "gene") + ", each changed by itself in " +
                 counted(taking_part, "cell") + ", predicted at time " + number_text(question.time) + "\n";
  for (const ComparedGene& gene : compared_genes(input.models, positions, t, question, session.pool())) {
    screen.rows.push_back({{"gene", name_of(gene.gene)},
                           {"index", gene.gene},
                           {"shift_of_mean", gene.shift.of_mean},
                           {"shift_of_cells", gene.shift.of_cells},
                           {"expression", gene.expression},
                           {"loading", gene.loading},
                           {"similar", gene.similar}});
  }
  return screen;
}

}  // namespace cellmnn

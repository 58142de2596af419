#include "native/commands/perturb/fate_changes.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <ostream>

#include "cellmnn/changed_fates.hpp"
#include "cellmnn/error.hpp"
#include "cellmnn/fate_drivers.hpp"
#include "cellmnn/interactions.hpp"
#include "native/command_line/command.hpp"
#include "native/command_line/values.hpp"
#include "native/io/files/csv.hpp"
#include "native/io/files/output_file.hpp"
#include "native/io/files/output_names.hpp"
#include "native/io/files/text.hpp"
#include "native/io/files/utf8.hpp"
#include "native/io/h5ad/annotated_h5ad.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

constexpr std::size_t kShownChanges = 20;  // rows of the text

struct FateRow {
  double time, fraction, change, p, control;
  std::string gene, fate, verdict;
};

std::vector<std::size_t> snapshots_of(const TimeCourse& data, const std::string& group) {
  std::vector<std::size_t> chosen;
  if (group.empty()) {
    for (std::size_t s = 0; s + 1 < data.snapshots.size(); ++s) chosen.push_back(s);
    return chosen;
  }
  if (!group.starts_with("time=")) {
    throw Error(ErrorCode::usage,
                "--group is '" + group + "', but with --fates it must be a time, such as time=2");
  }
  return {static_cast<std::size_t>(snapshot_at(data, parse_number("--group", group.substr(5))))};
}

std::vector<FateRow> rows_of(const FateChangeRequest& request, const FateFlags& fates_asked,
                             const FateData& input, const KnownFates& known, Session& session) {
  const FateOptions& options = fates_asked.options;
  const TimeCourse& data = input.file.data;
  const Fates fates = fates_of(data, known, options, input.moved_by(), session.pool());
  FateChangeQuestion question{0, {}, request.change.times, request.change.plus, request.controls};
  if (request.screened == "all") {
    question.genes = modelled_genes(data.gene_space);
  } else {
    for (const std::string& name : parse_list("--screen", request.screened)) {
      question.genes.push_back(modelled_gene(data.gene_space, name));
    }
  }
  std::vector<FateRow> rows;
  for (const std::size_t s : snapshots_of(data, request.group)) {
    question.snapshot = s;
    if (fates.known[s] < kKnownForDrivers) {
      session.say("at time " + number_text(data.snapshots[s].time) + " the fates of cells are not known");
    }
    const Vector<double> fractions = fates.probabilities[s].colwise().mean();
    for (const FateChange& of :
         fate_changes(data, known, fates, question, options, input.moved_by(), session.pool())) {
      for (Index f = 0; f < fractions.size(); ++f) {
        rows.push_back({data.snapshots[s].time, fractions(f), of.change(f), of.p(f), of.control(f),
                        data.gene_space.genes[static_cast<std::size_t>(of.gene)],
                        fates.names[static_cast<std::size_t>(f)], of.verdict(f)});
      }
    }
  }
  std::stable_sort(rows.begin(), rows.end(), [](const FateRow& a, const FateRow& b) {
    return std::abs(a.change) > std::abs(b.change);
  });
  return rows;
}

/// DATA with the fates of all cells, and what they are if one gene is changed in the cells of these times.
Annotation changed_annotation(const FateChangeRequest& request, const FateFlags& flags, const FateData& input,
                              const KnownFates& known, Session& session) {
  const DataFile& file = input.file;
  const TimeCourse& data = file.data;
  const Index gene = modelled_gene(data.gene_space, parse_list("--screen", request.screened).front());
  const Fates fates = fates_of(data, known, flags.options, input.moved_by(), session.pool());
  const auto cells = static_cast<Index>(file.names.size());
  Matrix<float> before = Matrix<float>::Constant(cells, fates.base_rates.size(), NAN), after = before;
  Matrix<float> place = Matrix<float>::Constant(cells, data.dims(), NAN);
  const auto put = [&](std::size_t s, const Matrix<float>& positions, const Matrix<double>& p) {
    for (std::size_t i = 0; i < file.rows[s].size(); ++i) {
      const auto cell = static_cast<Index>(i);
      before.row(file.rows[s][i]) = fates.probabilities[s].row(cell).cast<float>();
      after.row(file.rows[s][i]) = p.row(cell).cast<float>();
      place.row(file.rows[s][i]) = positions.row(cell);
    }
  };
  for (std::size_t s = 0; s < data.snapshots.size(); ++s)
    put(s, data.snapshots[s].cells, fates.probabilities[s]);
  for (const std::size_t s : snapshots_of(data, request.group)) {
    const ChangedCells changed =
        changed_snapshot(data, fates, s, {{gene, request.change.times, request.change.plus}}, flags.options,
                         input.moved_by(), session.pool());
    put(s, changed.cells, changed.probabilities);
  }
  Annotation annotation;
  annotation.arrays = {{"fates_fwd", before}, {"fates_fwd_changed", after}, {"X_cellmnn_changed", place}};
  annotation.lists = {{"fates_fwd_names", fates.names}};
  const nlohmann::ordered_json facts = {{"gene", data.gene_space.genes[static_cast<std::size_t>(gene)]},
                                        {"times", request.change.times},
                                        {"plus", request.change.plus},
                                        {"group", request.group}};
  annotation.texts = {{"changed_fates", json_text(facts)}};
  return annotation;
}

}  // namespace

void FateChangeFlags::add_to(Command& command) {
  command.flag(
      "Fates", "--fates",
      "How --screen changes the probabilities of fates, for all times but the last, or --group time=T; "
      "MODEL may be left out",
      asked);
  flags.add_to(command);
}

bool FateChangeFlags::complete(const std::vector<std::string>& arguments,
                               const std::vector<std::pair<std::string, bool>>& others, std::string& data,
                               std::string& model, const std::string& screened,
                               const std::string& output) const {
  if (!asked) {
    if (flags.any_given()) {
      throw Error(ErrorCode::usage,
                  "--label-key, --undecided, --terminal, --clusters, --starts and --later-cells are about "
                  "--fates");
    }
    return false;
  }
  if (arguments.size() > 2) {
    throw Error(ErrorCode::usage,
                "got " + std::to_string(arguments.size()) + " arguments, but expected DATA, or MODEL DATA");
  }
  for (const auto& [option, given] : others) {
    if (given) throw Error(ErrorCode::usage, option + " has no meaning with --fates");
  }
  if (screened.empty()) {
    throw Error(ErrorCode::usage,
                "--fates needs the genes to change: give --screen all or --screen GENE,...");
  }
  data = arguments.back();
  if (arguments.size() == 2) model = arguments.front();
  check_ending("--output", output, {".tsv", ".txt", ".h5ad"});
  if (output.ends_with(".h5ad") && (screened == "all" || parse_list("--screen", screened).size() != 1)) {
    throw Error(ErrorCode::usage,
                "an .h5ad is of the cells with one gene changed: give --screen GENE, or a .tsv");
  }
  if (!output.empty()) check_writable(output, {model, data, flags.terminal});
  return true;
}

void answer_by_fates(const FateChangeRequest& request, std::ostream& report, Session& session) {
  DataFlags flags = request.data;
  flags.options.gene_means = true;
  FateFlags fates = request.fates;
  fates.options.seed = request.seed;
  const FateData input = read_fate_data(request.model, flags, fates, session);
  const KnownFates known = read_known_fates(input.file, fates, session);
  const std::vector<FateRow> rows = rows_of(request, fates, input, known, session);
  std::string text = "time\tgene\tfate\tfraction\tchange\tp\tcontrol\tverdict\n";
  Table table({"time", "gene", "fate", "fraction", "change", "p", "verdict"});
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const FateRow& row = rows[r];
    text += number_text(row.time) + "\t" + csv_field(row.gene) + "\t" + csv_field(row.fate);
    for (const double value : {row.fraction, row.change, row.p, row.control}) {
      text += "\t" + number_text(static_cast<float>(value));
    }
    text += "\t" + row.verdict + "\n";
    if (r < kShownChanges) {
      table.add({number_text(row.time), row.gene, row.fate, fixed(row.fraction, 3), fixed(row.change, 3),
                 fixed(row.p, 3), row.verdict});
    }
  }
  report << "Change of the mean probability of a fate; a direction, the true size is larger:\n"
         << table.text();
  if (request.output.ends_with(".h5ad")) {
    write_annotated(request.data.path, request.output,
                    changed_annotation(request, fates, input, known, session), true);
  } else if (!request.output.empty()) {
    write_file(request.output, text);
  }
  if (!request.output.empty()) {
    session.say("wrote " + request.output);
  }
}

}  // namespace cellmnn

#include "native/commands/fates/fate_report.hpp"

#include <limits>
#include <nlohmann/json.hpp>

#include "native/io/files/csv.hpp"
#include "native/io/files/text.hpp"
#include "native/io/files/utf8.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

/// visit(s, i, row): each cell i of snapshot s, and its row in the file.
template <typename Visit>
void for_cells(const DataFile& file, const Visit& visit) {
  for (std::size_t s = 0; s < file.rows.size(); ++s) {
    for (std::size_t i = 0; i < file.rows[s].size(); ++i) visit(s, static_cast<Index>(i), file.rows[s][i]);
  }
}

std::vector<Vector<double>> commitments(const Fates& fates) {
  std::vector<Vector<double>> result;
  for (const Matrix<double>& p : fates.probabilities) result.push_back(commitment(p, fates.base_rates));
  return result;
}

std::vector<double> times_of(const TimeCourse& data) {
  std::vector<double> times;
  for (const Snapshot& snapshot : data.snapshots) times.push_back(snapshot.time);
  return times;
}

std::vector<double> listed_values(const Vector<double>& values) { return {values.begin(), values.end()}; }

}  // namespace

Annotation fate_annotation(const DataFile& file, const Fates& fates, const KnownFates& known,
                           const std::vector<std::string>& colors, const nlohmann::ordered_json& facts) {
  const auto cells = static_cast<Index>(file.names.size());
  const auto missing = std::numeric_limits<float>::quiet_NaN();  // cells without a time
  Matrix<float> probabilities = Matrix<float>::Constant(cells, fates.base_rates.size(), missing);
  Vector<float> decided = Vector<float>::Constant(cells, missing), committed = decided;
  LabelColumn states{fates.names, {}, std::vector<std::int32_t>(file.names.size(), -1), false};
  const std::vector<Vector<double>> commitment = commitments(fates);
  for_cells(file, [&](std::size_t s, Index i, Index row) {
    probabilities.row(row) = fates.probabilities[s].row(i).cast<float>();
    decided(row) = static_cast<float>(fates.reached[s].row(i).sum());
    committed(row) = static_cast<float>(commitment[s](i));
    states.codes[static_cast<std::size_t>(row)] = known.of_cells[s][static_cast<std::size_t>(i)];
  });
  Annotation result;
  result.numbers = {{"cellmnn_fate_decided", decided}, {"cellmnn_fate_commitment", committed}};
  result.labels = {{"term_states_fwd", std::move(states)}};
  result.arrays = {{"fates_fwd", probabilities}, {"lineages_fwd", probabilities}};
  result.texts = {{"fates", json_text(facts)}};
  result.lists = {{"fates_fwd_names", fates.names}, {"term_states_fwd_colors", colors}};
  return result;
}

std::string fate_table(const DataFile& file, const Fates& fates) {
  std::string text = "cell\ttime\tdecided\tcommitment";
  for (const std::string& name : fates.names) text += "\t" + csv_field(name);
  text += "\n";
  std::vector<std::string> lines(file.names.size());
  const std::vector<Vector<double>> commitment = commitments(fates);
  for_cells(file, [&](std::size_t s, Index i, Index row) {
    std::string& line = lines[static_cast<std::size_t>(row)];
    line = csv_field(file.names[static_cast<std::size_t>(row)]) + "\t";
    line += number_text(file.data.snapshots[s].time);
    for (const double value : {fates.reached[s].row(i).sum(), commitment[s](i)}) {
      line += "\t" + number_text(static_cast<float>(value));
    }
    for (const double p : fates.probabilities[s].row(i)) line += "\t" + number_text(static_cast<float>(p));
    line += "\n";
  });
  for (const std::string& line : lines) text += line;
  return text;
}

std::string fate_text(const DataFile& file, const Fates& fates) {
  std::vector<std::string> header = {"time", "cells", "known", ""};
  header.insert(header.end(), fates.names.begin(), fates.names.end());
  Table table(header);
  for (std::size_t s = 0; s < fates.known.size(); ++s) {
    const Snapshot& snapshot = file.data.snapshots[s];
    const bool is_last = s + 1 == fates.known.size();
    std::vector<std::string> row = {time_name(snapshot), grouped(snapshot.cells.rows()),
                                    is_last ? "-" : fixed(fates.known[s], 3),
                                    is_last ? "given" : known_in_words(fates.known[s])};
    for (const double p : fates.probabilities[s].colwise().mean()) row.push_back(fixed(p, 3));
    table.add(row);
  }
  std::vector<std::string> base = {"base rates", "", "", ""};
  for (const double rate : fates.base_rates) base.push_back(fixed(rate, 3));
  table.add(base);
  std::vector<std::string> committed = {"committed by", "", "", ""};
  for (const double time : commitment_times(fates, times_of(file.data))) committed.push_back(fixed(time, 2));
  table.add(committed);
  return "What is known of the fates of cells, from 0 to 1, and their mean probabilities:\n" + table.text();
}

nlohmann::ordered_json fate_facts(const DataFile& file, const Fates& fates) {
  nlohmann::ordered_json times = nlohmann::ordered_json::array();
  for (std::size_t s = 0; s < fates.known.size(); ++s) {
    times.push_back({{"time", file.data.snapshots[s].time},
                     {"known", fates.known[s]},
                     {"in_words", known_in_words(fates.known[s])},
                     {"mean", listed_values(fates.probabilities[s].colwise().mean().transpose())}});
  }
  return {{"names", fates.names},
          {"base_rates", listed_values(fates.base_rates)},
          {"commitment_times", listed_values(commitment_times(fates, times_of(file.data)))},
          {"times", times}};
}

}  // namespace cellmnn

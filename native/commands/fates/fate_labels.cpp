#include "native/commands/fates/fate_labels.hpp"

#include "cellmnn/label_flows.hpp"
#include "cellmnn/label_shares.hpp"
#include "native/io/files/csv.hpp"
#include "native/io/files/text.hpp"

namespace cellmnn {
namespace {

std::string fields(std::initializer_list<double> values) {
  std::string text;
  for (const double value : values) text += "\t" + number_text(static_cast<float>(value));
  return text + "\n";
}

}  // namespace

std::string ancestor_table(const DataFile& file, const Fates& fates, const CellLabels& labels) {
  std::string text = "fate\ttime\tlabel\tshare\tall_cells\n";
  const auto count = std::ssize(labels.names);
  for (std::size_t s = 0; s < file.data.snapshots.size(); ++s) {
    const Matrix<double> shares = ancestor_shares(fates.reached[s], labels.of_cells[s], count);
    const Vector<double> all = label_shares(labels.of_cells[s], count);
    for (std::size_t f = 0; f < fates.names.size(); ++f) {
      const double labelled = shares.col(static_cast<Index>(f)).sum();
      for (Index label = 0; label < count; ++label) {
        if (all(label) == 0) continue;
        text += csv_field(fates.names[f]) + "\t" + number_text(file.data.snapshots[s].time) + "\t";
        text += csv_field(labels.names[static_cast<std::size_t>(label)]);
        text += fields({labelled > 0 ? shares(label, static_cast<Index>(f)) / labelled : 0, all(label)});
      }
    }
  }
  return text;
}

std::string flow_table(const FateData& input, const CellLabels& labels, const FateOptions& options,
                       Executor& executor) {
  const std::vector<Snapshot>& snapshots = input.file.data.snapshots;
  const auto count = std::ssize(labels.names);
  const std::vector<Matrix<double>> flows =
      label_flows(input.file.data, labels.of_cells, count, options, input.moved_by(), executor);
  std::string text =
      "from_time\tfrom_label\tto_time\tto_label\tshare\tmeasured_from\tmeasured_to\tpredicted_to\n";
  for (std::size_t s = 0; s < flows.size(); ++s) {
    const Vector<double> before = label_shares(labels.of_cells[s], count),
                         after = label_shares(labels.of_cells[s + 1], count);
    for (Index a = 0; a < count; ++a) {
      for (Index b = 0; b < count; ++b) {
        if (before(a) == 0 || after(b) == 0) continue;
        text += number_text(snapshots[s].time) + "\t" + csv_field(labels.names[static_cast<std::size_t>(a)]);
        text += "\t" + number_text(snapshots[s + 1].time) + "\t";
        text += csv_field(labels.names[static_cast<std::size_t>(b)]);
        text += fields({flows[s](a, b), before(a), after(b), flows[s].col(b).sum()});
      }
    }
  }
  return text;
}

}  // namespace cellmnn

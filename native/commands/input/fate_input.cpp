#include "native/commands/input/fate_input.hpp"

#include <algorithm>
#include <unordered_map>

#include "cellmnn/end_clusters.hpp"
#include "cellmnn/error.hpp"
#include "cellmnn/nearest.hpp"
#include "native/command_line/command.hpp"
#include "native/command_line/values.hpp"
#include "native/commands/input/known_fates.hpp"
#include "native/commands/shared/unused_weights.hpp"
#include "native/io/files/csv.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/text.hpp"
#include "native/io/h5ad/h5ad_frame.hpp"
#include "native/pictures/colors.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

const std::vector<std::string> kStarts = {"both", "stay", "model"};

LabelColumn label_column_of(const DataFile& file, const std::string& key) {
  const H5adFrame obs(hdf5::Node::open(file.path), "obs");
  const std::vector<std::string>& columns = obs.columns();
  if (std::find(columns.begin(), columns.end(), key) == columns.end()) {
    const std::string near = nearest(key, columns);
    std::string message = "has no obs['" + key + "'] (--label-key): ";
    message += near.empty() ? "it has " + quoted_list(columns) : "did you mean '" + near + "'?";
    throw file_error(file.path, message);
  }
  return without_missing_texts(obs.column(key));
}

KnownFates from_table(const DataFile& file, const std::string& path) {
  std::unordered_map<std::string, std::size_t> row_of;
  for (std::size_t i = 0; i < file.names.size(); ++i) row_of.emplace(file.names[i], i);
  std::vector<std::string> fates(file.names.size());
  CsvReader reader(path);
  bool is_first = true;
  for (std::vector<std::string> fields; reader.next(fields); is_first = false) {
    reader.require_fields(fields, 2);
    const auto cell = row_of.find(fields[0]);
    const std::string fate(trimmed(fields[1]));
    if (cell == row_of.end()) {
      if (is_first) continue;  // the names of the columns
      throw file_error(path, "line " + std::to_string(reader.line()) + " names the cell '" + fields[0] +
                                 "', which " + file.path + " does not have");
    }
    if (fate.empty()) {
      throw file_error(path, "line " + std::to_string(reader.line()) + " gives no fate to " + fields[0]);
    }
    fates[cell->second] = fate;
  }
  std::vector<bool> missing;
  missing.reserve(fates.size());
  for (const std::string& fate : fates) missing.push_back(fate.empty());
  const LabelColumn column = label_column(fates, missing);
  if (column.labels.empty()) {
    throw file_error(path, "gives no fate to any cell: expected two columns, a cell's name and its fate");
  }
  if (column.labels.size() == 1) {
    throw file_error(path, "has one fate only, '" + column.labels[0] + "': fates need at least two");
  }
  return {column.labels, labels_by_snapshot(file, column)};
}

}  // namespace

void FateFlags::add_to(Command& command) {
  const std::string group = "Fates";
  Option label = command.option(
      group, "--label-key", "KEY",
      "The obs column whose labels at the last time are the fates, such as cell types", label_key);
  command
      .repeated_option(group, "--undecided", "LABEL",
                       "A label at the last time that is no fate; may be given more than once. Cells without "
                       "a label are undecided, too",
                       [this](const std::string& text) { undecided.push_back(text); })
      .needs(label);
  command
      .option(group, "--terminal", "FILE",
              "Instead of labels a table of two columns: the name of a cell of any time, and its fate",
              terminal)
      .excludes(label);
  command
      .option(group, "--clusters", "auto|N",
              "Instead of labels N clusters of the cells of the last time, or as many as are stable",
              [this](const std::string& text) {
                clusters = text == "auto" ? 0 : parse_whole("--clusters", text, 2, kMostClusters);
              })
      .excludes(label);
  command
      .option(
          group, "--starts", "both|stay|model",
          "From where cells set out to the next time: where they are, where the model moves them, or both",
          [this](const std::string& text) {
            require_choice("--starts", text, kStarts);
            options.starts =
                static_cast<FateStarts>(std::find(kStarts.begin(), kStarts.end(), text) - kStarts.begin());
            starts_given = true;
          })
      .shown_default("both with MODEL, stay without");
  command
      .option(group, "--later-cells", "N",
              "Of a time with more cells, transitions to it see N random ones, drawn by --seed",
              [this](const std::string& text) {
                options.most_later = parse_whole("--later-cells", text, 2);
                later_given = true;
              })
      .shown_default(std::to_string(options.most_later));
}

FateData read_fate_data(const std::string& model, const DataFlags& data, const FateFlags& flags,
                        Session& session) {
  if (!lower_case(data.path).ends_with(".h5ad")) {
    throw Error(ErrorCode::usage,
                "got '" + data.path + "', but fates need an .h5ad with the names of the cells");
  }
  if (model.empty() && flags.starts_given && flags.options.starts != FateStarts::stay) {
    throw Error(ErrorCode::usage, "--starts both and model need a model: give MODEL DATA, or --starts stay");
  }
  if (!flags.terminal.empty() && flags.clusters) {
    throw Error(ErrorCode::usage, "--terminal and --clusters both say what the fates are: give one of them");
  }
  if (!flags.says_which()) {
    throw Error(ErrorCode::usage,
                "which cells have which fate? Give --label-key KEY, a column of obs with their types, "
                "--terminal FILE, or --clusters auto");
  }
  FateData result;
  if (model.empty()) {
    result.file = read_plain_input(data, kFateDims, session);
  } else {
    result.model = read_model(model);
    result.file = read_input_of_model(data, *result.model, session, kFateDims);
    warn_of_unused_weights(result.model->model, session);
  }
  if (result.file.data.snapshots.size() < 2) {
    throw file_error(data.path, "has cells of one time only, " + time_name(result.file.data.snapshots[0]) +
                                    ": fates need at least two times");
  }
  return result;
}

std::string starts_name(const FateData& data, const FateFlags& flags) {
  return data.model ? kStarts[static_cast<std::size_t>(flags.options.starts)] : "stay";
}

KnownFates read_known_fates(const DataFile& file, const FateFlags& flags, Session& session) {
  if (!flags.terminal.empty()) return from_table(file, flags.terminal);
  if (!flags.clusters) {
    return fates_of_column(file, label_column_of(file, flags.label_key), flags.label_key, flags.undecided);
  }
  EndClusters ends = end_clusters(file.data, *flags.clusters, flags.options.seed, session.pool());
  session.say("fates: " + counted(std::ssize(ends.fates.names), "cluster") +
              " of the cells of the last time; stability " + fixed(ends.stability, 2) +
              " (1: halves of the cells give the same ones)");
  if (ends.stability < kStableClusters) {
    session.warn("these clusters are not stable (below " + fixed(kStableClusters, 1) +
                 "): other cells would give others");
  }
  return std::move(ends.fates);
}

CellLabels read_labels(const DataFile& file, const std::string& label_key) {
  const LabelColumn column = label_column_of(file, label_key);
  return {column.labels, labels_by_snapshot(file, column)};
}

std::vector<std::string> fate_colors(const DataFile& file, const FateFlags& flags,
                                     const std::vector<std::string>& fates) {
  std::vector<std::string> colors;
  for (std::size_t f = 0; f < fates.size(); ++f) colors.push_back(category_color(f));
  if (flags.label_key.empty()) return colors;
  const auto stored = hdf5::Node::open(file.path).find("uns/" + flags.label_key + "_colors");
  if (!stored) return colors;
  const std::vector<std::string> of_labels = stored->texts(),
                                 labels = label_column_of(file, flags.label_key).labels;
  if (of_labels.size() != labels.size()) return colors;
  for (std::size_t f = 0; f < fates.size(); ++f) {
    const auto label = std::find(labels.begin(), labels.end(), fates[f]);
    colors[f] = of_labels[static_cast<std::size_t>(label - labels.begin())];
  }
  return colors;
}

}  // namespace cellmnn

#include "native/commands/input/data_input.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cellmnn/data_match.hpp"
#include "cellmnn/error.hpp"
#include "native/command_line/command.hpp"
#include "native/command_line/values.hpp"
#include "native/commands/input/data_match.hpp"
#include "native/commands/input/pair_file.hpp"
#include "native/io/files/text.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

constexpr const char* kGroup = "Data";

/// Adds the pairs of one --time-map to those of others.
void add_times(const std::string& text, std::map<std::string, double>& time_map) {
  const std::string option = "--time-map";
  const std::string expected = "LABEL=TIME pairs such as early=0,late=2.5, each label once";
  const std::string wrong = option + " is '" + text + "', but must be " + expected;
  for (const std::string& pair : read_pairs(option, text, expected, {"label", "labels", "time_label"})) {
    const std::size_t equals = pair.rfind('=');
    const double time = parse_number(option, pair.substr(equals + 1));
    if (equals == 0 || !time_map.emplace(pair.substr(0, equals), time).second) {
      throw Error(ErrorCode::usage, wrong);
    }
  }
}

void show(const DataFile& file, Session& session) {
  for (const std::string& warning : file.warnings) session.warn(warning);
  session.say(description(file));
  session.log().write("data", data_json(file));
}

/// " named by var['gene'], means from X".
std::string genes_text(const GeneSources& sources) {
  return (sources.names.empty() ? "" : " named by var['" + sources.names + "']") +
         (sources.means.empty() ? "" : ", means from " + sources.means);
}

/// Of data with the dimensions of the model.
void compare_with_model(const DataFlags& flags, const ModelFile& model, const KnownFile& known,
                        const DataFile& file, const CellSummary& cells, Session& session) {
  if (const auto difference = file_difference(model.model, known, file, cells)) {
    if (!flags.force) {
      throw Error(ErrorCode::bad_input,
                  flags.path + " is not such as the data of the model: " + *difference + ", or say --force");
    }
    session.warn(flags.path + " is not such as the data of the model: " + *difference);
  }
  if (const auto doubt = coordinates_far_outside(cells)) {
    session.warn(flags.path + ": " + *doubt + ": are these the same coordinates (--embedding-key)?");
  }
}

DataOptions options_of_model(const DataFlags& flags, const KnownFile& known, Index most_dims) {
  DataOptions options = flags.options;
  options.most_dims = most_dims;
  options.usual_time_key = known.time_key;
  options.usual_embedding_key = known.embedding_key;
  options.usual_time_unit = known.time_unit;
  options.usual_times = known.labels;
  options.for_model = true;
  return options;
}

void require_dims(const DataFlags& flags, const DataFile& file, Index dims) {
  if (file.data.dims() >= dims) return;
  throw Error(ErrorCode::bad_input, flags.path + " has " + counted(file.data.dims(), "latent dimension") +
                                        ", but the model needs " + std::to_string(dims));
}

}  // namespace

void DataFlags::add_to(Command& command, const std::string& argument, const std::string& help) {
  command.argument(argument, help, path);
  add_keys_to(command);
}

std::vector<Option> DataFlags::add_keys_to(Command& command) {
  std::vector<Option> keys = add_time_keys_to(command);
  keys.push_back(command
                     .option(kGroup, "--embedding-key", "KEY",
                             "Where their latent coordinates are (obsm or array)",
                             [this](const std::string& text) { options.embedding_key = text; })
                     .shown_default("found if there is one candidate"));
  return keys;
}

std::vector<Option> DataFlags::add_time_keys_to(Command& command) {
  return {
      command
          .option(kGroup, "--time-key", "KEY",
                  "Where the times of the cells are (obs column, array or csv column)",
                  [this](const std::string& text) { options.time_key = text; })
          .shown_default("found if there is one candidate"),
      command
          .repeated_option(
              kGroup, "--time-map", "LABEL=TIME,...|FILE",
              "Times of labels, e.g. \"day0-5=2.5,day6-9=7.5\", or a table of labels and times; may be"
              " given more than once",
              [this](const std::string& text) { add_times(text, options.time_map); })
          .shown_default("the number in each label"),
      command
          .option(kGroup, "--time-unit", "UNIT",
                  "Unit of the times, such as d or h; labels with other units are converted to it",
                  [this](const std::string& text) { options.time_unit = text; })
          .shown_default("the largest unit of the labels"),
  };
}

void DataFlags::add_gene_names_to(Command& command) {
  command
      .option(kGroup, "--gene-names", "COLUMN", "The var column with the names of the genes of an .h5ad",
              [this](const std::string& text) { options.gene_names = text; })
      .shown_default("the index, or a usual column of symbols if it holds ids such as ENSG00000181449");
}

void DataFlags::add_force_to(Command& command) {
  command.flag(kGroup, "--force",
               "Use the data although they are not such as those of the model's training, with a warning",
               force);
}

void DataFlags::add_dims_to(Command& command) {
  command
      .option(kGroup, "--dims", "D", "Latent dimensions to use, the first ones",
              [this](const std::string& text) { options.dims = parse_whole("--dims", text, 1); })
      .shown_default(std::to_string(ModelConfig{}.dims) + ", or all if there are fewer");
}

void DataFlags::add_sample_to(Command& command) {
  command.option(
      kGroup, "--max-cells", "N",
      "Take a random sample of N cells if a data set has more, so that it may be larger than "
      "memory: of each time its share, drawn without replacement by --seed",
      [this](const std::string& text) { options.most_cells = parse_whole("--max-cells", text, 1); });
}

DataFile read_training_input(const DataFlags& flags, Session& session) {
  DataOptions options = flags.options;
  options.most_dims = ModelConfig{}.dims;
  options.training = true;
  DataFile file = read_data(flags.path, options);
  show(file, session);
  return file;
}

DataFile read_plain_input(const DataFlags& flags, Index most_dims, Session& session) {
  DataOptions options = flags.options;
  options.most_dims = most_dims;
  DataFile file = read_data(flags.path, options);
  show(file, session);
  return file;
}

std::vector<TimeCourse> read_joint_input(const DataFlags& flags, const std::vector<std::string>& paths,
                                         Session& session) {
  std::vector<TimeCourse> data;
  DataFlags each = flags;
  for (const std::string& path : paths) {
    each.path = path;
    data.push_back(read_training_input(each, session).data);
  }
  return data;
}

DataFile read_input_of_model(const DataFlags& flags, const ModelFile& model, Session& session,
                             Index most_dims) {
  const KnownFile known = known_data(model.provenance);
  const Index dims = model.model.config.dims;
  const DataOptions options = options_of_model(flags, known, std::max(dims, most_dims));
  DataFile file = read_data(flags.path, options);
  require_dims(flags, file, dims);
  if (file.data.dims() > *options.most_dims) file.data = first_dims(file.data, *options.most_dims);
  if (file.time_unit.empty()) file.time_unit = known.time_unit;
  show(file, session);
  if (file.data.dims() == dims) {
    compare_with_model(flags, model, known, file, {model.model.latent, file.data}, session);
  } else {
    DataFile of_model = file;
    of_model.data = first_dims(file.data, dims);
    compare_with_model(flags, model, known, of_model, {model.model.latent, of_model.data}, session);
  }
  return file;
}

OpenInput open_input_of_model(const DataFlags& flags, const ModelFile& model, const PassOptions& passes,
                              Session& session) {
  const KnownFile known = known_data(model.provenance);
  DataOptions options = options_of_model(flags, known, model.model.config.dims);
  OpenInput input{open_cells(flags.path, options), nullptr, {}};
  input.file = input.cells->file();
  require_dims(flags, input.file, model.model.config.dims);
  input.passes = std::make_unique<CellPasses>(*input.cells, model.model.latent, passes);
  DataFile& file = input.file;
  if (input.passes->summary().look_like_counts()) warn_of_counts(file.warnings);
  if (file.time_unit.empty()) file.time_unit = known.time_unit;
  show(file, session);
  compare_with_model(flags, model, known, file, input.passes->summary(), session);
  return input;
}

std::string columns_text(const std::vector<std::string>& names) {
  constexpr std::size_t kShown = 8;
  std::string text = names.size() == 1 ? "column " : "columns ";
  for (std::size_t i = 0; i < names.size(); ++i) {
    const bool is_last = i + 1 == names.size();
    if (names.size() > kShown && i + 2 >= kShown && !is_last) {
      if (i + 2 == kShown) text += ", ...";
      continue;
    }
    text += (i == 0 ? "" : ", ") + names[i];
  }
  return text;
}

std::string description(const DataFile& file) {
  const TimeCourse& data = file.data;
  const auto times = static_cast<std::int64_t>(data.snapshots.size());
  std::string text = file.path + " (" + file.format + "): " + counted(cell_count(file), "cell") + " at " +
                     counted(times, "time") + "\n  times from " + file.time_key +
                     (file.time_unit.empty() ? "" : " in " + file.time_unit) + ", coordinates from " +
                     (file.columns.empty() ? file.embedding_key : columns_text(file.columns)) + " (" +
                     std::to_string(data.dims()) + " of " + counted(file.available_dims, "dimension") + ")";
  if (!data.gene_space.empty()) {
    text += ", " + counted(static_cast<std::int64_t>(data.gene_space.genes.size()), "gene") +
            genes_text(file.gene_sources);
  }
  text += "\n" + times_table(file);
  text.pop_back();
  if (file.sample) {
    text += "\n  a random sample of " + grouped(file.sample->cells) + " of these cells is taken, by seed " +
            std::to_string(file.sample->seed);
  }
  return text;
}

std::string times_table(const DataFile& file) {
  Table table({"label", "time", "cells"});
  for (const TimeLabel& label : file.times) {
    table.add({label.label, number_text(label.time), grouped(label.cells)});
  }
  return table.text(4);
}

nlohmann::ordered_json data_json(const DataFile& file) {
  nlohmann::ordered_json times = nlohmann::ordered_json::array();
  for (const TimeLabel& label : file.times) {
    times.push_back({{"label", label.label}, {"time", label.time}, {"cells", label.cells}});
  }
  nlohmann::ordered_json json = {{"path", file.path},
                                 {"format", file.format},
                                 {"time_key", file.time_key},
                                 {"time_unit", file.time_unit},
                                 {"embedding_key", file.embedding_key},
                                 {"columns", file.columns},
                                 {"cells", cell_count(file)},
                                 {"dims", file.data.dims()},
                                 {"available_dims", file.available_dims},
                                 {"genes", file.data.gene_space.genes.size()},
                                 {"gene_names_from", file.gene_sources.names},
                                 {"gene_means_from", file.gene_sources.means},
                                 {"times", times},
                                 {"warnings", file.warnings}};
  if (file.sample) json["sample"] = {{"cells", file.sample->cells}, {"seed", file.sample->seed}};
  return json;
}

}  // namespace cellmnn

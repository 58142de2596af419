/// cellmnn preprocess: from counts to principal components.
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "cellmnn/error.hpp"
#include "native/command_line/command.hpp"
#include "native/command_line/values.hpp"
#include "native/commands/commands.hpp"
#include "native/commands/input/data_input.hpp"
#include "native/commands/preprocess/preprocessed_file.hpp"
#include "native/commands/shared/part.hpp"
#include "native/io/counts/joined_counts.hpp"
#include "native/io/files/journal.hpp"
#include "native/io/files/output_file.hpp"
#include "native/io/files/output_names.hpp"
#include "native/io/files/text.hpp"
#include "native/io/files/utf8.hpp"
#include "native/io/models/known_data.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

const std::vector<std::string> kValues = {"counts", "normalized", "log"};  // as in InputValues

struct PreprocessCommand {
  std::vector<std::string> inputs;
  CountsOptions reading;
  DataFlags times;
  PreprocessOptions options;
  bool keep_counts = false;
  std::optional<WorkPart> part;
  std::string merged;  ///< the folder of parts
  std::string output;
  GeneralFlags general;

  void add_to(Command& command);
  Option add_steps_to(Command& command);  ///< returns --fit-without
  void check() const;
  void run(Session& session) const;
  void make(CountsBlocks counts, Passes& passes, Session& session) const;
  std::vector<std::string> files() const;  ///< that are read
  nlohmann::ordered_json options_json() const;
  nlohmann::ordered_json question(const CountsTable& counts) const;
};

void PreprocessCommand::add_to(Command& command) {
  const std::string group = "Data";
  command
      .arguments(
          "COUNTS",
          "Cells x genes: .h5ad, .h5mu, .npz, .csv (cell names in the first column; also .tsv, .txt, .gz), "
          "the .h5 of 10x, or the folder or .mtx of 10x, GEO, kb-python or alevin; several files are "
          "one data set of the genes that all have",
          inputs)
      .required();
  command.option(group, "--layer", "NAME",
                 "Read this layer of an .h5ad file instead of X; raw is raw/X with its genes", reading.layer);
  command.option(group, "--modality", "NAME", "Read this modality of an .h5mu file", reading.modality);
  command.option(group, "--obs", "FILE",
                 "Columns for the cells, such as their times: csv with the cells' names in the first column",
                 reading.obs);
  command.flag(group, "--transpose", "The rows are genes and the columns cells, as in most tables of GEO",
               reading.transpose);
  command
      .option(group, "--values", "counts|normalized|log",
              "What the values are: counts are normalised to a total, and all but log get log(1 + x)",
              [this](const std::string& text) {
                require_choice("--values", text, kValues);
                const auto found = std::find(kValues.begin(), kValues.end(), text) - kValues.begin();
                options.values = static_cast<InputValues>(found);
              })
      .shown_default(kValues[0]);
  const std::vector<Option> time_keys = times.add_time_keys_to(command);
  const Option fit_without = add_steps_to(command);
  for (Option option : time_keys) option.needs(fit_without);
  command.option("Output", "-o,--output", "FILE", "The file to write: .h5ad; the folder of --part", output)
      .required();
  command.flag("Output", "--keep-counts", "Also write the counts, as a layer", keep_counts);
  Option one_part = command.option(
      "Parts", "--part", "K/N",
      "Do the next pass over part K of N of the cells, such as 2/8, and put what it finds into "
      "the folder -o; repeat until nothing is left",
      [this](const std::string& text) { part = parse_part("--part", text); });
  command
      .option("Parts", "--merge", "FOLDER",
              "Join what all parts found, and write the output, as of one process", merged)
      .excludes(one_part);
  general.add_to(command);
  command.footer(
      "Names and defaults of the steps are scanpy's where it has any; the result is read by 'train'.\n"
      "Memory is below 1 GB and 150 bytes a cell, for any number of values: .h5ad stored by rows, .h5mu and\n"
      ".h5 of 10x are read in blocks, several times where they are large. Other files are held whole.\n"
      "\n"
      "Examples:\n"
      "  cellmnn preprocess counts.h5ad -o ready.h5ad\n"
      "  cellmnn preprocess filtered_feature_bc_matrix --obs days.csv -o ready.h5ad\n"
      "  cellmnn preprocess day0.h5ad day2.h5ad day4.h5ad -o ready.h5ad\n"
      "  cellmnn preprocess counts.h5ad --part 2/8 -o parts/\n"
      "  cellmnn preprocess counts.h5ad --merge parts/ -o ready.h5ad");
}

Option PreprocessCommand::add_steps_to(Command& command) {
  const std::string group = "Steps";
  const auto whole = [&](const std::string& name, const std::string& help, Index& target, Index least) {
    command
        .option(group, name, "N", help,
                [name, &target, least](const std::string& text) { target = parse_whole(name, text, least); })
        .shown_default(std::to_string(target));
  };
  const Option fit_without = command.option(
      group, "--fit-without", "TIME",
      "Fit all steps without the cells of this time, which are then only projected",
      [this](const std::string& text) { options.fit_without = parse_number("--fit-without", text); });
  whole("--min-genes", "Keep cells with values in N genes or more", options.min_genes, 0);
  whole("--min-cells", "Keep genes with values in N cells or more", options.min_cells, 0);
  command
      .option(group, "--target-sum", "X", "Total of a cell after normalisation",
              [this](const std::string& text) {
                options.target_sum = parse_number("--target-sum", text);
                if (*options.target_sum <= 0) {
                  throw Error(ErrorCode::usage, "--target-sum is " + text + ", but must be above 0");
                }
              })
      .shown_default("the median total");
  whole("--n-top-genes", "Highly variable genes to use (flavour 'seurat')", options.n_top_genes, 2);
  command
      .option(group, "--n-comps", "D", "Principal components",
              [this](const std::string& text) { options.n_comps = parse_whole("--n-comps", text, 1); })
      .shown_default(std::to_string(kUsualComponents) + ", or fewer for small data");
  return fit_without;
}

std::vector<std::string> PreprocessCommand::files() const {
  std::vector<std::string> all = inputs;
  all.push_back(reading.obs);
  return all;
}

nlohmann::ordered_json PreprocessCommand::options_json() const {
  nlohmann::ordered_json json = {{"version", CELLMNN_VERSION},
                                 {"values", kValues[static_cast<std::size_t>(options.values)]},
                                 {"min_genes", options.min_genes},
                                 {"min_cells", options.min_cells},
                                 {"n_top_genes", options.n_top_genes}};
  if (options.fit_without) json["fit_without"] = *options.fit_without;
  return json;
}

/// Of a file or folder: parts on other machines may have it in another place.
std::string name_in_folder(const std::string& path) {
  return (std::filesystem::path(path) / "").parent_path().filename().string();
}

/// All that decides what parts find.
nlohmann::ordered_json PreprocessCommand::question(const CountsTable& counts) const {
  nlohmann::ordered_json json = options_json();
  json["files"] = nlohmann::ordered_json::array();
  for (const std::string& input : inputs) json["files"].push_back(name_in_folder(input));
  json["matrix"] = counts.matrix;
  json["modality"] = reading.modality;
  json["obs"] = name_in_folder(reading.obs);
  json["cells"] = counts.cells.size();
  json["genes"] = counts.genes.size();
  json["names"] = hash_of(counts.cells) + hash_of(counts.genes);
  json["target_sum"] = options.target_sum.value_or(0);
  if (options.fit_without) {
    json["time_key"] = times.options.time_key.value_or("");
    json["time_map"] = times.options.time_map;
    json["time_unit"] = times.options.time_unit;
  }
  return json;
}

void PreprocessCommand::check() const {
  if (part) {
    if (!names_folder(output)) {
      throw Error(ErrorCode::usage, "--output is '" + output +
                                        "', but --part writes to a folder: end its name in '/', such as "
                                        "parts/");
    }
  } else {
    check_writable(output, files());
    check_ending("--output", output, {".h5ad"});
  }
  if (options.target_sum && options.values != InputValues::counts) {
    throw Error(ErrorCode::usage, "--target-sum needs --values counts: others are not normalised");
  }
}

void PreprocessCommand::run(Session& session) const {
  check();
  CountsOptions quietly = reading;
  quietly.quiet = session.quiet();
  CountsBlocks counts = open_joined_counts(inputs, quietly);
  Passes passes(session.quiet());
  if (part) make_folder(output);
  if (part || !merged.empty()) passes.share_out({part ? output : merged, question(counts)}, part);
  try {
    make(std::move(counts), passes, session);
  } catch (const PartDone& done) {
    const std::string text = "part " + part->text();
    session.say(done.pass.empty()
                    ? text + ": nothing is left; once all parts say so, --merge " + output
                    : text + " has done the pass '" + done.pass + "': once all parts have, call it again");
  }
}

void PreprocessCommand::make(CountsBlocks counts, Passes& passes, Session& session) const {
  PreprocessOptions steps = options;
  steps.time_key = times.options.time_key;
  steps.time_map = times.options.time_map;
  steps.time_unit = times.options.time_unit;
  const Preprocessed result = preprocess(std::move(counts), steps, passes, session);
  nlohmann::ordered_json json = options_json();
  if (result.target_sum > 0) json["target_sum"] = result.target_sum;
  if (result.data.obs.empty()) {
    session.warn("the cells have no times, which 'train' needs: give --obs FILE");
  }
  passes.begin("writing");
  write_preprocessed(output, result, json_text(json), keep_counts, session.pool());
  passes.end();
  session.log().write("preprocessed", json);
  session.say("wrote " + output + ": " + counted(std::ssize(result.data.cells), "cell") + ", " +
              counted(std::ssize(result.data.genes), "gene") + ", " +
              counted(result.components.loadings.cols(), "component"));
}

}  // namespace

void add_preprocess(Program& program) {
  Command command = program.add_command("preprocess", "Make principal components of counts");
  const auto preprocess = std::make_shared<PreprocessCommand>();
  preprocess->add_to(command);
  command.on_run([preprocess] {
    in_session("preprocess", preprocess->general, preprocess->files(),
               [&](Session& session) { preprocess->run(session); });
  });
}

}  // namespace cellmnn

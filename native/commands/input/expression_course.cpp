#include "native/commands/input/expression_course.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cellmnn/error.hpp"
#include "cellmnn/expression_values.hpp"
#include "native/command_line/command.hpp"
#include "native/command_line/values.hpp"
#include "native/commands/input/named_gene.hpp"
#include "native/io/counts/counts_times.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/text.hpp"
#include "native/io/h5ad/gene_names.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

/// Names by --gene-names, else by a usual column of symbols where the index holds ids.
void name_genes(const DataOptions& options, CountsFile& file) {
  std::vector<std::string> columns;
  for (const auto& [name, column] : file.var) columns.push_back(name);
  std::optional<std::string> chosen = options.gene_names;
  if (!chosen && are_gene_ids(file.genes)) chosen = usual_symbol_column(columns);
  if (!chosen) return;
  const auto found = std::find_if(file.var.begin(), file.var.end(),
                                  [&](const auto& column) { return column.first == *chosen; });
  if (found == file.var.end()) {
    throw file_error(file.path, "var has no column '" + *chosen + "' (--gene-names); it has " +
                                    (columns.empty() ? "none" : quoted_list(columns)));
  }
  file.genes = names_by_symbol(texts_of(found->second), file.genes);
}

ExpressionScale scale_of(const CountsFile& file, const std::optional<ExpressionScale>& given) {
  try {
    return expression_scale(file.values, given);
  } catch (const Error& error) {
    throw file_error(file.path, message_of(error));
  }
}

/// Removes genes that have the same value in all cells.
void leave_out_constant(CountsFile& file, Session& session) {
  const std::vector<bool> varies = varying_genes(file.values);
  const auto left_out = std::count(varies.begin(), varies.end(), false);
  if (left_out == 0) return;
  keep(file, std::vector<bool>(file.cells.size(), true), varies);
  if (file.genes.empty()) throw file_error(file.path, "no gene varies between the cells");
  session.say("left out " + counted(left_out, "gene") + " with the same value in all cells");
}

std::string values_text(const CountsFile& file, ExpressionScale scale) {
  if (scale == ExpressionScale::counts) return "counts, taken as log(1 + x)";
  const std::vector<float>& values = file.values.values;
  const bool negative = std::any_of(values.begin(), values.end(), [](float value) { return value < 0; });
  return negative ? "logarithms; genes with values below 0 are shifted so that their least is 0"
                  : "logarithms";
}

void show(const CountsFile& file, const DataFile& times, ExpressionScale scale, Session& session) {
  for (const std::string& warning : file.warnings) session.warn(warning);
  for (const std::string& warning : times.warnings) session.warn(warning);
  std::string text = file.path + " (" + file.format + (file.matrix.empty() ? "" : ", " + file.matrix) +
                     "): " + counted(file.values.rows, "cell") + " x " +
                     counted(file.values.columns, "gene") + ", " + values_text(file, scale) +
                     "\n  times from " + times.time_key +
                     (times.time_unit.empty() ? "" : " in " + times.time_unit) + "\n" + times_table(times);
  text.pop_back();
  session.say(text);
  session.log().write("data", {{"path", file.path},
                               {"cells", file.values.rows},
                               {"genes", file.values.columns},
                               {"values", scale == ExpressionScale::counts ? "counts" : "log"},
                               {"times", times.times.size()}});
}

TimedCounts read_timed(const std::string& path, const DataOptions& options, const ExpressionFlags& flags,
                       Session& session) {
  CountsOptions reading;
  reading.layer = flags.layer;
  reading.quiet = session.quiet();
  TimedCounts read{read_counts(path, reading), {}, {}};
  name_genes(options, read.counts);
  const DataFile times = times_of(read.counts, options);
  read.scale = scale_of(read.counts, flags.scale);
  show(read.counts, times, read.scale, session);
  read.cells.rows = times.rows;
  for (const Snapshot& snapshot : times.data.snapshots) read.cells.times.push_back(snapshot.time);
  read.time_unit = times.time_unit;
  return read;
}

/// Adds the cells of --ko. The labels of all cells: empty of those that were there; null without any --ko.
std::optional<LabelColumn> add_ko_files(TimedCounts& all, const DataOptions& options,
                                        const ExpressionFlags& flags, Session& session) {
  if (flags.ko_files.empty()) return std::nullopt;
  LabelColumn labels{{""}, {}, std::vector<std::int32_t>(all.counts.cells.size(), 0)};
  for (const KoFile& ko : flags.ko_files) {
    const auto known = std::find(labels.labels.begin(), labels.labels.end(), ko.genes);
    if (known != labels.labels.end())
      throw Error(ErrorCode::usage, "--ko names '" + ko.genes + "' twice, expected one file for it");
    add_cells(all, read_timed(ko.path, options, flags, session));
    labels.codes.resize(all.counts.cells.size(), static_cast<std::int32_t>(labels.labels.size()));
    labels.labels.push_back(ko.genes);
  }
  return labels;
}

void say_conditions(const KoConditions& conditions, Session& session) {
  const auto knock_outs = std::ssize(conditions.labels) - 1;
  if (knock_outs > 0) {
    session.say(counted(knock_outs, "knock-out") + " beside the wild type: " +
                quoted_list({conditions.labels.begin() + 1, conditions.labels.end()}));
  }
  if (!conditions.left_out.empty()) {
    session.warn("left out " + quoted_list(conditions.left_out) +
                 ", of which there are cells of one time only");
  }
}

}  // namespace

void ExpressionFlags::add_to(Command& command, const std::string& group) {
  command.option(group, "--layer", "NAME", "Read this layer of an .h5ad file instead of X; raw is raw/X",
                 layer);
  command
      .option(group, "--values", "counts|log", "What the values are; of counts log(1 + x) is taken",
              [this](const std::string& text) {
                require_choice("--values", text, {"counts", "log"});
                scale = text == "counts" ? ExpressionScale::counts : ExpressionScale::log;
              })
      .shown_default("counts if all are whole numbers");
  command
      .option(group, "--input", "GENE,...",
              "Genes that are set from outside, such as a drug: they act, and nothing acts on them",
              [this](const std::string& text) { inputs = parse_list("--input", text); })
      .shown_default("those that are constant at each time, but not over time");
  command.option(
      group, "--treatment-from", "TIME",
      "Add an input 'treatment' that is on in cells measured after this time",
      [this](const std::string& text) { treatment_from = parse_number("--treatment-from", text); });
  const auto key = command.option(group, "--ko-key", "COLUMN",
                                  "Learn from knock-outs, too: an obs column with the gene that is off in "
                                  "each cell, several joined by '+', and WT for the wild type",
                                  ko_key);
  command
      .repeated_option(group, "--ko", "GENE=FILE",
                       "The same of cells in another file, in which GENE is off; may be given more than once",
                       [this](const std::string& text) { ko_files.push_back(parse_ko_file(text)); })
      .excludes(key);
  command.option(
      group, "--prior", "FILE",
      "Known interactions, which are penalised less: a table with source, target and perhaps weight, "
      "below 0 for repression, or TRRUST's tsv",
      prior);
  command
      .option(group, "--prior-strength", "K", "Their penalty is divided by 1 + K times the weight",
              [this](const std::string& text) {
                prior_strength = parse_number("--prior-strength", text);
                if (!(prior_strength >= 0)) {
                  throw Error(ErrorCode::usage, "--prior-strength is " + text + ", but must be 0 or more");
                }
              })
      .shown_default(number_text(kUsualPriorStrength));
}

std::vector<std::pair<std::string, bool>> ExpressionFlags::given() const {
  return {{"--layer", !layer.empty()},   {"--values", scale.has_value()},
          {"--input", !inputs.empty()},  {"--treatment-from", treatment_from.has_value()},
          {"--ko-key", !ko_key.empty()}, {"--ko", !ko_files.empty()},
          {"--prior", !prior.empty()}};
}

std::vector<std::string> ExpressionFlags::files() const {
  std::vector<std::string> files = {prior};
  for (const KoFile& ko : ko_files) files.push_back(ko.path);
  return files;
}

ExpressionCourse read_expression_course(const DataFlags& data, const ExpressionFlags& expression,
                                        Session& session) {
  TimedCounts read = read_timed(data.path, data.options, expression, session);
  ExpressionCourse result;
  result.obs = read.counts.obs;
  std::optional<LabelColumn> of_files = add_ko_files(read, data.options, expression, session);
  CountsFile& file = read.counts;
  leave_out_constant(file, session);
  if (read.cells.times.size() < 2) {
    throw file_error(data.path,
                     "all cells are of one time, but a network is read from changes over time: expected "
                     "two times or more");
  }
  if (expression.treatment_from) add_treatment(*expression.treatment_from, read.cells, file);
  result.time_unit = read.time_unit;
  if (of_files) {
    result.conditions = ko_conditions(file, *of_files, "--ko", read.cells);
  } else if (!expression.ko_key.empty()) {
    result.conditions = ko_conditions(file, expression.ko_key, read.cells);
  } else {
    result.conditions = wild_type_alone(std::move(read.cells));
  }
  say_conditions(result.conditions, session);
  result.genes = std::move(file.genes);
  result.expression = std::move(file.values);
  result.scale = read.scale;
  for (const std::string& name : expression.inputs)
    result.inputs.push_back(gene_named(result, name, "--input"));
  return result;
}

std::vector<Condition> conditions_of(const ExpressionCourse& data) {
  std::vector<Condition> conditions = {{&data.course}};
  for (std::size_t c = 0; c < data.knock_outs.size(); ++c)
    conditions.push_back({&data.knock_outs[c], data.conditions.held[c + 1]});
  return conditions;
}

Index gene_named(const ExpressionCourse& data, const std::string& name, const std::string& option) {
  return gene_named(data.genes, name, option, "that vary in the data");
}

std::string time_text(const ExpressionCourse& data, double time) {
  return number_text(time) + (data.time_unit.empty() ? "" : " " + data.time_unit);
}

}  // namespace cellmnn

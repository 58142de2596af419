/// cellmnn report: one file with what is known of a model and its data.
#include "native/runtime/report.hpp"

#include <filesystem>
#include <memory>

#include "cellmnn/error.hpp"
#include "native/command_line/command.hpp"
#include "native/command_line/values.hpp"
#include "native/commands/commands.hpp"
#include "native/commands/pages/html.hpp"
#include "native/commands/report/report_sections.hpp"
#include "native/io/files/output_file.hpp"
#include "native/io/files/output_names.hpp"

namespace cellmnn {
namespace {

constexpr Index kUsualSteps = 1'000, kUsualNetworkGenes = 60;

struct ReportCommand {
  std::string model, title, output;
  ReportSubject subject;
  GeneralFlags general;

  void add_to(Command& command);
  void complete();
  void run(Session& session);
};

void ReportCommand::add_to(Command& command) {
  command.argument("MODEL", "A model from 'cellmnn train'", model);
  subject.data.add_to(command, "DATA", "Cells over time: .h5ad");
  subject.data.add_force_to(command);
  subject.fates.add_to(command);
  subject.steps = kUsualSteps;
  subject.network_genes = kUsualNetworkGenes;
  const std::string group = "Report";
  command.option(group, "--title", "TEXT", "What the report is about; else the name of the file", title);
  command.option(group, "--scores", "FILE",
                 "Take the score from a file of 'cellmnn evaluate --json' instead of one quick hold-out",
                 subject.scores);
  command
      .option(group, "--steps", "N", "Training steps, at most, of the model behind the quick score",
              [this](const std::string& text) { subject.steps = parse_whole("--steps", text, 1); })
      .shown_default(std::to_string(subject.steps));
  command
      .option(group, "--network-genes", "N", "Genes of the network, those that vary most; 0: no network",
              [this](const std::string& text) {
                subject.network_genes = parse_whole("--network-genes", text, 0);
              })
      .shown_default(std::to_string(subject.network_genes));
  command.option(group, "--page", "ADDRESS", "Where the live page is, from 'cellmnn export'", subject.page);
  command.option("Output", "-o,--output", "FILE", "The report: .html", output).required();
  general.add_to(command);
  command.footer(
      "Fates are those of --label-key or --terminal; without both, clusters of the last time.\n"
      "\n"
      "Example:\n"
      "  cellmnn report model.safetensors ready.h5ad --label-key cell_type -o report.html");
}

void ReportCommand::complete() {
  check_ending("--output", output, {".html"});
  check_writable(output, {model, subject.data.path, subject.scores, subject.fates.terminal});
  if (!subject.fates.says_which()) subject.fates.clusters = 0;
  subject.fates.options.seed = general.seed.value_or(0);
  subject.data.options.expression = true;
}

void ReportCommand::run(Session& session) {
  FateData input = read_fate_data(model, subject.data, subject.fates, session);
  subject.model = std::move(*input.model);
  subject.file = std::move(input.file);
  std::string sections = data_section(subject) + fit_section(subject, session);
  sections += score_section(subject, session);
  std::string why;
  if (const auto fates = reported_fates(subject, session, why)) {
    sections += fates_section(subject, *fates) + drivers_section(subject, *fates, session);
  } else {
    sections += html::section("Fates", html::paragraph(why));
  }
  sections += network_section(subject, session) + limits_section(subject);
  const std::string name = title.empty() ? std::filesystem::path(subject.data.path).stem().string() : title;
  std::string lead = "By cellmnn " CELLMNN_VERSION " from ";
  lead += subject.data.path + " and " + model;
  write_file(output, html::page(name, lead, sections));
  session.say("wrote " + output);
}

}  // namespace

void add_report(Program& program) {
  Command command = program.add_command("report", "What is known of a model and its data, as one file");
  const auto report = std::make_shared<ReportCommand>();
  report->add_to(command);
  command.on_run([report] {
    report->complete();
    in_session("report", report->general,
               {report->model, report->subject.data.path, report->subject.fates.terminal},
               [&](Session& session) { report->run(session); });
  });
}

}  // namespace cellmnn

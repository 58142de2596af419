/// cellmnn plot: pictures as SVG.
#include <memory>

#include "cellmnn/error.hpp"
#include "native/command_line/command.hpp"
#include "native/command_line/values.hpp"
#include "native/commands/commands.hpp"
#include "native/commands/plot/plot_kinds.hpp"
#include "native/io/files/output_file.hpp"
#include "native/io/files/output_names.hpp"

namespace cellmnn {
namespace {

struct PlotCommand {
  std::vector<std::string> arguments;
  PlotRequest request;
  std::string output;
  GeneralFlags general;

  void add_to(Command& command);
  void complete();
};

void PlotCommand::add_to(Command& command) {
  command.arguments("KIND", "What to draw, and the files it is made of: see below", arguments).required();
  request.data.add_keys_to(command);
  const std::string group = "Pictures";
  command.option(group, "--genes", "GENE,...",
                 "trends: these genes, up to 12; network: the gene in the middle; screen: these genes",
                 [this](const std::string& text) { request.genes = parse_list("--genes", text); });
  command.option(group, "--truth", "KEY",
                 "fates: instead draw whether probabilities came true, beside obsm KEY of true ones",
                 request.truth);
  command
      .option(group, "--metric", "NAME", "scores: w1, w2, mmd, rbf_mmd or energy",
              [this](const std::string& text) {
                require_choice("--metric", text, {"w1", "w2", "mmd", "rbf_mmd", "energy"});
                request.metric = text;
              })
      .shown_default(request.metric);
  command.option("Output", "-o,--output", "FILE", "The picture: .svg", output).required();
  general.add_to(command);
  command.footer(plot_kinds_text() +
                 "Pictures are light or dark as the reader's system is, and light on paper.\n"
                 "\n"
                 "Examples:\n"
                 "  cellmnn plot snapshots model.safetensors ready.h5ad -o cells.svg\n"
                 "  cellmnn plot fates fates.h5ad -o fates.svg\n"
                 "  cellmnn plot trends trends.tsv --genes GATA1,CEBPA -o trends.svg");
}

void PlotCommand::complete() {
  request.kind = arguments.front();
  request.files.assign(arguments.begin() + 1, arguments.end());
  check_ending("--output", output, {".svg"});
  check_writable(output);
  for (const std::string& file : request.files) check_writable(output, {file});
}

}  // namespace

void add_plot(Program& program) {
  Command command = program.add_command("plot", "Pictures of data and results, as SVG");
  const auto plot = std::make_shared<PlotCommand>();
  plot->add_to(command);
  command.on_run([plot] {
    plot->complete();
    in_session("plot", plot->general, {}, [&](Session& session) {
      write_file(plot->output, plotted(plot->request, session).file());
      session.say("wrote " + plot->output);
    });
  });
}

}  // namespace cellmnn

/// cellmnn export: a model and its data as a page that anybody can open.
#include <algorithm>
#include <filesystem>
#include <memory>

#include "cellmnn/error.hpp"
#include "native/command_line/command.hpp"
#include "native/command_line/values.hpp"
#include "native/commands/commands.hpp"
#include "native/commands/input/data_input.hpp"
#include "native/commands/pages/page.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/output_file.hpp"
#include "native/io/files/output_names.hpp"
#include "native/io/models/model_file.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

constexpr std::int64_t kMostNetworkGenes = 1000;  // a browser fits them in minutes

struct ExportCommand {
  std::string model;
  DataFlags data;
  PageOptions page;
  std::string output, site;
  GeneralFlags general;

  void add_to(Command& command);
  void run(Session& session) const;
};

void ExportCommand::add_to(Command& command) {
  command.argument("MODEL", "A model from 'cellmnn train'", model);
  data.add_to(command);
  data.add_force_to(command);
  const std::string group = "Page";
  command.option(group, "--title", "TEXT", "Name of the data in the page; else that of the file", page.title);
  command.option(group, "--group-key", "NAME",
                 "obs column with a label for each cell, such as its type; found if it has a usual name",
                 [this](const std::string& text) { page.group_key = text; });
  command
      .option(group, "--cells", "N", "Draw at most N cells; the page tells of how many",
              [this](const std::string& text) { page.most_cells = parse_whole("--cells", text, 1); })
      .shown_default(std::to_string(page.most_cells));
  command
      .option(group, "--network-genes", "N",
              "Expression of the N genes that vary most comes along from X of an .h5ad, for the network of "
              "genes",
              [this](const std::string& text) {
                page.network_genes = parse_whole("--network-genes", text, 0, kMostNetworkGenes);
              })
      .shown_default(std::to_string(page.network_genes));
  Option file =
      command.option("Output", "-o,--output", "FILE", "One .html file that works without a network", output);
  command.option("Output", "--site", "DIR", "A folder for a web server, which can also read h5ad", site)
      .excludes(file);
  general.add_to(command);
  command.footer(
      "Names of cells and pictures in two dimensions, such as obsm/X_umap, come along.\n"
      "Examples:\n"
      "  cellmnn export eb.safetensors eb.h5ad -o eb.html\n"
      "  cellmnn export eb.safetensors eb.h5ad --site public");
}

/// The reader of h5ad, which the page loads when it is needed.
void copy_reader(const std::filesystem::path& site) {
  for (const std::filesystem::directory_entry& entry : std::filesystem::directory_iterator(page_folder())) {
    if (entry.path().extension() == ".js") {
      write_file((site / entry.path().filename()).string(), read_file(entry.path().string()));
    }
  }
}

void ExportCommand::run(Session& session) const {
  if (output.empty() && site.empty()) {
    throw Error(ErrorCode::usage, "nothing to write: give --output FILE.html or --site DIR");
  }
  check_ending("--output", output, {".html", ".htm"});
  const std::filesystem::path path =
      site.empty() ? std::filesystem::path(output) : std::filesystem::path(site) / "index.html";
  if (site.empty() || std::filesystem::exists(site)) check_writable(path, {model, data.path});
  const ModelFile trained = read_model(model);
  if (trained.model.config.mass) {
    throw Error(ErrorCode::bad_input,
                model + " has mass (train --mass yes): its cells have weights, which a page cannot show yet");
  }
  const DataFile file = read_input_of_model(data, trained, session);
  PageOptions options = page;
  if (options.title.empty()) options.title = std::filesystem::path(file.path).stem().string();
  if (general.seed) options.seed = *general.seed;
  options.is_alone = site.empty();
  const std::string html = page_html(read_file(model), file, options);
  if (!site.empty()) {
    make_folder(site);
    copy_reader(site);
  }
  write_file(path, html);
  const Index shown = std::min(page.most_cells, file.data.cells());
  session.say("wrote " + path.string() + ": " + counted(shown, "cell") +
              (shown < file.data.cells() ? " of " + grouped(file.data.cells()) : "") + ", " +
              fixed(static_cast<double>(html.size()) / 1e6, 1) + " MB; open it in a browser");
}

}  // namespace

void add_export(Program& program) {
  Command command = program.add_command("export", "Make an interactive page of a model: one file, or a site");
  const auto page = std::make_shared<ExportCommand>();
  page->add_to(command);
  command.on_run([page] {
    in_session("export", page->general, {page->model, page->data.path},
               [&](Session& session) { page->run(session); });
  });
}

}  // namespace cellmnn

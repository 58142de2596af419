/// cellmnn export: a model and its data as a page that anybody can open.
#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "cellmnn/error.hpp"
#include "native/command_line.hpp"
#include "native/commands/commands.hpp"
#include "native/commands/data_input.hpp"
#include "native/io/group_column.hpp"
#include "native/io/input_file.hpp"
#include "native/io/model_file.hpp"
#include "native/io/output_file.hpp"
#include "native/page.hpp"
#include "native/report.hpp"
#include "native/values.hpp"

namespace cellmnn {
namespace {

constexpr Index kMostCells = 20'000;
constexpr Index kMostGroups = 1000;

struct ExportCommand {
  std::string model;
  DataFlags data;
  std::optional<std::string> group_key;
  std::string title;
  Index cells = kMostCells;
  std::string output, site;
  GeneralFlags general;

  void add_to(CLI::App& command);
  void run(Session& session) const;
  PageContent content(const DataFile& file) const;
};

void ExportCommand::add_to(CLI::App& command) {
  command.add_option("MODEL", model, "A model from 'cellmnn train'")->required();
  data.add_to(command);
  const std::string group = "Page";
  add_option(command, group, "--title", "TEXT", "Name of the data in the page; else that of the file", title);
  add_option(command, group, "--group-key", "NAME",
             "obs column with a label for each cell, such as its type; found if it has a usual name",
             [this](const std::string& text) { group_key = text; });
  add_option(command, group, "--cells", "N", "Draw at most N cells; the page tells of how many",
             [this](const std::string& text) { cells = parse_whole("--cells", text, 1); })
      ->default_str(std::to_string(cells));
  CLI::Option* file = add_option(command, "Output", "-o,--output", "FILE",
                                 "One .html file that works without a network", output);
  add_option(command, "Output", "--site", "DIR", "A folder for a web server, which can also read h5ad", site)
      ->excludes(file);
  general.add_to(command);
  command.footer(
      "Examples:\n"
      "  cellmnn export eb.safetensors eb.h5ad -o eb.html\n"
      "  cellmnn export eb.safetensors eb.h5ad --site public");
}

PageContent ExportCommand::content(const DataFile& file) const {
  PageContent content;
  content.title = title.empty() ? std::filesystem::path(file.path).stem().string() : title;
  content.most_cells = cells;
  content.seed = general.seed.value_or(0);
  if (const std::optional<GroupColumn> groups = read_groups(file.path, group_key)) {
    content.group_name = groups->name;
    content.groups = groups->column;
    if (static_cast<Index>(groups->column.labels.size()) > kMostGroups) {
      throw file_error(file.path, "has more than " + std::to_string(kMostGroups) + " distinct values in '" +
                                      groups->name + "': choose labels with --group-key");
    }
  }
  return content;
}

void ExportCommand::run(Session& session) const {
  if (output.empty() && site.empty()) {
    throw Error(ErrorCode::usage, "nothing to write: give --output FILE.html or --site DIR");
  }
  if (!site.empty()) std::filesystem::create_directories(site);
  const std::filesystem::path path =
      site.empty() ? std::filesystem::path(output) : std::filesystem::path(site) / "index.html";
  check_writable(path, {model, data.path});
  const CellMnn trained = read_model(model).model;
  const DataFile file = read_input_of_model(data, trained.config, session);
  const std::string page = page_html(read_file(model), file, content(file));
  if (!site.empty()) {
    std::filesystem::copy(
        page_folder(), site,
        std::filesystem::copy_options::recursive | std::filesystem::copy_options::overwrite_existing);
    std::filesystem::remove(std::filesystem::path(site) / "page.html");
  }
  write_file(path, page);
  const Index shown = std::min(cells, file.data.cells());
  session.say("wrote " + path.string() + ": " + counted(shown, "cell") +
              (shown < file.data.cells() ? " of " + grouped(file.data.cells()) : "") + ", " +
              fixed(static_cast<double>(page.size()) / 1e6, 1) + " MB; open it in a browser");
}

}  // namespace

void add_export(CLI::App& program) {
  CLI::App* command =
      program.add_subcommand("export", "Make an interactive page of a model: one file, or a site");
  const auto page = std::make_shared<ExportCommand>();
  page->add_to(*command);
  command->callback([page] {
    in_session("export", page->general, {page->model, page->data.path},
               [&](Session& session) { page->run(session); });
  });
}

}  // namespace cellmnn

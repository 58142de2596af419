/// cellmnn export: a model and its data as a page that anybody can open.
#include <filesystem>
#include <memory>

#include "cellmnn/error.hpp"
#include "native/command_line/command.hpp"
#include "native/command_line/values.hpp"
#include "native/commands/commands.hpp"
#include "native/commands/export/exported_page.hpp"
#include "native/commands/export/gallery.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/output_file.hpp"
#include "native/io/files/output_group.hpp"
#include "native/io/files/output_names.hpp"

namespace cellmnn {
namespace {

constexpr std::int64_t kMostNetworkGenes = 1000;  // a browser fits them in minutes

struct ExportCommand {
  std::string model;
  DataFlags data;
  PageOptions page;
  std::vector<std::string> more;  ///< of a gallery: a model, its data, ...
  std::string output, site, gallery;
  GeneralFlags general;

  void add_to(Command& command);
  void complete();
  GalleryRequest request() const;
  void run(Session& session) const;
};

void ExportCommand::add_to(Command& command) {
  command.argument("MODEL", "A model from 'cellmnn train'", model);
  data.add_to(command);
  command.arguments("MORE", "Another model, its data, and so on, for --gallery", more);
  data.add_force_to(command);
  const std::string group = "Page";
  command.option(group, "--title", "TEXT",
                 "Name of the data in the page, else that of the file; or of the gallery", page.title);
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
  Option network =
      command.option(group, "--true-network", "FILE",
                     "Of simulated cells the network that 'simulate --network' wrote: the page can "
                     "show the truth beside the model",
                     page.truth.network);
  Option paths = command
                     .option(group, "--true-paths", "FILE",
                             "And the true paths that 'simulate --trajectories' wrote", page.truth.paths)
                     .needs(network);
  network.needs(paths);
  Option file =
      command.option("Output", "-o,--output", "FILE", "One .html file that works without a network", output);
  Option folder =
      command.option("Output", "--site", "DIR", "A folder for a web server, which can also read h5ad", site)
          .excludes(file);
  command
      .option("Output", "--gallery", "DIR",
              "A folder with such a file of each model, and index.html, which leads to them. larry.md beside "
              "larry.safetensors is its card: a title and a text, which index.html shows",
              gallery)
      .excludes(file)
      .excludes(folder)
      .excludes(network);
  general.add_to(command);
  command.footer(
      "Names of cells and pictures in two dimensions, such as obsm/X_umap, come along.\n"
      "\n"
      "Examples:\n"
      "  cellmnn export eb.safetensors eb.h5ad -o eb.html\n"
      "  cellmnn export eb.safetensors eb.h5ad --site public\n"
      "  cellmnn export eb.safetensors eb.h5ad larry.safetensors larry.h5ad --gallery public");
}

/// The reader of h5ad, which the page loads when it is needed.
void copy_reader(const std::filesystem::path& site) {
  for (const std::filesystem::directory_entry& entry : std::filesystem::directory_iterator(page_folder())) {
    if (entry.path().extension() == ".js") {
      write_file((site / entry.path().filename()).string(), read_file(entry.path().string()));
    }
  }
}

void ExportCommand::complete() {
  if (output.empty() && site.empty() && gallery.empty()) {
    throw Error(ErrorCode::usage, "nothing to write: give --output FILE.html, --site DIR or --gallery DIR");
  }
  if (!more.empty() && gallery.empty()) {
    throw Error(ErrorCode::usage, "one page shows one model and its data, but there is also '" +
                                      more.front() + "'; --gallery DIR makes pages of several models");
  }
  check_ending("--output", output, {".html", ".htm"});
  if (general.seed) page.seed = *general.seed;
  page.is_alone = site.empty();
}

GalleryRequest ExportCommand::request() const {
  GalleryRequest request{gallery, {model, data.path}, data, page};
  request.files.insert(request.files.end(), more.begin(), more.end());
  return request;
}

void ExportCommand::run(Session& session) const {
  if (!gallery.empty()) return write_gallery(request(), session);
  const std::string path = site.empty() ? output : (std::filesystem::path(site) / "index.html").string();
  const std::vector<std::string> inputs = {model, data.path, page.truth.network, page.truth.paths};
  if (site.empty() || std::filesystem::exists(site)) check_writable(path, inputs);
  const ExportedPage exported(model, data, session);
  const std::string html = exported.html(page);
  OutputGroup outputs;
  if (!site.empty()) {
    make_folder(site);
    copy_reader(site);
  }
  write_file(path, html);
  outputs.appear();
  session.say(exported.written(path, html, page) + "; open it in a browser");
}

}  // namespace

void add_export(Program& program) {
  Command command = program.add_command(
      "export", "Make an interactive page of a model: one file, a site, or a gallery of several");
  const auto page = std::make_shared<ExportCommand>();
  page->add_to(command);
  command.on_run([page] {
    page->complete();
    in_session("export", page->general, page->request().files, [&](Session& session) { page->run(session); });
  });
}

}  // namespace cellmnn

#include "native/commands/export/gallery.hpp"

#include <filesystem>
#include <set>

#include "cellmnn/error.hpp"
#include "native/commands/export/exported_page.hpp"
#include "native/commands/export/gallery_page.hpp"
#include "native/commands/pages/picture_input.hpp"
#include "native/io/files/output_file.hpp"
#include "native/io/files/output_group.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

constexpr const char* kIndex = "index.html";

std::string page_name(const std::string& model) {
  return std::filesystem::path(model).stem().string() + ".html";
}

std::string path_in(const GalleryRequest& request, const std::string& name) {
  return (std::filesystem::path(request.folder) / name).string();
}

struct MadePage {
  GalleryEntry entry;
  std::string path, html, written;
};

MadePage made_page(const GalleryRequest& request, std::size_t place, Session& session) {
  DataFlags data = request.data;
  data.path = request.files[place + 1];
  const ExportedPage page(request.files[place], data, session);
  MadePage made{{page_name(page.model_path), read_card(page.model_path), facts(page.file, page.model.model),
                 thumbnail(snapshots_picture(page.file, &page.model.model, session.pool()))},
                path_in(request, page_name(page.model_path)),
                {},
                {}};
  std::string& title = made.entry.card.title;
  if (title.empty()) title = std::filesystem::path(page.model_path).stem().string();
  PageOptions options = request.page;
  options.title = title;
  made.html = page.html(options);
  made.written = page.written(made.path, made.html, options);
  return made;
}

void check_gallery(const GalleryRequest& request) {
  if (request.files.size() % 2 != 0) {
    throw Error(ErrorCode::usage, "--gallery takes each model with its data, but '" + request.files.back() +
                                      "' is the last of " + std::to_string(request.files.size()) +
                                      " files; expected MODEL DATA MODEL DATA ...");
  }
  std::set<std::string> names = {kIndex};
  for (std::size_t k = 0; k < request.files.size(); k += 2) {
    const std::string name = page_name(request.files[k]);
    if (!names.insert(name).second) {
      throw Error(ErrorCode::usage,
                  "the page of '" + request.files[k] + "' would be " + name +
                      ", which is another page of the gallery; give the model another name");
    }
  }
  if (!std::filesystem::exists(request.folder)) return;
  for (const std::string& name : names) check_writable(path_in(request, name), request.files);
}

}  // namespace

void write_gallery(const GalleryRequest& request, Session& session) {
  check_gallery(request);
  std::vector<MadePage> pages;
  std::vector<GalleryEntry> entries;
  for (std::size_t k = 0; k < request.files.size(); k += 2) {
    pages.push_back(made_page(request, k, session));
    entries.push_back(pages.back().entry);
  }
  OutputGroup outputs;
  make_folder(request.folder);
  for (const MadePage& page : pages) write_file(page.path, page.html);
  const std::string index = path_in(request, kIndex);
  write_file(index, gallery_html(request.page.title, entries));
  outputs.appear();
  for (const MadePage& page : pages) session.say(page.written);
  session.say("wrote " + index + ": " + counted(std::ssize(entries), "model") + "; open it in a browser");
}

}  // namespace cellmnn

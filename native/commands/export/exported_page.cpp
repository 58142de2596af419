#include "native/commands/export/exported_page.hpp"

#include <algorithm>
#include <filesystem>

#include "native/io/files/input_file.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
ExportedPage::ExportedPage(const std::string& path, const DataFlags& data, Session& session)
    : model_path(path), model(read_model(path)), file(read_input_of_model(data, model, session)) {}

std::string ExportedPage::html(PageOptions options) const {
  if (options.title.empty()) options.title = std::filesystem::path(file.path).stem().string();
  return page_html(read_file(model_path), file, options);
}

std::string ExportedPage::written(const std::string& path, const std::string& html,
                                  const PageOptions& options) const {
  const Index shown = std::min(options.most_cells, file.data.cells());
  return "wrote " + path + ": " + counted(shown, "cell") +
         (shown < file.data.cells() ? " of " + grouped(file.data.cells()) : "") + ", " +
         fixed(static_cast<double>(html.size()) / 1e6, 1) + " MB";
}

}  // namespace cellmnn

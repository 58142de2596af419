/// A model and the cells that are shown with it.
#pragma once

#include <string>

#include "native/commands/input/data_input.hpp"
#include "native/commands/pages/page.hpp"

namespace cellmnn {

struct ExportedPage {
  std::string model_path;
  ModelFile model;
  DataFile file;

  /// Throws bad_input for data that are not such as those of the model's training.
  ExportedPage(const std::string& path, const DataFlags& data, Session& session);

  /// Without a title in the options it is the name of the data.
  std::string html(PageOptions options) const;

  /// "wrote PATH: 2,000 of 16,819 cells, 1.2 MB".
  std::string written(const std::string& path, const std::string& html, const PageOptions& options) const;
};

}  // namespace cellmnn

/// Several models as pages in a folder, with one page that leads to them.
#pragma once

#include <string>
#include <vector>

#include "native/commands/input/data_input.hpp"
#include "native/commands/pages/page.hpp"

namespace cellmnn {

struct GalleryRequest {
  std::string folder;
  std::vector<std::string> files;  ///< a model, its data, the next model, its data, ...
  DataFlags data;                  ///< the options of all data
  PageOptions page;                ///< of all pages; the title is that of the gallery
};

/// NAME.html of each NAME.safetensors, and index.html, once all are made. Throws usage, before any work is
/// done, unless every model has data and its page a name of its own.
void write_gallery(const GalleryRequest& request, Session& session);

}  // namespace cellmnn

/// The page of a gallery that leads to all others.
#pragma once

#include <string>
#include <vector>

#include "native/commands/export/model_card.hpp"
#include "native/io/models/model_file.hpp"
#include "native/io/time_courses/data_file.hpp"
#include "native/pictures/svg.hpp"

namespace cellmnn {

struct GalleryEntry {
  std::string page;  ///< its file, in the folder of the gallery
  ModelCard card;
  std::string facts;
  Svg picture;
};

/// "781 cells at 3 times (2, 4, 6 d), 5 components, 2,481 genes".
std::string facts(const DataFile& file, const CellMnn& model);

/// One file without scripts; an empty title is "Gallery".
std::string gallery_html(const std::string& title, const std::vector<GalleryEntry>& entries);

}  // namespace cellmnn

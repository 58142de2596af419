/// The card of a model: what people should know of it, in a file beside it.
#pragma once

#include <string>
#include <vector>

#include "native/commands/export/markdown.hpp"

namespace cellmnn {

struct ModelCard {
  std::string title;                        ///< its first heading, or empty
  std::vector<markdown::Block> lead, rest;  ///< up to the next heading, and from there
};

/// larry.md beside larry.safetensors; an empty card where there is none. Throws bad_input unless it is UTF-8.
ModelCard read_card(const std::string& model_path);

}  // namespace cellmnn

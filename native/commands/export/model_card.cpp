#include "native/commands/export/model_card.hpp"

#include <algorithm>
#include <filesystem>

#include "native/io/files/input_file.hpp"
#include "native/io/files/utf8.hpp"

namespace cellmnn {

ModelCard read_card(const std::string& model_path) {
  const std::string path = std::filesystem::path(model_path).replace_extension(".md").string();
  if (!std::filesystem::exists(path)) return {};
  const std::string text = read_file(path);
  if (const auto invalid = first_invalid_utf8(text)) {
    throw file_error(path,
                     "is no card of a model: its byte " + std::to_string(*invalid + 1) + " is not UTF-8");
  }
  const auto is_heading = [](const markdown::Block& block) { return block.kind == markdown::Kind::heading; };
  const std::vector<markdown::Block> blocks = markdown::blocks(text);
  ModelCard card;
  auto begin = blocks.begin();
  if (begin != blocks.end() && is_heading(*begin)) card.title = begin++->lines.front();
  const auto end = std::find_if(begin, blocks.end(), is_heading);
  card.lead.assign(begin, end);
  card.rest.assign(end, blocks.end());
  return card;
}

}  // namespace cellmnn

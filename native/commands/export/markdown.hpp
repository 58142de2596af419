/// The part of Markdown that cards of models are written in.
#pragma once

#include <string>
#include <vector>

namespace cellmnn::markdown {

enum class Kind { heading, paragraph, list, code, table };

struct Block {
  Kind kind;
  std::vector<std::string> lines;  ///< of code as they are; else joined: one, or one an item, or one a row
};

/// Headings of one line; lists with "- "; code between lines of ```; tables whose rows begin with "|".
std::vector<Block> blocks(const std::string& text);

/// As HTML, headings below those of a page. In texts `code` is marked; all else stays as it is written.
std::string html(const Block& block);

}  // namespace cellmnn::markdown

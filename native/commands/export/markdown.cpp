#include "native/commands/export/markdown.hpp"

#include <algorithm>
#include <string_view>

#include "native/commands/pages/html.hpp"
#include "native/io/files/text.hpp"
#include "native/pictures/svg.hpp"

namespace cellmnn::markdown {
namespace {

constexpr std::string_view kFence = "```", kItem = "- ";

/// The next line, which is taken off.
std::string_view next_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

Block code(std::string_view& text) {
  Block block{Kind::code, {}};
  while (!text.empty()) {
    const std::string_view line = next_line(text);
    if (trimmed(line) == kFence) break;
    block.lines.emplace_back(line);
  }
  return block;
}

Kind kind_of(std::string_view line) {
  if (line.starts_with('#')) return Kind::heading;
  if (line.starts_with('|')) return Kind::table;
  return line.starts_with(kItem) ? Kind::list : Kind::paragraph;
}

/// The texts of a table's row: "| a | b |" -> {"a", "b"}.
std::vector<std::string> cells(std::string_view row) {
  std::vector<std::string> texts;
  row.remove_prefix(1);
  while (!row.empty()) {
    const std::size_t end = std::min(row.find('|'), row.size());
    texts.emplace_back(trimmed(row.substr(0, end)));
    row.remove_prefix(std::min(end + 1, row.size()));
  }
  return texts;
}

bool is_rule(const std::string& row) { return row.find_first_not_of("|-: ") == std::string::npos; }

std::string marked(const std::string& text) {
  std::string result;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t open = text.find('`', begin);
    const std::size_t close = open == std::string::npos ? open : text.find('`', open + 1);
    if (close == std::string::npos) return result + escaped(text.substr(begin));
    result += escaped(text.substr(begin, open - begin)) + "<code>";
    result += escaped(text.substr(open + 1, close - open - 1)) + "</code>";
    begin = close + 1;
  }
  return result;
}

std::string table_html(const Block& block) {
  std::vector<std::vector<std::string>> rows;
  for (std::size_t r = 1; r < block.lines.size(); ++r) {
    if (!is_rule(block.lines[r])) rows.push_back(cells(block.lines[r]));
  }
  return html::table(cells(block.lines.front()), rows);
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

}  // namespace

std::vector<Block> blocks(const std::string& text) {
  std::vector<Block> found;
  bool open = false;  // the last block goes on
  for (std::string_view rest = text; !rest.empty();) {
    const std::string line(trimmed(next_line(rest)));
    if (line.starts_with(kFence)) {
      found.push_back(code(rest));
      open = false;
      continue;
    }
    const Kind kind = kind_of(line);
    const bool goes_on = open && kind == found.back().kind && kind != Kind::heading;
    if (line.empty()) {
      open = false;
    } else if (kind == Kind::paragraph && open && found.back().kind != Kind::heading &&
               found.back().kind != Kind::table) {
      found.back().lines.back() += " " + line;
    } else {
      if (!goes_on) found.push_back({kind, {}});
      const std::size_t begin = kind == Kind::heading ? line.find_first_not_of('#')
                                : kind == Kind::list  ? 2
                                                      : 0;
      found.back().lines.emplace_back(trimmed(std::string_view(line).substr(std::min(begin, line.size()))));
      open = true;
    }
  }
  return found;
}

std::string html(const Block& block) {
  switch (block.kind) {
    case Kind::heading:
      return html::element("h3", marked(block.lines.front()));
    case Kind::code:
      return html::fixed_text(joined(block.lines));
    case Kind::table:
      return table_html(block);
    case Kind::list: {
      std::string items;
      for (const std::string& item : block.lines) items += html::element("li", marked(item));
      return html::element("ul", items);
    }
    case Kind::paragraph:
      break;
  }
  return html::element("p", marked(block.lines.front()));
}

}  // namespace cellmnn::markdown

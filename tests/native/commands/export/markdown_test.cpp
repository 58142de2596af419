#include "native/commands/export/markdown.hpp"

#include <string>
#include <vector>

#include "catch.hpp"

using namespace cellmnn;
using markdown::Kind;

namespace {

std::string html_of(const std::string& text) {
  std::string all;
  for (const markdown::Block& block : markdown::blocks(text)) all += markdown::html(block);
  return all;
}

}  // namespace

TEST_CASE("lines of Markdown become blocks", "[markdown]") {
  const auto blocks =
      markdown::blocks("# One\ntext\r\nof two\n\n- a\n  b\n- c\n|x|y|\n|-|-|\nend\n```sh\n a\n\n```\n");
  const std::vector<Kind> kinds = {Kind::heading, Kind::paragraph, Kind::list,
                                   Kind::table,   Kind::paragraph, Kind::code};
  const std::vector<std::vector<std::string>> lines = {
      {"One"}, {"text of two"}, {"a b", "c"}, {"|x|y|", "|-|-|"}, {"end"}, {" a", ""}};
  REQUIRE(blocks.size() == kinds.size());
  for (std::size_t k = 0; k < kinds.size(); ++k) {
    CHECK(blocks[k].kind == kinds[k]);
    CHECK(blocks[k].lines == lines[k]);
  }
}

TEST_CASE("blocks are HTML with all of their text escaped", "[markdown]") {
  CHECK(html_of("## <a>\n") == "<h3>&lt;a&gt;</h3>\n");
  CHECK(html_of("one `<b>` and `c") == "<p>one <code>&lt;b&gt;</code> and `c</p>\n");
  CHECK(html_of("```\n<d>\n") == "<pre>&lt;d&gt;\n</pre>\n");
  CHECK(html_of("| e |\n|---|\n| <f> |\n").find("<td>&lt;f&gt;</td>") != std::string::npos);
}

TEST_CASE("odd Markdown is read as something", "[markdown]") {
  CHECK(html_of("").empty());
  CHECK(html_of("\n \n").empty());
  CHECK(html_of("#") == "<h3></h3>\n");
  CHECK(html_of("-") == "<p>-</p>\n");
  CHECK(html_of("|").find("<table>") != std::string::npos);
  CHECK(html_of("```").find("<pre>") != std::string::npos);
  CHECK(html_of("``") == "<p><code></code></p>\n");
}

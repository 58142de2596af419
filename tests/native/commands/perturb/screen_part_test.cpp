#include "native/commands/perturb/screen_part.hpp"

#include <sstream>

#include "catch.hpp"
#include "cellmnn/error.hpp"
#include "error_matcher.hpp"
#include "native/temp_folder.hpp"

using namespace cellmnn;

TEST_CASE("parts are all rows, each once, and begin at multiples", "[screen]") {
  for (const std::size_t count : {0U, 1U, 7U, 64U, 65U, 200U, 1000U}) {
    for (const std::size_t of : {1U, 2U, 3U, 11U}) {
      for (const std::size_t together : {1U, 64U}) {
        std::size_t at = 0;
        for (std::size_t number = 1; number <= of; ++number) {
          const auto [begin, end] = WorkPart{number, of}.rows(count, together);
          CHECK(begin == at);
          CHECK(end >= begin);
          if (begin < count) CHECK(begin % together == 0);
          at = end;
        }
        CHECK(at == count);
      }
    }
  }
}

TEST_CASE("parts of a screen become the whole in any order", "[screen]") {
  const TempFolder folder;
  Screen screen{screen_kind::kNetwork, {{"time", 2}}, "3 genes\n", "note\n", {}};
  std::vector<std::string> paths;
  for (const std::size_t number : {2U, 1U}) {
    screen.rows = {{{"gene", "g" + std::to_string(number)},
                    {"change", 1.0 / 3},
                    {"largest_gene", "\xC3\xBC"},
                    {"largest_change", -0.1}}};
    paths.push_back(folder.file(std::to_string(number) + ".jsonl"));
    std::ostringstream out;
    give_screen(screen, WorkPart{number, 2}, paths.back(), out);
    CHECK(out.str().empty());
  }
  const Screen merged = merged_screen(paths);
  REQUIRE(merged.rows.size() == 2);
  CHECK(merged.rows[0].at("gene") == "g1");
  CHECK(merged.rows[1].at("change").get<double>() == 1.0 / 3);
  std::ostringstream out;
  give_screen(merged, std::nullopt, folder.file("screen.tsv"), out);
  CHECK(out.str().starts_with("3 genes\n"));
  CHECK(out.str().ends_with("note\n"));
  CHECK(bytes_of(folder.file("screen.tsv")) ==
        "rank\tgene\tchange\tlargest_gene\tlargest_change\n1\tg1\t0.3333333333333333\t\xC3\xBC\t-0.1\n"
        "2\tg2\t0.3333333333333333\t\xC3\xBC\t-0.1\n");
  CHECK_THROWS_MATCHES(merged_screen({paths.front()}), Error,
                       error_with(ErrorCode::bad_input, {"part 1/2 is missing"}));
}

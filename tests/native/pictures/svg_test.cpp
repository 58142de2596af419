#include "native/pictures/svg.hpp"

#include "catch.hpp"
#include "native/pictures/colors.hpp"
#include "native/pictures/plot_area.hpp"

using namespace cellmnn;

TEST_CASE("texts of a picture are escaped", "[pictures]") {
  CHECK(escaped("a<b> & 'c' \"d\"\n") == "a&lt;b&gt; &amp; &#39;c&#39; &quot;d&quot; ");
  Svg svg(10, 10, "x < y");
  svg.text({1, 2}, "<script>");
  CHECK(svg.file().find("<script>") == std::string::npos);
  CHECK(svg.file().find("<title>x &lt; y</title>") != std::string::npos);
}

TEST_CASE("a file stands alone, an element needs the style of its page", "[pictures]") {
  Svg svg(20, 10, "dot");
  svg.circle({5, 5.25}, 2, "class='ink'");
  CHECK(svg.file().starts_with("<svg xmlns='http://www.w3.org/2000/svg'"));
  CHECK(svg.file().find(picture_style()) != std::string::npos);
  CHECK(svg.element().find("<style>") == std::string::npos);
  CHECK(svg.element().find("cx='5' cy='5.2'") != std::string::npos);
}

TEST_CASE("round numbers lie in the range", "[pictures]") {
  CHECK(round_numbers({0, 10}, 5) == std::vector<double>{0, 2, 4, 6, 8, 10});
  CHECK(round_numbers({-0.9, 1.1}, 4) == std::vector<double>{-0.5, 0, 0.5, 1});
  CHECK(range_of({NAN, 3, -1}).low == -1);
  CHECK(range_of({}).high == 1);
  CHECK(Range{2, 2}.widened().high > 2);
}

TEST_CASE("a plot area places values upwards", "[pictures]") {
  Svg svg(100, 100, "");
  const PlotArea area(svg, {10, 20, 50, 60}, {0, 5}, {0, 2});
  CHECK(area.at(0, 0).x == 10);
  CHECK(area.at(0, 0).y == 80);
  CHECK(area.at(5, 2).x == 60);
  CHECK(area.at(5, 2).y == 20);
}

TEST_CASE("long texts are cut between characters", "[pictures]") {
  CHECK(shortened("gene", 4) == "gene");
  CHECK(shortened("üüü", 2) == "üü...");
}

TEST_CASE("neighbouring labels differ in colour and in dash", "[pictures]") {
  CHECK(category_color(0) != category_color(1));
  CHECK(category_dash(0).empty());
  CHECK(category_dash(1) != category_dash(2));
  CHECK(ordered_class(-1) == "class='o0'");
  CHECK(ordered_class(2) == "class='o8'");
}

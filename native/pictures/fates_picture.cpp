#include <algorithm>
#include <cmath>
#include <numeric>

#include "native/io/files/text.hpp"
#include "native/pictures/colors.hpp"
#include "native/pictures/pictures.hpp"
#include "native/pictures/plot_area.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

constexpr std::size_t kGroups = 10;  // of a calibration

void draw_shares(Svg& svg, const Box& box, const Vector<double>& shares,
                 const std::vector<std::string>& colors) {
  double top = box.top;
  for (Index f = 0; f < shares.size(); ++f) {
    const double height = box.height * shares(f);
    std::string look = "fill='";
    look += escaped(colors[static_cast<std::size_t>(f)]) + "'";
    svg.rectangle({box.left, top, box.width, height}, look);
    if (height > 14) {
      svg.text({box.left + box.width / 2, top + height / 2 + 4}, fixed(100 * shares(f), 0) + " %",
               Anchor::middle, "fill='#fff' stroke='#0008' stroke-width='2' paint-order='stroke'");
    }
    top += height;
  }
}

}  // namespace

Svg drawn(const FatesPicture& picture) {
  const std::size_t columns = picture.times.size() + 1;
  const double step = std::max(58.0, std::min(110.0, 560.0 / static_cast<double>(columns)));
  const double width = 60 + step * static_cast<double>(columns);
  Svg svg(std::max(width, 420.0), 360, "Mean probability of each fate by time");
  const double legend =
      draw_legend(svg, {20, 20}, std::max(width, 420.0) - 40, picture.names, picture.colors);
  const double top = 30 + legend, height = 310 - legend - 50;
  for (std::size_t s = 0; s < columns; ++s) {
    const double left = 40 + step * static_cast<double>(s) + (s + 1 == columns ? 14 : 0);
    const double centre = left + step * 0.4;
    const bool is_base = s + 1 == columns;
    draw_shares(svg, {left, top, step * 0.8, height}, is_base ? picture.base_rates : picture.means[s],
                picture.colors);
    svg.text({centre, top + height + 16}, is_base ? "base rates" : number_text(picture.times[s]),
             Anchor::middle, "class='ink'");
    if (is_base) continue;
    const std::string words = picture.known[s];
    const std::size_t space = step < 90 ? words.find(' ') : std::string::npos;
    svg.text({centre, top + height + 32}, words.substr(0, space), Anchor::middle, "class='quiet'");
    if (space != std::string::npos) {
      svg.text({centre, top + height + 46}, words.substr(space + 1), Anchor::middle, "class='quiet'");
    }
  }
  return svg;
}

Svg drawn(const CalibrationPicture& picture) {
  Svg svg(440, 400, "Probabilities of fates and how often they came true");
  const double legend = draw_legend(svg, {20, 20}, 400, picture.names, picture.colors);
  const PlotArea area(svg, {64, 16 + legend, 340, 320 - legend}, {0, 1}, {0, 1});
  area.x_axis("probability");
  area.y_axis("share that came true");
  svg.line(area.at(0, 0), area.at(1, 1), "class='axis' stroke-dasharray='4 4'");
  const Index cells = picture.probabilities.rows();
  for (Index f = 0; f < picture.probabilities.cols(); ++f) {
    std::vector<Index> order(static_cast<std::size_t>(cells));
    std::iota(order.begin(), order.end(), Index{0});
    std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) {
      return picture.probabilities(a, f) < picture.probabilities(b, f);
    });
    std::vector<Point> points;
    for (std::size_t g = 0; g < kGroups; ++g) {
      const std::size_t begin = order.size() * g / kGroups, end = order.size() * (g + 1) / kGroups;
      if (begin == end) continue;
      double predicted = 0, true_share = 0;
      for (std::size_t k = begin; k < end; ++k) {
        predicted += picture.probabilities(order[k], f) / static_cast<double>(end - begin);
        true_share += picture.truth(order[k], f) / static_cast<double>(end - begin);
      }
      points.push_back(area.at(predicted, true_share));
    }
    const auto at = static_cast<std::size_t>(f);
    std::string look = "'";
    look += escaped(picture.colors[at]) + "'";
    svg.polyline(points, "stroke-width='1.6' stroke=" + look + category_dash(at));
    for (const Point& point : points) svg.circle(point, 3.2, "fill=" + look);
  }
  return svg;
}

}  // namespace cellmnn

#include <algorithm>
#include <cmath>
#include <numeric>

#include "native/pictures/colors.hpp"
#include "native/pictures/pictures.hpp"
#include "native/pictures/plot_area.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {

Svg drawn(const ScoresPicture& picture) {
  constexpr double kRow = 26;
  std::vector<double> means;
  Range range{0, 0};
  for (const std::vector<double>& values : picture.values) {
    const double sum = std::accumulate(values.begin(), values.end(), 0.0);
    means.push_back(values.empty() ? INFINITY : sum / static_cast<double>(values.size()));
    for (const double value : values) range.include(value);
  }
  std::vector<std::size_t> order(picture.methods.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return means[a] < means[b]; });
  const double height = kRow * static_cast<double>(order.size());
  Svg svg(680, height + 76, picture.metric + " by method");
  const PlotArea area(svg, {220, 16, 380, height}, {0, range.widened().high}, {0, 1});
  area.x_axis(picture.metric + ", lower is better");
  for (std::size_t r = 0; r < order.size(); ++r) {
    const std::size_t m = order[r];
    const double y = 16 + kRow * (static_cast<double>(r) + 0.5);
    const bool is_ours = picture.methods[m].starts_with("cellmnn");
    svg.text({210, y + 4}, shortened(picture.methods[m], 30), Anchor::end,
             is_ours ? "class='ink bold'" : "class='ink'");
    if (!std::isfinite(means[m])) continue;
    const double end = area.at(means[m], 0).x;
    svg.rectangle({220, y - 8, end - 220, 16},
                  "fill='" + category_color(is_ours ? 0 : 8) + "' fill-opacity='0.75'");
    for (const double value : picture.values[m]) svg.circle({area.at(value, 0).x, y}, 2.6, "class='ink'");
    svg.text({std::max(end, area.at(range.high, 0).x) + 8, y + 4}, fixed(means[m], 3), Anchor::start,
             "class='quiet'");
  }
  return svg;
}

Svg drawn(const LossPicture& picture) {
  Svg svg(640, 360, "Loss by training step");
  const PlotArea area(svg, {74, 20, 540, 284}, range_of(picture.steps).widened(),
                      range_of(picture.loss).widened());
  area.x_axis("step");
  area.y_axis("loss");
  std::vector<Point> points;
  for (std::size_t k = 0; k < picture.steps.size(); ++k) {
    points.push_back(area.at(picture.steps[k], picture.loss[k]));
  }
  svg.polyline(points, "stroke-width='1.6' stroke='" + category_color(0) + "'");
  return svg;
}

}  // namespace cellmnn

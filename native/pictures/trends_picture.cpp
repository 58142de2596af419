#include <algorithm>
#include <cmath>

#include "native/pictures/colors.hpp"
#include "native/pictures/pictures.hpp"
#include "native/pictures/plot_area.hpp"

namespace cellmnn {
namespace {

constexpr std::size_t kAcross = 3;
constexpr double kPanelWidth = 260, kPanelHeight = 210;

void draw_trend(Svg& svg, const PlotArea& area, const TrendsPicture& picture, const TrendsPicture::Line& line,
                std::size_t fate) {
  std::vector<Point> middle, band, below;
  for (std::size_t t = 0; t < picture.times.size(); ++t) {
    if (!std::isfinite(line.mean[t])) continue;
    middle.push_back(area.at(picture.times[t], line.mean[t]));
    band.push_back(area.at(picture.times[t], line.high[t]));
    below.push_back(area.at(picture.times[t], line.low[t]));
  }
  band.insert(band.end(), below.rbegin(), below.rend());
  std::string color = "'";
  color += escaped(picture.colors[fate]) + "'";
  svg.polygon(band, "fill-opacity='0.18' fill=" + color);
  svg.polyline(middle, "stroke-width='2' stroke=" + color + category_dash(fate));
}

Range values_of(const TrendsPicture& picture, std::size_t gene) {
  std::vector<double> values = picture.all[gene];
  for (const TrendsPicture::Line& line : picture.lines[gene]) {
    values.insert(values.end(), line.low.begin(), line.low.end());
    values.insert(values.end(), line.high.begin(), line.high.end());
  }
  return range_of(values).widened();
}

}  // namespace

Svg drawn(const TrendsPicture& picture) {
  const std::size_t genes = picture.genes.size(), rows = (genes + kAcross - 1) / kAcross;
  const double width = kPanelWidth * static_cast<double>(std::min(kAcross, genes)) + 20;
  const double height = 72 + kPanelHeight * static_cast<double>(rows);
  Svg svg(std::max(width, 420.0), height, "Expression along the way to each fate");
  const double legend =
      draw_legend(svg, {20, 20}, std::max(width, 420.0) - 40, picture.fates, picture.colors);
  for (std::size_t g = 0; g < genes; ++g) {
    const std::size_t column = g % kAcross, row = g / kAcross;
    const double left = kPanelWidth * static_cast<double>(column);
    const double top = 36 + legend + kPanelHeight * static_cast<double>(row);
    const PlotArea area(svg, {left + 54, top, kPanelWidth - 70, kPanelHeight - 64},
                        range_of(picture.times).widened(), values_of(picture, g));
    svg.text({left + 54, top - 6}, picture.genes[g], Anchor::start, "class='ink bold'");
    area.x_axis("time");
    area.y_axis("");
    for (std::size_t f = 0; f < picture.fates.size(); ++f) {
      draw_trend(svg, area, picture, picture.lines[g][f], f);
    }
    for (std::size_t t = 0; t < picture.times.size(); ++t) {
      if (!std::isfinite(picture.all[g][t])) continue;
      svg.circle(area.at(picture.times[t], picture.all[g][t]), 3, "class='quiet'");
    }
  }
  svg.text({20, height - 6}, "dots: all cells of a time", Anchor::start, "class='quiet'");
  return svg;
}

}  // namespace cellmnn

#include <algorithm>
#include <cmath>

#include "native/pictures/colors.hpp"
#include "native/pictures/pictures.hpp"
#include "native/pictures/plot_area.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

/// Activation ends in an arrow, repression in a bar, and its line has dashes.
void draw_edge(Svg& svg, const Point& from, const Point& to, const NetworkPicture::Edge& edge,
               double largest) {
  const bool represses = edge.score < 0;
  std::string look = "stroke='";
  look += represses ? kNegativeColor : kPositiveColor;
  look += "' stroke-width='" + fixed(1 + 3 * std::abs(edge.score) / largest, 1) + "'";
  svg.line(from, to, represses ? look + " stroke-dasharray='6 3'" : look);
  const double length = std::hypot(to.x - from.x, to.y - from.y);
  const Point along{(to.x - from.x) / length, (to.y - from.y) / length};
  if (represses) {
    svg.line({to.x - 6 * along.y, to.y + 6 * along.x}, {to.x + 6 * along.y, to.y - 6 * along.x}, look);
    return;
  }
  const Point base{to.x - 8 * along.x, to.y - 8 * along.y};
  svg.polygon(
      {to, {base.x - 4 * along.y, base.y + 4 * along.x}, {base.x + 4 * along.y, base.y - 4 * along.x}},
      std::string("fill='") + kPositiveColor + "'");
}

std::string edge_label(const NetworkPicture::Edge& edge) {
  return shortened(edge.gene, 16) + (std::isfinite(edge.confidence) ? "  " + fixed(edge.confidence, 2) : "");
}

}  // namespace

Svg drawn(const NetworkPicture& picture) {
  constexpr double kRow = 24;
  const std::size_t rows = std::max({picture.sources.size(), picture.targets.size(), std::size_t{2}});
  const double height = kRow * static_cast<double>(rows), middle = 40 + height / 2;
  Svg svg(680, height + 100, "Genes that act on " + picture.gene + ", and on which it acts");
  double largest = 0;
  for (const auto* edges : {&picture.sources, &picture.targets}) {
    for (const NetworkPicture::Edge& edge : *edges) largest = std::max(largest, std::abs(edge.score));
  }
  if (!(largest > 0)) largest = 1;
  const double half = std::max(34.0, text_width(picture.gene) / 2 + 12);
  const auto row = [&](std::size_t k, std::size_t count) {
    return middle + kRow * (static_cast<double>(k) - (static_cast<double>(count) - 1) / 2);
  };
  for (std::size_t k = 0; k < picture.sources.size(); ++k) {
    const double y = row(k, picture.sources.size());
    draw_edge(svg, {176, y}, {340 - half - 6, middle + (y - middle) * 0.12}, picture.sources[k], largest);
    svg.text({168, y + 4}, edge_label(picture.sources[k]), Anchor::end);
  }
  for (std::size_t k = 0; k < picture.targets.size(); ++k) {
    const double y = row(k, picture.targets.size());
    draw_edge(svg, {340 + half, middle + (y - middle) * 0.12}, {504, y}, picture.targets[k], largest);
    svg.text({514, y + 4}, edge_label(picture.targets[k]));
  }
  svg.rectangle({340 - half, middle - 15, 2 * half, 30}, "rx='8' class='ground' stroke='#777'");
  svg.text({340, middle + 4}, picture.gene, Anchor::middle, "class='ink bold'");
  svg.text({168, 24}, "acts on it", Anchor::end, "class='quiet'");
  svg.text({514, 24}, "it acts on", Anchor::start, "class='quiet'");
  svg.text({340, height + 80}, "line with arrow: activates; dashes with bar: represses; number: confidence",
           Anchor::middle, "class='quiet'");
  return svg;
}

Svg drawn(const ScreenPicture& picture) {
  constexpr double kRow = 22, kLeft = 130, kColumn = 120;
  const double height = kRow * static_cast<double>(picture.genes.size());
  const double width = kLeft + kColumn * static_cast<double>(picture.columns.size()) + 20;
  Svg svg(std::max(width, 420.0), height + 96, picture.what);
  double largest = 0;
  for (const double change : picture.changes.reshaped()) {
    if (std::isfinite(change)) largest = std::max(largest, std::abs(change));
  }
  for (std::size_t f = 0; f < picture.columns.size(); ++f) {
    svg.text({kLeft + kColumn * (static_cast<double>(f) + 0.5), 30}, shortened(picture.columns[f], 17),
             Anchor::middle);
  }
  for (std::size_t g = 0; g < picture.genes.size(); ++g) {
    const double y = 42 + kRow * static_cast<double>(g);
    svg.text({kLeft - 10, y + 15}, shortened(picture.genes[g], 17), Anchor::end);
    for (std::size_t f = 0; f < picture.columns.size(); ++f) {
      const double change = picture.changes(static_cast<Index>(g), static_cast<Index>(f));
      if (std::isnan(change)) continue;
      const double left = kLeft + kColumn * static_cast<double>(f);
      svg.rectangle({left + 2, y + 1, kColumn - 4, kRow - 2}, signed_look(0.7 * change, largest));
      svg.text({left + kColumn / 2, y + 15}, (change > 0 ? "+" : "") + fixed(change, 3), Anchor::middle,
               picture.sure[g][f] ? "class='ink bold'" : "class='quiet'");
    }
  }
  svg.text({20, height + 66}, picture.what, Anchor::start, "class='quiet'");
  svg.text({20, height + 82}, "bold: p below 0.05, more than genes alike", Anchor::start, "class='quiet'");
  return svg;
}

}  // namespace cellmnn

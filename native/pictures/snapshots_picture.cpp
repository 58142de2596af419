#include <algorithm>
#include <cmath>
#include <limits>

#include "native/io/files/text.hpp"
#include "native/pictures/colors.hpp"
#include "native/pictures/pictures.hpp"
#include "native/pictures/plot_area.hpp"

namespace cellmnn {
namespace {

std::string time_class(const SnapshotsPicture& picture, std::size_t s) {
  const double whole = picture.times.back() - picture.times.front();
  return ordered_class(whole > 0 ? (picture.times[s] - picture.times.front()) / whole : 0);
}

/// How much of a picture is drawn, evenly taken.
struct Detail {
  Index cells;  ///< of each time, at most
  Index paths;
};

Index step_of(Index count, Index most) { return std::max<Index>(1, (count + most - 1) / most); }

void draw_cells(Svg& svg, const PlotArea& area, const SnapshotsPicture& picture, const Detail& detail) {
  for (std::size_t s = 0; s < picture.cells.size(); ++s) {
    const Matrix<float>& cells = picture.cells[s];
    for (Index i = 0; i < cells.rows(); i += step_of(cells.rows(), detail.cells)) {
      std::string look = time_class(picture, s);
      look += " stroke-width='0' fill-opacity='0.6'";
      svg.circle(area.at(cells(i, 0), cells(i, 1)), 1.8, look);
    }
  }
  const Index paths = std::ssize(picture.paths);
  for (Index p = 0; p < paths; p += step_of(paths, detail.paths)) {
    std::vector<Point> points;
    for (const auto& row : picture.paths[static_cast<std::size_t>(p)].rowwise()) {
      points.push_back(area.at(row(0), row(1)));
    }
    svg.polyline(points, "stroke-width='1.4' stroke='#777' stroke-opacity='0.9'");
    svg.circle(points.front(), 2.4, "class='ink'");
  }
}

PlotArea area_of(const SnapshotsPicture& picture, Svg& svg, const Box& box) {
  Range x = kNoValues, y = kNoValues;
  for (const Matrix<float>& cells : picture.cells) {
    for (const auto& cell : cells.rowwise()) {
      x.include(cell(0));
      y.include(cell(1));
    }
  }
  return {svg, box, x.widened(), y.widened()};
}

}  // namespace

Svg thumbnail(const SnapshotsPicture& picture) {
  Svg svg(320, 220, "Cells by time, and predicted paths");
  draw_cells(svg, area_of(picture, svg, {4, 4, 312, 212}), picture, {150, 12});
  return svg;
}

Svg drawn(const SnapshotsPicture& picture) {
  Svg svg(640, 480, "Cells by time");
  const PlotArea area = area_of(picture, svg, {64, 20, 470, 400});
  area.x_axis(picture.x_name);
  area.y_axis(picture.y_name);
  draw_cells(svg, area, picture, {SnapshotsPicture::kMostCells, SnapshotsPicture::kMostPaths});
  double top = 34;
  svg.text({552, top}, "time" + (picture.unit.empty() ? "" : ", " + picture.unit), Anchor::start,
           "class='quiet'");
  for (std::size_t s = 0; s < picture.times.size() && top < 440; ++s) {
    top += 18;
    std::string look = time_class(picture, s);
    look += " stroke-width='0'";
    svg.circle({558, top - 4}, 5, look);
    svg.text({570, top}, number_text(static_cast<float>(picture.times[s])));
  }
  return svg;
}

}  // namespace cellmnn

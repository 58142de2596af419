/// A rectangle of a picture with a horizontal and a vertical scale.
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "native/pictures/svg.hpp"

namespace cellmnn {

struct Range {
  double low, high;

  void include(double value);

  /// A little wider, so that nothing lies on the edge; of some width in any case.
  Range widened() const;
};

/// To begin with: including a value makes it both ends.
inline constexpr Range kNoValues{std::numeric_limits<double>::infinity(),
                                 -std::numeric_limits<double>::infinity()};

/// Of all finite values; 0 to 1 if there is none.
Range range_of(const std::vector<double>& values);

/// About `count` round numbers in the range.
std::vector<double> round_numbers(const Range& range, int count);

class PlotArea {
 public:
  PlotArea(Svg& svg, const Box& box, const Range& x, const Range& y) : svg_(svg), box_(box), x_(x), y_(y) {}

  Point at(double x, double y) const;
  const Box& box() const { return box_; }

  /// Lines and numbers at round places, or at the given ones, and the names of both axes.
  void x_axis(const std::string& name, const std::vector<double>& places = {}) const;
  void y_axis(const std::string& name) const;

 private:
  Svg& svg_;
  Box box_;
  Range x_, y_;
};

/// Squares of category colours with names, in lines of `width` at most; returns the height.
double draw_legend(Svg& svg, const Point& at, double width, const std::vector<std::string>& names,
                   const std::vector<std::string>& colors);

/// How wide a text of 12 pixels is at most, about.
double text_width(const std::string& text);

/// With "..." where it is longer than so many characters.
std::string shortened(const std::string& text, std::size_t characters);

}  // namespace cellmnn

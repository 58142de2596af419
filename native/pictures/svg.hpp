/// Pictures as SVG, with classes for what differs on light and dark ground.
#pragma once

#include <string>
#include <vector>

namespace cellmnn {

struct Point {
  double x, y;
};

struct Box {
  double left, top, width, height;

  double right() const { return left + width; }
  double bottom() const { return top + height; }
};

/// Where a text begins, has its middle, or ends.
enum class Anchor { start, middle, end };

/// `<`, `>`, `&` and quotes as XML writes them; control characters become spaces.
std::string escaped(const std::string& text);

/// Elements get `look`, their attributes, such as "class='grid'" or "fill='#0072b2'". Classes: ink, quiet,
/// grid, axis, ground, bold, and o0 to o8, an ordered scale from dark to light on paper.
class Svg {
 public:
  /// `title` is what a screen reader says, and a tip shows.
  Svg(double width, double height, std::string title);

  void line(const Point& from, const Point& to, const std::string& look);
  void polyline(const std::vector<Point>& points, const std::string& look);
  void polygon(const std::vector<Point>& points, const std::string& look);
  void circle(const Point& centre, double radius, const std::string& look);
  void rectangle(const Box& box, const std::string& look);
  /// A band from the left edge `top` to `bottom` to the right edge, as of an alluvial picture.
  void ribbon(const Point& left_top, double left_height, const Point& right_top, double right_height,
              const std::string& look);
  void text(const Point& at, const std::string& text, Anchor anchor = Anchor::start,
            const std::string& look = "class='ink'");
  /// Upwards, for the name of a vertical axis.
  void upright_text(const Point& at, const std::string& text);

  /// For a page that has picture_style().
  std::string element() const;

  /// A file of its own.
  std::string file() const;

 private:
  std::string opening(const std::string& attributes) const;

  double width_, height_;
  std::string title_, body_;
};

/// The rules of the classes: light, dark where the reader's system is, and light on paper.
std::string picture_style();

}  // namespace cellmnn

#include "native/pictures/svg.hpp"

#include <string>
#include <utility>

#include "native/pictures/colors.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

std::string number(double value) {
  std::string text = fixed(value, 1);
  return text.ends_with(".0") ? text.substr(0, text.size() - 2) : text;
}

std::string pair(const Point& point) { return number(point.x) + "," + number(point.y); }

std::string list(const std::vector<Point>& points) {
  std::string text;
  for (const Point& point : points) text += (text.empty() ? "" : " ") + pair(point);
  return text;
}

std::string rules_of(const Ground& ground) {
  std::string css = ".picture .ink{fill:" + ground.ink + "}.picture .quiet{fill:" + ground.quiet +
                    "}.picture .grid{stroke:" + ground.grid + "}.picture .axis{stroke:" + ground.quiet +
                    "}.picture .ground{fill:" + ground.ground + "}";
  for (int k = 0; k < kOrderedColors; ++k) {
    const std::string color = ordered_color(k, ground);
    css.append(".picture .o").append(std::to_string(k)).append("{fill:").append(color);
    css.append(";stroke:").append(color).append("}");
  }
  return css;
}

}  // namespace

std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '&':
        result += "&amp;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\'':
        result += "&#39;";
        break;
      default:
        result += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
    }
  }
  return result;
}

Svg::Svg(double width, double height, std::string title)
    : width_(width), height_(height), title_(std::move(title)) {}

void Svg::line(const Point& from, const Point& to, const std::string& look) {
  body_ += "<line x1='" + number(from.x) + "' y1='" + number(from.y) + "' x2='" + number(to.x) + "' y2='" +
           number(to.y) + "' " + look + "/>\n";
}

void Svg::polyline(const std::vector<Point>& points, const std::string& look) {
  body_ += "<polyline points='" + list(points) + "' style='fill:none' " + look + "/>\n";
}

void Svg::polygon(const std::vector<Point>& points, const std::string& look) {
  body_ += "<polygon points='" + list(points) + "' " + look + "/>\n";
}

void Svg::circle(const Point& centre, double radius, const std::string& look) {
  body_ += "<circle cx='" + number(centre.x) + "' cy='" + number(centre.y) + "' r='" + number(radius) + "' " +
           look + "/>\n";
}

void Svg::rectangle(const Box& box, const std::string& look) {
  body_ += "<rect x='" + number(box.left) + "' y='" + number(box.top) + "' width='" + number(box.width) +
           "' height='" + number(box.height) + "' " + look + "/>\n";
}

void Svg::ribbon(const Point& left_top, double left_height, const Point& right_top, double right_height,
                 const std::string& look) {
  const double middle = (left_top.x + right_top.x) / 2;
  const Point left_bottom{left_top.x, left_top.y + left_height};
  const Point right_bottom{right_top.x, right_top.y + right_height};
  body_ += "<path d='M" + pair(left_top) + " C" + pair({middle, left_top.y}) + " " +
           pair({middle, right_top.y}) + " " + pair(right_top) + " L" + pair(right_bottom) + " C" +
           pair({middle, right_bottom.y}) + " " + pair({middle, left_bottom.y}) + " " + pair(left_bottom) +
           " Z' " + look + "/>\n";
}

void Svg::text(const Point& at, const std::string& text, Anchor anchor, const std::string& look) {
  const char* names[] = {"start", "middle", "end"};
  body_ += "<text x='" + number(at.x) + "' y='" + number(at.y) + "' text-anchor='" +
           names[static_cast<int>(anchor)] + "' " + look + ">" + escaped(text) + "</text>\n";
}

void Svg::upright_text(const Point& at, const std::string& text) {
  body_ += "<text transform='translate(" + pair(at) + ") rotate(-90)' text-anchor='middle' class='quiet'>" +
           escaped(text) + "</text>\n";
}

std::string Svg::opening(const std::string& attributes) const {
  return "<svg " + attributes + "class='picture' role='img' viewBox='0 0 " + number(width_) + " " +
         number(height_) + "' width='" + number(width_) + "' height='" + number(height_) + "'>\n<title>" +
         escaped(title_) + "</title>\n";
}

std::string Svg::element() const { return opening("") + body_ + "</svg>\n"; }

std::string Svg::file() const {
  return opening("xmlns='http://www.w3.org/2000/svg' ") + "<style>" + picture_style() +
         "</style>\n<rect width='100%' height='100%' class='ground'/>\n" + body_ + "</svg>\n";
}

std::string picture_style() {
  return ".picture text{font-family:system-ui,'Helvetica Neue',Arial,sans-serif;font-size:12px}"
         ".picture .bold{font-weight:600}" +
         rules_of(light_ground()) + "@media (prefers-color-scheme:dark){" + rules_of(dark_ground()) +
         "}@media print{" + rules_of(light_ground()) + "}";
}

}  // namespace cellmnn

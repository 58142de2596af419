#include "native/pictures/plot_area.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "native/io/files/text.hpp"

namespace cellmnn {
namespace {

constexpr double kLetter = 6.7, kLine = 18;

bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

}  // namespace

void Range::include(double value) {
  low = std::min(low, value);
  high = std::max(high, value);
}

Range Range::widened() const {
  const double more = high > low ? 0.04 * (high - low) : 0.5;
  return {low - more, high + more};
}

Range range_of(const std::vector<double>& values) {
  Range range = kNoValues;
  for (const double value : values) {
    if (std::isfinite(value)) range.include(value);
  }
  return range.low <= range.high ? range : Range{0, 1};
}

std::vector<double> round_numbers(const Range& range, int count) {
  const double rough = (range.high - range.low) / count;
  const double power = std::pow(10, std::floor(std::log10(rough)));
  const double digit = rough / power;
  const double step = power * (digit > 5 ? 10 : digit > 2 ? 5 : digit > 1 ? 2 : 1);
  std::vector<double> numbers;
  for (double k = std::ceil(range.low / step); k * step <= range.high; ++k) numbers.push_back(k * step);
  return numbers;
}

Point PlotArea::at(double x, double y) const {
  return {box_.left + box_.width * (x - x_.low) / (x_.high - x_.low),
          box_.bottom() - box_.height * (y - y_.low) / (y_.high - y_.low)};
}

void PlotArea::x_axis(const std::string& name, const std::vector<double>& places) const {
  double free = -std::numeric_limits<double>::infinity();  // of labels already written
  for (const double value : places.empty() ? round_numbers(x_, 6) : places) {
    const double x = at(value, y_.low).x;
    svg_.line({x, box_.top}, {x, box_.bottom()}, "class='grid'");
    const std::string label = number_text(static_cast<float>(value));
    if (x - text_width(label) / 2 < free) continue;
    svg_.text({x, box_.bottom() + 15}, label, Anchor::middle, "class='quiet'");
    free = x + text_width(label) / 2 + 4;
  }
  svg_.line({box_.left, box_.bottom()}, {box_.right(), box_.bottom()}, "class='axis'");
  svg_.text({box_.left + box_.width / 2, box_.bottom() + 32}, name, Anchor::middle, "class='quiet'");
}

void PlotArea::y_axis(const std::string& name) const {
  for (const double value : round_numbers(y_, 5)) {
    const double y = at(x_.low, value).y;
    svg_.line({box_.left, y}, {box_.right(), y}, "class='grid'");
    svg_.text({box_.left - 6, y + 4}, number_text(static_cast<float>(value)), Anchor::end, "class='quiet'");
  }
  svg_.upright_text({box_.left - 40, box_.top + box_.height / 2}, name);
}

double draw_legend(Svg& svg, const Point& at, double width, const std::vector<std::string>& names,
                   const std::vector<std::string>& colors) {
  double x = at.x, y = at.y;
  for (std::size_t k = 0; k < names.size(); ++k) {
    const std::string name = shortened(names[k], 30);
    const double needed = 18 + text_width(name) + 12;
    if (x > at.x && x + needed > at.x + width) {
      x = at.x;
      y += kLine;
    }
    svg.rectangle({x, y - 9, 11, 11}, "fill='" + escaped(colors[k]) + "'");
    svg.text({x + 16, y}, name);
    x += needed;
  }
  return y - at.y + kLine;
}

double text_width(const std::string& text) {
  return kLetter * static_cast<double>(std::count_if(text.begin(), text.end(), begins_character));
}

std::string shortened(const std::string& text, std::size_t characters) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (begins_character(text[i]) && ++count > characters) return text.substr(0, i) + "...";
  }
  return text;
}

}  // namespace cellmnn

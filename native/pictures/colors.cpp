#include "native/pictures/colors.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

const std::array<std::string, 12> kCategories = {"#0072b2", "#e69f00", "#009e73", "#cc79a7",
                                                 "#56b4e9", "#d55e00", "#8a7f00", "#7f5fc4",
                                                 "#8c8c8c", "#004c75", "#9c6b00", "#5fb89a"};
const std::array<const char*, 6> kDashes = {"", "7 3", "2 2", "9 3 2 3", "5 5", "1 4"};

/// Viridis at 0, 1/10, ... 1.
const std::array<std::array<int, 3>, 11> kViridis = {{{68, 1, 84},
                                                      {72, 36, 117},
                                                      {65, 68, 135},
                                                      {53, 95, 141},
                                                      {42, 120, 142},
                                                      {33, 145, 140},
                                                      {34, 168, 132},
                                                      {68, 191, 112},
                                                      {122, 209, 81},
                                                      {189, 223, 38},
                                                      {253, 231, 37}}};

std::string viridis(double u) {
  const double place = u * static_cast<double>(kViridis.size() - 1);
  const auto below = std::min(static_cast<std::size_t>(place), kViridis.size() - 2);
  const double part = place - static_cast<double>(below);
  std::string text = "rgb(";
  for (std::size_t c = 0; c < 3; ++c) {
    const double value = (1 - part) * kViridis[below][c] + part * kViridis[below + 1][c];
    text += (c > 0 ? "," : "") + std::to_string(std::lround(value));
  }
  return text + ")";
}

}  // namespace

const Ground& light_ground() {
  static const Ground ground{"#ffffff", "#1d1f24", "#5d626b", "#e3e5e8", false};
  return ground;
}

const Ground& dark_ground() {
  static const Ground ground{"#15171c", "#e8e9ec", "#a4a9b2", "#33373f", true};
  return ground;
}

const std::string& category_color(std::size_t index) { return kCategories[index % kCategories.size()]; }

std::string category_dash(std::size_t index) {
  const std::string dash = kDashes[index % kDashes.size()];
  return dash.empty() ? "" : " stroke-dasharray='" + dash + "'";
}

std::string ordered_color(int step, const Ground& ground) {
  const double u = static_cast<double>(step) / (kOrderedColors - 1);
  return viridis(ground.dark ? 0.22 + 0.78 * u : 0.92 * u);
}

std::string ordered_class(double u) {
  const double place = std::clamp(u, 0.0, 1.0) * (kOrderedColors - 1);
  return "class='o" + std::to_string(std::lround(place)) + "'";
}

std::string signed_look(double value, double largest) {
  const double size = largest > 0 ? std::min(1.0, std::abs(value) / largest) : 0;
  std::string look = "fill='";
  look += value < 0 ? kNegativeColor : kPositiveColor;
  look += "' fill-opacity='" + fixed(size, 2) + "'";
  return look;
}

}  // namespace cellmnn

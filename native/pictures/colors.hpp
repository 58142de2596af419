/// The colours of all pictures, those of the page.
#pragma once

#include <cstddef>
#include <string>

namespace cellmnn {

/// The look of what lies behind, and of text and lines on it.
struct Ground {
  std::string ground, ink, quiet, grid;
  bool dark;
};

const Ground& light_ground();
const Ground& dark_ground();

/// Of a label by its place: Okabe and Ito's, which people with any colour vision tell apart; then again.
const std::string& category_color(std::size_t index);

/// Dashes of lines, so that labels differ on paper without colours, too: an attribute.
std::string category_dash(std::size_t index);

inline constexpr int kOrderedColors = 9;

/// Viridis, without the end that is too near to the ground; 0 to kOrderedColors - 1.
std::string ordered_color(int step, const Ground& ground);

/// Class of the value u, 0 to 1.
std::string ordered_class(double u);

/// Below 0 and above 0, and how opaque a value of this size is.
inline constexpr const char* kNegativeColor = "#d9660f";
inline constexpr const char* kPositiveColor = "#2f7fc9";
std::string signed_look(double value, double largest);

}  // namespace cellmnn

#include <algorithm>

#include "native/io/files/text.hpp"
#include "native/pictures/colors.hpp"
#include "native/pictures/pictures.hpp"
#include "native/pictures/plot_area.hpp"

namespace cellmnn {
namespace {

constexpr double kNode = 14, kTop = 20, kHeight = 340, kGap = 3;
constexpr double kLeastFlow = 0.004;  // of the height, below which a band is not drawn

/// Tops of the labels of a column.
std::vector<double> tops_of(const Vector<double>& shares, double top) {
  std::vector<double> tops;
  for (const double share : shares) {
    tops.push_back(top);
    top += share * kHeight + (share > 0 ? kGap : 0);
  }
  return tops;
}

}  // namespace

Svg drawn(const AlluvialPicture& picture) {
  const std::size_t columns = picture.times.size();
  const auto labels = static_cast<Index>(picture.labels.size());
  const double step = std::max(90.0, std::min(200.0, 620.0 / static_cast<double>(columns)));
  const double width = std::max(420.0, 60 + step * static_cast<double>(columns - 1) + kNode + 40);
  Svg svg(width, kTop + kHeight + 100, "Which labels become which");
  const double legend = draw_legend(svg, {20, 20}, width - 40, picture.labels, picture.colors);
  std::vector<std::vector<double>> tops;
  for (const Vector<double>& shares : picture.shares) tops.push_back(tops_of(shares, kTop + legend + 6));
  const auto left = [&](std::size_t s) { return 40 + step * static_cast<double>(s); };
  for (std::size_t s = 0; s + 1 < columns; ++s) {
    const Matrix<double>& flows = picture.flows[s];
    const Vector<double> leaving = flows.rowwise().sum(), arriving = flows.colwise().sum();
    std::vector<double> from = tops[s], to = tops[s + 1];
    for (Index a = 0; a < labels; ++a) {
      for (Index b = 0; b < labels; ++b) {
        if (!(flows(a, b) > 0)) continue;
        const double out = kHeight * picture.shares[s](a) * flows(a, b) / leaving(a);
        const double in = kHeight * picture.shares[s + 1](b) * flows(a, b) / arriving(b);
        const auto at_a = static_cast<std::size_t>(a), at_b = static_cast<std::size_t>(b);
        if (flows(a, b) > kLeastFlow) {
          svg.ribbon({left(s) + kNode, from[at_a]}, out, {left(s + 1), to[at_b]}, in,
                     "fill-opacity='0.35' fill='" + escaped(picture.colors[at_a]) + "'");
        }
        from[at_a] += out;
        to[at_b] += in;
      }
    }
  }
  for (std::size_t s = 0; s < columns; ++s) {
    for (Index a = 0; a < labels; ++a) {
      const auto at = static_cast<std::size_t>(a);
      svg.rectangle({left(s), tops[s][at], kNode, kHeight * picture.shares[s](a)},
                    "fill='" + escaped(picture.colors[at]) + "'");
    }
    svg.text({left(s) + kNode / 2, kTop + legend + kHeight + 6 + kGap * static_cast<double>(labels) + 16},
             number_text(picture.times[s]), Anchor::middle, "class='quiet'");
  }
  return svg;
}

}  // namespace cellmnn

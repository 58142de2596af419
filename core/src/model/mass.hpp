/// Weights of cells beside each other. The weight of a cell grows at the rate g, which its operator's encoder
/// gives as one more number o: g = m tanh(o / m) with m = 3, per unit of model time. So it is proportional to
/// exp(g dt) after dt, and to the product of such factors on a way along which the cell is encoded anew. Only
/// ratios between the cells of one snapshot have a meaning: weights are normalised.
#pragma once

#include <cmath>

#include "cellmnn/model.hpp"
#include "cellmnn/types.hpp"

namespace cellmnn {

inline constexpr double kMostGrowth = 3;

/// WebAssembly, whose size counts, predicts with mass and does not train it.
#ifdef __EMSCRIPTEN__
inline constexpr bool kMassIsTrained = false;
#else
inline constexpr bool kMassIsTrained = true;
#endif

template <typename Scalar>
Scalar growth(Scalar output) {
  constexpr auto most = static_cast<Scalar>(kMostGrowth);
  return most * std::tanh(output / most);
}

/// What a model adds to the growth of a cell on the way between two times of one interval; 0 where it does
/// not know sizes of populations. Outside of the training times it is that of the next interval.
double shift_between(const CellMnn& model, double from, double to);

/// dg/do where the growth is g.
template <typename Scalar>
Scalar growth_slope(Scalar g) {
  const Scalar part = g / static_cast<Scalar>(kMostGrowth);
  return 1 - part * part;
}

/// Replaces logarithms of weights by the weights, of sum 1.
template <typename Values>
void normalise_logs(Values&& logs) {
  if (logs.size() == 0) return;
  logs = (logs.array() - logs.maxCoeff()).exp();
  logs /= logs.sum();
}

}  // namespace cellmnn

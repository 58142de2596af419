/// The kinds of pictures: what each is made of, and how it is drawn. Each returns a whole picture.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "cellmnn/types.hpp"
#include "native/pictures/svg.hpp"

namespace cellmnn {

/// Cells in two coordinates by time, at most so many of each snapshot, and paths of some of them.
struct SnapshotsPicture {
  static constexpr Index kMostCells = 1'500, kMostPaths = 80;

  std::vector<double> times;         ///< (S)
  std::vector<Matrix<float>> cells;  ///< (S)(n, 2)
  std::vector<Matrix<float>> paths;  ///< (steps, 2) each
  std::string x_name, y_name, unit;  ///< of time; or empty
};
Svg drawn(const SnapshotsPicture& picture);

/// The same, small: fewer cells and paths, without axes and names.
Svg thumbnail(const SnapshotsPicture& picture);

/// The mean probability of each fate at each time, and how much is known.
struct FatesPicture {
  std::vector<std::string> names, colors;  ///< (F)
  std::vector<double> times;               ///< (S)
  std::vector<Vector<double>> means;       ///< (S)(F)
  std::vector<std::string> known;          ///< (S) in words
  Vector<double> base_rates;               ///< (F)
};
Svg drawn(const FatesPicture& picture);

/// Probabilities beside the share that they came true, in ten groups of cells of equal size.
struct CalibrationPicture {
  std::vector<std::string> names, colors;  ///< (F)
  Matrix<double> probabilities, truth;     ///< (N, F)
};
Svg drawn(const CalibrationPicture& picture);

/// Expression along the way to each fate, a panel a gene.
struct TrendsPicture {
  struct Line {
    std::vector<double> mean, low, high;  ///< (T), NaN where there is none
  };
  std::vector<std::string> fates, colors;  ///< (F)
  std::vector<double> times;               ///< (T)
  std::vector<std::string> genes;          ///< (G)
  std::vector<std::vector<Line>> lines;    ///< (G)(F)
  std::vector<std::vector<double>> all;    ///< (G)(T) the mean of all cells, NaN where there is none
};
Svg drawn(const TrendsPicture& picture);

/// Shares of labels at each time, and which become which.
struct AlluvialPicture {
  std::vector<std::string> labels, colors;  ///< (L)
  std::vector<double> times;                ///< (S)
  std::vector<Vector<double>> shares;       ///< (S)(L) measured
  std::vector<Matrix<double>> flows;        ///< (S - 1)(L, L) of all cells of a time, from label to label
};
Svg drawn(const AlluvialPicture& picture);

/// A score of each method, lower is better: its hold-outs as dots, their mean as a bar.
struct ScoresPicture {
  std::string metric;
  std::vector<std::string> methods;         ///< (M)
  std::vector<std::vector<double>> values;  ///< (M)(hold-outs)
};
Svg drawn(const ScoresPicture& picture);

struct LossPicture {
  std::vector<double> steps, loss;  ///< alike in length
};
Svg drawn(const LossPicture& picture);

/// A gene between those that act on it and those that it acts on.
struct NetworkPicture {
  struct Edge {
    std::string gene;
    double score;       ///< below 0: represses
    double confidence;  ///< or NaN
  };
  std::string gene;
  std::vector<Edge> sources, targets;  ///< the strongest first
};
Svg drawn(const NetworkPicture& picture);

/// Changes by knock-outs: a row a gene, a column a fate.
struct ScreenPicture {
  std::string what;                     ///< e.g. "change of the mean probability"
  std::vector<std::string> genes;       ///< (G)
  std::vector<std::string> columns;     ///< (F)
  Matrix<double> changes;               ///< (G, F) or NaN
  std::vector<std::vector<bool>> sure;  ///< (G)(F) whether it is more than that of similar genes
};
Svg drawn(const ScreenPicture& picture);

}  // namespace cellmnn

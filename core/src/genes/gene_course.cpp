#include "cellmnn/gene_course.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "base/text.hpp"
#include "cellmnn/error.hpp"

namespace cellmnn {
namespace {

constexpr double kTopQuantile = 0.9;
constexpr Index kGenes = 64;  // scaled by one task

/// With linear interpolation between values. Changes the order of `values`, which must not be empty.
double quantile(std::vector<double>& values, double share) {
  const double place = share * static_cast<double>(values.size() - 1);
  const auto below = values.begin() + static_cast<std::ptrdiff_t>(place);
  std::nth_element(values.begin(), below, values.end());
  if (below + 1 == values.end()) return *below;
  const double next = *std::min_element(below + 1, values.end());
  return *below + (next - *below) * (place - std::floor(place));
}

/// Expression becomes levels. Writes what level 1 is.
void scale_genes(Eigen::Ref<Matrix<double>> levels, Eigen::Ref<Vector<double>> top) {
  const Vector<double> least = levels.colwise().minCoeff().transpose().cwiseMin(0);
  if ((least.array() < 0).any()) levels.rowwise() -= least.transpose();
  std::vector<std::vector<double>> expressed(static_cast<std::size_t>(levels.cols()));
  for (Index cell = 0; cell < levels.rows(); ++cell) {
    for (Index g = 0; g < levels.cols(); ++g) {
      if (levels(cell, g) > 0) expressed[static_cast<std::size_t>(g)].push_back(levels(cell, g));
    }
  }
  top.setOnes();
  for (Index g = 0; g < levels.cols(); ++g) {
    std::vector<double>& values = expressed[static_cast<std::size_t>(g)];
    if (!values.empty()) top(g) = quantile(values, kTopQuantile);
  }
  levels = (levels * top.cwiseInverse().asDiagonal()).cwiseMin(1);
}

void check(const CellsOverTime& cells) {
  const std::vector<double>& times = cells.times;
  for (std::size_t k = 0; k < times.size(); ++k) {
    if (k > 0 && !(times[k] > times[k - 1])) {
      throw Error(ErrorCode::bad_input,
                  "times must ascend, but " + text(times[k - 1]) + " is followed by " + text(times[k]));
    }
    if (cells.rows[k].empty()) {
      throw Error(ErrorCode::bad_input,
                  "there are no cells at time " + text(times[k]) + "; expected at least one");
    }
  }
}

void check_counts(const SparseMatrix& expression) {
  const auto negative =
      std::find_if(expression.values.begin(), expression.values.end(), [](float value) { return value < 0; });
  if (negative != expression.values.end()) {
    throw Error(ErrorCode::bad_input, "a count is " + text(*negative) +
                                          "; expected none below 0: say that the values are logarithms");
  }
}

/// The mean of -z log m - (1 - z) log(1 - m) over levels z of mean m.
double entropy(double m) { return m <= 0 || m >= 1 ? 0 : -m * std::log(m) - (1 - m) * std::log1p(-m); }

}  // namespace

std::vector<GeneCourse> gene_courses(const SparseMatrix& expression,
                                     const std::vector<CellsOverTime>& conditions, ExpressionScale scale,
                                     Executor& executor) {
  for (const CellsOverTime& cells : conditions) check(cells);
  if (scale == ExpressionScale::counts) check_counts(expression);
  std::vector<GeneCourse> courses;
  Index rows = 0;
  for (const CellsOverTime& cells : conditions) {
    courses.push_back({cells.times, {0}, {}, {}});
    for (const auto& snapshot : cells.rows)
      courses.back().starts.push_back(courses.back().starts.back() + std::ssize(snapshot));
    rows += courses.back().starts.back();
  }
  Matrix<double> levels = Matrix<double>::Zero(rows, expression.columns);
  Index row = 0;
  for (const CellsOverTime& cells : conditions) {
    for (const auto& snapshot : cells.rows) {
      for (const Index cell : snapshot) {
        expression.for_row(cell, [&](Index gene, float value) {
          const auto wide = static_cast<double>(value);
          levels(row, gene) = scale == ExpressionScale::counts ? std::log1p(wide) : wide;
        });
        ++row;
      }
    }
  }
  Vector<double> tops(levels.cols());
  const Index blocks = (levels.cols() + kGenes - 1) / kGenes;
  executor.run(blocks, [&](std::ptrdiff_t block) {
    const Index first = static_cast<Index>(block) * kGenes;
    const Index count = std::min(kGenes, levels.cols() - first);
    scale_genes(levels.middleCols(first, count), tops.segment(first, count));
  });
  for (GeneCourse& course : courses) course.tops = tops;
  if (courses.size() == 1) {
    courses.front().levels = std::move(levels);
    return courses;
  }
  row = 0;
  for (GeneCourse& course : courses) {
    course.levels = levels.middleRows(row, course.starts.back());
    row += course.starts.back();
  }
  return courses;
}

GeneCourse gene_course(const SparseMatrix& expression, const std::vector<double>& times,
                       const std::vector<std::vector<Index>>& rows, ExpressionScale scale,
                       Executor& executor) {
  return std::move(gene_courses(expression, {{times, rows}}, scale, executor).front());
}

void require_gene(const GeneCourse& course, Index gene) {
  if (gene >= 0 && gene < course.genes()) return;
  throw Error(ErrorCode::bad_input,
              "there is no gene " + std::to_string(gene) + " among " + std::to_string(course.genes()));
}

GeneCourse subset_of(const GeneCourse& course, const std::vector<std::vector<Index>>& rows) {
  GeneCourse subset{course.times, {0}, {}, course.tops};
  for (const auto& cells : rows)
    subset.starts.push_back(subset.starts.back() + static_cast<Index>(cells.size()));
  subset.levels.resize(subset.starts.back(), course.genes());
  for (Index k = 0; k < course.snapshots(); ++k) {
    const auto& cells = rows[static_cast<std::size_t>(k)];
    subset.levels.middleRows(subset.start(k), subset.cells(k)) = course.snapshot(k)(cells, Eigen::all);
  }
  return subset;
}

double explained_by_time(const GeneCourse& course, const std::vector<Index>& genes) {
  const auto sum_of_entropies = [&](const auto& levels) {
    const Vector<double> means = levels.colwise().mean().transpose();
    double sum = 0;
    for (const Index gene : genes) sum += entropy(means(gene));
    return sum * static_cast<double>(levels.rows());
  };
  double within = 0;
  for (Index k = 0; k < course.snapshots(); ++k) within += sum_of_entropies(course.snapshot(k));
  const double all = sum_of_entropies(course.levels);
  return all > 0 ? 1 - within / all : 0;
}

}  // namespace cellmnn

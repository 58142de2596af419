#include "cellmnn/preprocess.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "cellmnn/error.hpp"
#include "data/remembered.hpp"

namespace cellmnn {
namespace {

double total_of(const SparseMatrix& x, Index cell) {
  double total = 0;
  x.for_row(cell, [&](Index, float value) { total += static_cast<double>(value); });
  return total;
}

/// The bins of pandas.cut(values, count): equal widths, open on the left, the first a bit wider.
std::vector<Index> bins_of(const Vector<double>& values, Index count) {
  const double low = values.minCoeff(), width = (values.maxCoeff() - low) / static_cast<double>(count);
  std::vector<double> ends;
  for (Index i = 1; i < count; ++i) ends.push_back(low + width * static_cast<double>(i));
  std::vector<Index> bins;
  for (const double value : values) {
    bins.push_back(std::lower_bound(ends.begin(), ends.end(), value) - ends.begin());
  }
  return bins;
}

/// (dispersion - mean of the bin) / standard deviation of the bin; 1 for a gene alone in its bin.
Vector<double> normalized_in_bins(const Vector<double>& dispersions, const std::vector<Index>& bins,
                                  Index count) {
  Vector<double> number = Vector<double>::Zero(count), mean = number, deviation = number;
  const auto for_genes = [&](const auto& f) {
    for (Index g = 0; g < dispersions.size(); ++g) {
      if (!std::isnan(dispersions(g))) f(bins[static_cast<std::size_t>(g)], dispersions(g));
    }
  };
  for_genes([&](Index bin, double value) {
    ++number(bin);
    mean(bin) += value;
  });
  mean.array() /= number.array();
  for_genes([&](Index bin, double value) { deviation(bin) += std::pow(value - mean(bin), 2); });
  deviation = (deviation.array() / (number.array() - 1)).sqrt();

  Vector<double> normalized(dispersions.size());
  for (Index g = 0; g < dispersions.size(); ++g) {
    const Index bin = bins[static_cast<std::size_t>(g)];
    normalized(g) = number(bin) == 1 ? (std::isnan(dispersions(g)) ? dispersions(g) : 1)
                                     : (dispersions(g) - mean(bin)) / deviation(bin);
  }
  return normalized;
}

/// Flags of the `count` largest values and of those that tie with the last; NaN is none.
std::vector<bool> largest(const Vector<double>& values, Index count) {
  std::vector<double> ranked;
  for (const double value : values) {
    if (!std::isnan(value)) ranked.push_back(value);
  }
  std::sort(ranked.rbegin(), ranked.rend());
  const auto last = static_cast<std::size_t>(std::min<Index>(count, static_cast<Index>(ranked.size())));
  std::vector<bool> chosen;
  for (const double value : values) chosen.push_back(last > 0 && value >= ranked[last - 1]);
  return chosen;
}

}  // namespace

void count_cells(const SparseMatrix& counts, const std::vector<Index>& cells, std::vector<Index>& number) {
  for (const Index cell : cells) {
    counts.for_row(cell, [&](Index gene, float) { ++number[static_cast<std::size_t>(gene)]; });
  }
}

std::vector<double> totals(const SparseMatrix& counts) {
  std::vector<double> result;
  for (Index cell = 0; cell < counts.rows; ++cell) result.push_back(total_of(counts, cell));
  return result;
}

double median_total(std::vector<double> totals) {
  std::erase_if(totals, [](double total) { return !(total > 0); });
  if (totals.empty()) throw Error(ErrorCode::bad_input, "no cell has counts");
  std::sort(totals.begin(), totals.end());
  return (totals[(totals.size() - 1) / 2] + totals[totals.size() / 2]) / 2;
}

void normalize_total(SparseMatrix& counts, double target_sum, Executor& executor) {
  for_cell_blocks(counts.rows, executor, [&](Index begin, Index end, Index) {
    for (Index cell = begin; cell < end; ++cell) {
      const double scale = target_sum / total_of(counts, cell);  // not used for a cell without counts
      for (Index k = counts.start(cell); k < counts.start(cell + 1); ++k) {
        float& value = counts.values[static_cast<std::size_t>(k)];
        value = static_cast<float>(static_cast<double>(value) * scale);
      }
    }
  });
}

void log1p(SparseMatrix& x, Executor& executor) {
  for_cell_blocks(x.rows, executor, [&](Index begin, Index end, Index) {
    Remembered logarithm([](double value) { return std::log1p(value); });
    for (Index k = x.start(begin); k < x.start(end); ++k) {
      float& value = x.values[static_cast<std::size_t>(k)];
      value = static_cast<float>(logarithm(value));
    }
  });
}

VariableGenes most_variable_genes(const GeneMoments& of_genes, Index count) {
  VariableGenes genes;
  genes.means = of_genes.mean;
  genes.dispersions = (of_genes.variance.array() > 0)
                          .select(of_genes.variance.array().log(), std::numeric_limits<double>::quiet_NaN());
  genes.dispersions_norm = genes.dispersions;
  genes.chosen = largest(genes.dispersions_norm, count);
  return genes;
}

VariableGenes highly_variable_genes(const GeneMoments& linear, Index count) {
  constexpr Index kBins = 20;
  constexpr double kLeastMean = 1e-12;
  const Vector<double> mean = (linear.mean.array() == 0).select(kLeastMean, linear.mean);

  VariableGenes genes;
  genes.means = mean.array().log1p();
  genes.dispersions =
      (linear.variance.array() > 0)
          .select((linear.variance.array() / mean.array()).log(), std::numeric_limits<double>::quiet_NaN());
  genes.dispersions_norm = normalized_in_bins(genes.dispersions, bins_of(genes.means, kBins), kBins);

  genes.chosen = largest(genes.dispersions_norm, count);
  return genes;
}

}  // namespace cellmnn

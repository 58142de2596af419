/// What a population is made of: how many of its cells are of each type, and its mean.
#pragma once

#include <vector>

#include "cellmnn/evaluation.hpp"
#include "cellmnn/parallel.hpp"
#include "cellmnn/point_cloud.hpp"
#include "cellmnn/time_course.hpp"

namespace cellmnn {

/// Of measured cells: the shares of types among those that have one, and the mean of coordinates. Of these
/// rows, or of all cells.
Composition composition_of(const Snapshot& snapshot, Index types, const std::vector<Index>& rows = {});

/// Of a prediction in the metric space. A point counts for the types of the cells of training snapshots next
/// to it, 10 or as many as there are, in equal parts; types of held-out cells are not looked at. Of more than
/// 20,000 points or training cells these are random ones.
Composition composition_of(const PointCloud& cloud, const PredictionTask& task, Executor& executor);

/// Half of the sum of absolute differences: the share of cells that would have to be of another type.
double total_variation(const Vector<double>& shares, const Vector<double>& others);

/// (G) the means of the genes that belong to a mean of coordinates (D), up to what is not in these.
Vector<double> gene_means(const GeneSpace& genes, const Vector<double>& mean);

/// Root mean square over the genes of what gene_means() differ by.
double gene_mean_error(const GeneSpace& genes, const Vector<double>& mean, const Vector<double>& other);

}  // namespace cellmnn

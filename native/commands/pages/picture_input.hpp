/// What commands know, as pictures.
#pragma once

#include <string>
#include <vector>

#include "cellmnn/fates.hpp"
#include "cellmnn/parallel.hpp"
#include "native/commands/scores/score_groups.hpp"
#include "native/io/time_courses/data_file.hpp"
#include "native/pictures/pictures.hpp"

namespace cellmnn {

/// The first two dimensions of all cells, with paths of some cells of the first time if there is a model.
SnapshotsPicture snapshots_picture(const DataFile& file, const CellMnn* model, Executor& executor);

FatesPicture fates_picture(const TimeCourse& data, const Fates& fates,
                           const std::vector<std::string>& colors);

ScoresPicture scores_picture(const SuiteResult& result, const MetricName& metric);

}  // namespace cellmnn

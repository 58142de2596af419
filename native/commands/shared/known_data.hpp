/// What a model's file says about the data on which it was trained.
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "native/io/time_courses/data_file.hpp"

namespace cellmnn {

struct KnownData {
  std::string time_key, embedding_key, time_unit;
  std::map<std::string, double> labels;  ///< the time of each label
  std::vector<double> times;             ///< ascending; empty where the file says nothing of its data
  std::vector<Index> cells;              ///< of each time
  Matrix<double> centres;                ///< (T, D) mean coordinates of each time, or (0, 0)
};

/// The part "data" of a provenance, as written by data_provenance(); what is not there stays empty.
KnownData known_data(const nlohmann::json& provenance);

/// Fingerprint, times, cells and centres of the training data; keys, labels and unit of the file; hashes of
/// names, loadings and means of the genes, if there are any.
nlohmann::json data_provenance(const DataFile& file, const TimeCourse& training);

}  // namespace cellmnn

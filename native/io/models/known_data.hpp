/// What a model's file says about the data on which it was trained.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "cellmnn/data_match.hpp"
#include "native/io/time_courses/data_file.hpp"

namespace cellmnn {

struct KnownFile : KnownData {
  std::string time_key, embedding_key;
};

/// The part "data" of a provenance, as written by data_provenance(); what is not there stays empty.
KnownFile known_data(const nlohmann::json& provenance);

/// A hash of texts, in their order.
std::string hash_of(const std::vector<std::string>& names);

/// Fingerprint, times, cells and centres of the training data; keys, labels and unit of the file; hashes of
/// names, loadings and means of the genes, if there are any.
nlohmann::json data_provenance(const DataFile& file, const TimeCourse& training);

}  // namespace cellmnn

/// Whether data are such as those on which a model was trained: in its genes, its coordinates and its times.
#pragma once

#include <optional>
#include <string>

#include "cellmnn/model.hpp"
#include "native/commands/shared/known_data.hpp"

namespace cellmnn {

/// Each is a clause that says the difference and a way out, or none. What one side does not know is no
/// difference.
std::optional<std::string> genes_difference(const GeneSpace& of_model, const DataFile& file);
std::optional<std::string> loadings_difference(const GeneSpace& of_model, const GeneSpace& of_data);

/// Of labels with other times, of data none of whose times, or only one of several, is of
/// the training times, and of data that lie mostly outside of them.
std::optional<std::string> times_difference(const KnownData& known, const DataFile& file);

/// Of data with as many cells at each training time as in training, but with other coordinates.
std::optional<std::string> coordinates_difference(const KnownData& known, const LatentSpace& latent,
                                                  const TimeCourse& data);

/// A doubt about cells, which may be others than in training: many that lie where training had next to none.
std::optional<std::string> coordinates_far_outside(const LatentSpace& latent, const TimeCourse& data);

/// Of times in another unit than those of training.
std::optional<std::string> unit_difference(const KnownData& known, const DataFile& file);

/// The first of all differences.
std::optional<std::string> data_difference(const CellMnn& model, const KnownData& known,
                                           const DataFile& file);

}  // namespace cellmnn

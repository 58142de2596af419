/// A treatment that begins at a known time, as a gene.
#pragma once

#include "cellmnn/gene_course.hpp"
#include "native/io/counts/counts_file.hpp"

namespace cellmnn {

/// The name of the gene that --treatment-from adds.
inline constexpr const char* kTreatment = "treatment";

/// Adds it as the last gene, which is on in the cells measured after `from`. Throws usage unless `from` is
/// one of the times' range before the last, or if there is a gene of this name.
void add_treatment(double from, const CellsOverTime& cells, CountsFile& file);

}  // namespace cellmnn

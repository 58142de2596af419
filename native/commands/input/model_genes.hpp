/// The genes of a model beside those of its data.
#pragma once

#include "cellmnn/time_course.hpp"
#include "native/io/time_courses/data_file.hpp"

namespace cellmnn {

/// Names the genes of a model as the data do, and gives them the means of the data if they have none. Throws
/// bad_input with the reason if the data could not tell the means.
void complete_gene_space(GeneSpace& of_model, const DataFile& file);

}  // namespace cellmnn

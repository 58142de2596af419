/// The genes of a model beside those of its data.
#pragma once

#include <string>
#include <vector>

#include "cellmnn/time_course.hpp"
#include "native/io/time_courses/data_file.hpp"

namespace cellmnn {

/// Whether each gene of the model is the same gene of the data, by its name or its alias.
bool are_same_genes(const std::vector<std::string>& of_model, const std::vector<std::string>& names,
                    const std::vector<std::string>& aliases);

/// Names the genes of a model as the data do, and gives them the means of the data if they have none. Throws
/// bad_input with the reason if the data could not tell the means.
void complete_gene_space(GeneSpace& of_model, const DataFile& file);

}  // namespace cellmnn

#include "native/commands/input/model_genes.hpp"

#include "cellmnn/data_match.hpp"
#include "native/io/files/input_file.hpp"

namespace cellmnn {

void complete_gene_space(GeneSpace& of_model, const DataFile& file) {
  const GeneSpace& of_data = file.data.gene_space;
  if (!are_same_genes(of_model.genes, of_data.genes, file.gene_sources.aliases)) return;
  of_model.genes = of_data.genes;
  if (of_model.mean.size() > 0) return;
  of_model.mean = of_data.mean;
  if (of_model.mean.size() == 0 && !file.gene_sources.no_means.empty()) {
    throw file_error(file.path,
                     "the mean expression of its genes is not known: " + file.gene_sources.no_means);
  }
}

}  // namespace cellmnn

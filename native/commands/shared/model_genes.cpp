#include "native/commands/shared/model_genes.hpp"

#include "native/io/files/input_file.hpp"

namespace cellmnn {

bool are_same_genes(const std::vector<std::string>& of_model, const std::vector<std::string>& names,
                    const std::vector<std::string>& aliases) {
  if (of_model.size() != names.size()) return false;
  for (std::size_t g = 0; g < names.size(); ++g) {
    if (of_model[g] != names[g] && (aliases.empty() || of_model[g] != aliases[g])) return false;
  }
  return true;
}

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

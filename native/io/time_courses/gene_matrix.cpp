#include "native/io/time_courses/gene_matrix.hpp"

#include "native/io/files/input_file.hpp"
#include "native/io/files/name_kinds.hpp"

namespace cellmnn {

std::string why_genes(const std::vector<std::string>& names, Index columns) {
  constexpr double kMost = 0.5;
  const NameShare genes = share_of(names, looks_like_gene);
  if (names.size() >= 3 && genes.share >= kMost)
    return "they have names of genes, such as '" + genes.example + "'";
  if (columns > kMostUnnamedDims) return "there are " + std::to_string(columns);
  return "";
}

void refuse_genes(const DataOptions& options, const std::string& what, const std::string& why,
                  DataFile& file) {
  const std::string sentence = what + " look like expression of genes, not like coordinates (" + why + ")";
  if (options.for_model) {
    file.warnings.push_back(sentence);
    return;
  }
  throw file_error(file.path,
                   sentence +
                       ": make principal components first, by 'cellmnn preprocess', or say --dims if "
                       "the first ones are coordinates");
}

}  // namespace cellmnn

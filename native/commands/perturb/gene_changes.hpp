/// Changes of genes as text: "SOX2=0", "SOX2=x2".
#pragma once

#include <string>

#include "cellmnn/perturbation.hpp"

namespace cellmnn {

/// A new level, or x and a factor: "0", "2.5", "x2". The gene is left for the caller. Throws usage.
GeneChange parse_change(const std::string& option, const std::string& text);

inline constexpr const char* kNamedChange = "GENE=LEVEL or GENE=xFACTOR, such as SOX2=0 or SOX2=x2";

/// A change by the name of its gene.
struct NamedChange {
  std::string gene;
  GeneChange change;
};

/// "NAME=0" or "NAME=x2". Throws usage.
NamedChange parse_named_change(const std::string& option, const std::string& text);

/// Genes by the size of their change (G), the largest first, without those that are changed themselves.
std::vector<Index> by_size_of_change(const Vector<double>& changes, const std::vector<Index>& changed);

}  // namespace cellmnn

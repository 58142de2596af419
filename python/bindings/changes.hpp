/// Changes of genes, which come from Python as (gene, times, plus).
#pragma once

#include <nanobind/nanobind.h>
#include <nanobind/stl/tuple.h>
#include <nanobind/stl/vector.h>

#include <tuple>
#include <vector>

#include "cellmnn/perturbation.hpp"

namespace cellmnn::python {

using GeneChanges = std::vector<std::tuple<Index, double, double>>;

inline std::vector<GeneChange> gene_changes_of(const GeneChanges& changes) {
  std::vector<GeneChange> result;
  for (const auto& [gene, times, plus] : changes) result.push_back({gene, times, plus});
  return result;
}

}  // namespace cellmnn::python

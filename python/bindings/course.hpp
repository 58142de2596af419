/// The cells of an AnnData over time, understood as the program understands a file.
#pragma once

#include <nanobind/nanobind.h>

#include <optional>
#include <string>
#include <vector>

#include "native/io/time_courses/data_file.hpp"
#include "python/bindings/arrays.hpp"

namespace cellmnn::python {

struct Course {
  DataFile file;

  Index cells() const;
  Vector<double> times() const;  ///< (N) of each cell, in the order of the AnnData
};

/// How the genes of an AnnData are called.
struct GeneList {
  GeneList(std::vector<std::string> names_of, std::vector<std::string> aliases_of, std::string column_of)
      : names(std::move(names_of)), aliases(std::move(aliases_of)), column(std::move(column_of)) {}

  std::vector<std::string> names;
  std::vector<std::string> aliases;  ///< another name of each, or empty
  std::string column;                ///< of var, or empty where the names are those of the index
};

/// Gives the course its genes and their mean, as gene_means() finds it. `candidates` are tuples (name, genes,
/// rows, by_rows): genes (columns) says which gene a column is, or -1; rows(begin, end) gives compressed
/// rows, and only all at once unless by_rows.
void set_genes(Course& course, const GeneList& genes, const FloatRows& loadings,
               const std::optional<Floats>& stored_mean, const nanobind::list& candidates, bool compute);

}  // namespace cellmnn::python

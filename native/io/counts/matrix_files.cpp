#include "native/io/counts/matrix_files.hpp"

#include <algorithm>
#include <initializer_list>
#include <string_view>

#include "native/io/files/text.hpp"

namespace cellmnn {
namespace {

using Names = std::vector<std::string>;

bool is_among(const Names& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// The first of PREFIX + SEPARATOR + WORD + ENDING that exists.
std::string found(const Names& names, const Names& prefixes, std::initializer_list<const char*> words) {
  for (const std::string& prefix : prefixes) {
    for (const char* separator : {"", ".", "_", "-"}) {
      for (const char* word : words) {
        for (const char* ending : {".tsv", ".tsv.gz", ".txt", ".txt.gz"}) {
          std::string name = prefix + separator + word + ending;
          if (is_among(names, name)) return name;
        }
      }
    }
  }
  return "";
}

/// The only name that has one of the words, if there is only one.
std::string only_with(const Names& names, std::initializer_list<std::string_view> words) {
  std::string result;
  for (const std::string& name : names) {
    const std::string lower = lower_case(name);
    const bool is_table = lower.find(".tsv") != std::string::npos || lower.find(".txt") != std::string::npos;
    const bool has_word = std::any_of(words.begin(), words.end(), [&](std::string_view word) {
      return lower.find(word) != std::string::npos;
    });
    if (!is_table || !has_word) continue;
    if (!result.empty()) return "";
    result = name;
  }
  return result;
}

std::optional<std::string> stem_of(const std::string& name) {
  for (const std::string_view ending : {".mtx", ".mtx.gz"}) {
    if (lower_case(name).ends_with(ending)) return name.substr(0, name.size() - ending.size());
  }
  return std::nullopt;
}

}  // namespace

std::vector<MatrixFiles> matrix_files(std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  std::vector<MatrixFiles> all;
  for (const std::string& name : names) {
    const std::optional<std::string> stem = stem_of(name);
    if (!stem) continue;
    Names prefixes = {*stem};
    for (const std::string_view ending : {"matrix", "mtx", "counts", "quants_mat"}) {
      if (stem->ends_with(ending))
        prefixes.insert(prefixes.begin(), stem->substr(0, stem->size() - ending.size()));
    }
    MatrixFiles files;
    files.matrix = name;
    const bool is_alevin = stem->ends_with("quants_mat");
    if (is_alevin) {
      files.genes = found(names, {*stem}, {"cols"});
      files.cells = found(names, {*stem}, {"rows"});
    }
    if (files.genes.empty()) files.genes = found(names, prefixes, {"features", "genes"});
    if (files.cells.empty()) files.cells = found(names, prefixes, {"barcodes", "cells"});
    files.symbols = found(names, {*stem + ".genes"}, {"names"});
    files.cells_in_rows = is_alevin || files.genes == *stem + ".genes.txt";
    all.push_back(files);
  }
  if (all.size() == 1) {
    if (all[0].genes.empty()) all[0].genes = only_with(names, {"features", "genes"});
    if (all[0].cells.empty()) all[0].cells = only_with(names, {"barcodes"});
  }
  return all;
}

}  // namespace cellmnn

/// What a file holds, whether or not the program can use it.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

namespace cellmnn {

struct ContentItem {
  std::string name;   ///< "X", "obsm/X_pca", "obs/day"
  std::string shape;  ///< "160 x 30"
  std::string kind;   ///< "dense", "sparse by rows", "2 categories"
};

struct FileContents {
  std::string format;
  std::vector<ContentItem> items;
  std::string advice;  ///< the next step where this is no time course that 'train' reads, or empty
};

/// Of a file that is no model: .h5ad, .npz, .npy, .loom, .h5, a folder of 10x. None for tables and for names
/// with other endings. Throws bad_input for files that are damaged.
std::optional<FileContents> contents_of(const std::string& path);

/// Several lines, a table.
std::string contents_text(const FileContents& contents);

nlohmann::ordered_json contents_json(const FileContents& contents);

}  // namespace cellmnn

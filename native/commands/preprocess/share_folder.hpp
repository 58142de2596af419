/// A folder in which several processes keep what they find of shares of the cells.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "cellmnn/types.hpp"

namespace cellmnn {

/// What a pass finds of one share, by name.
using Arrays = std::map<std::string, Matrix<double>>;
using ArrayShapes = std::map<std::string, std::pair<Index, Index>>;

class ShareFolder {
 public:
  /// `question` is all that the values depend on.
  ShareFolder(std::string path, const nlohmann::ordered_json& question)
      : path_(std::move(path)), question_(question) {}

  const std::string& path() const { return path_; }
  bool has(const std::string& pass, Index share) const;
  void write(const std::string& pass, Index share, const Arrays& arrays) const;

  /// Throws bad_input for a file that is damaged or of another question.
  Arrays read(const std::string& pass, Index share, const ArrayShapes& shapes) const;

 private:
  std::string file(const std::string& pass, Index share) const;

  std::string path_;
  nlohmann::json question_;
};

}  // namespace cellmnn

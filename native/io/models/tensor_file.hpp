/// What model files and checkpoints share: a safetensors file whose metadata name its format.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cellmnn/error.hpp"
#include "native/io/files/json_reader.hpp"
#include "native/io/models/safetensors.hpp"

namespace cellmnn {

/// Takes the parts of a file out one by one; every complaint is bad_input and names the file.
class TensorFile {
 public:
  /// The content of the file `path`. Throws bad_input unless it has one of these formats, such as
  /// "cellmnn/1", which are of one kind.
  TensorFile(std::string_view content, std::string path, const std::vector<std::string>& formats);

  const std::string& format() const { return text("format"); }

  bool has_metadata(const std::string& key) const { return content_.metadata.count(key) > 0; }
  bool has_tensor(const std::string& name) const { return content_.tensors.count(name) > 0; }

  /// The metadata of this key, which are JSON, as understood by parse(json).
  template <typename Parse>
  auto metadata(const std::string& key, const Parse& parse) const {
    const auto json = parse_json<nlohmann::json>(text(key));
    if (json.is_discarded()) {
      throw error("the metadata '" + key + "' cannot be understood (no JSON, or deeper than " +
                  std::to_string(kMaxJsonDepth) + " levels)");
    }
    try {
      return parse(json);
    } catch (const nlohmann::json::exception& failure) {
      throw error("the metadata '" + key + "' cannot be understood (" + failure.what() + ")");
    } catch (const Error& failure) {
      throw error("the metadata '" + key + "' cannot be used: " + failure.what());
    }
  }

  /// The values of a tensor, row-major; their type, shape and finiteness are checked.
  template <typename Scalar>
  std::vector<Scalar> take(const std::string& name, const std::vector<Index>& shape);

  /// Throws if a tensor has not been taken.
  void expect_no_more() const;

  Error error(const std::string& what) const;

 private:
  const std::string& text(const std::string& key) const;

  std::string path_;
  SafeTensors content_;
};

/// JSON as metadata text; bytes that are no UTF-8 are replaced.
std::string metadata_text(const nlohmann::json& json);

}  // namespace cellmnn

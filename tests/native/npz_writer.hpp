/// Compressed archives as numpy makes them: the program itself writes them uncompressed.
#pragma once

#include <string>
#include <string_view>
#include <vector>
#include <xtensor/xnpy.hpp>

#include "native/io/files/zip_records.hpp"

namespace cellmnn {

class ZipWriter {
 public:
  void add(const std::string& name, std::string_view bytes);

  /// The whole archive; ends the writer.
  std::string finish();

 private:
  std::string archive_;
  ZipDirectory directory_;
};

/// A whole .npy file with one axis of UTF-8 texts (numpy's dtype U).
std::string npy_of_texts(const std::vector<std::string>& texts);

class NpzWriter {
 public:
  template <typename E>
  void add(const std::string& name, const xt::xexpression<E>& array) {
    zip_.add(name + ".npy", xt::dump_npy(array));
  }
  void add(const std::string& name, const std::vector<std::string>& texts) {
    zip_.add(name + ".npy", npy_of_texts(texts));
  }

  /// The whole file; ends the writer.
  std::string finish() { return zip_.finish(); }

 private:
  ZipWriter zip_;
};

}  // namespace cellmnn

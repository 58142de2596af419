/// Lines of a text file, which may be compressed with gzip.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cellmnn/error.hpp"
#include "cellmnn/types.hpp"

struct gzFile_s;

namespace cellmnn {

class GzipLines {
 public:
  /// Throws bad_input if the file cannot be read.
  explicit GzipLines(std::string path);
  ~GzipLines();
  GzipLines(const GzipLines&) = delete;
  GzipLines& operator=(const GzipLines&) = delete;

  /// The next line, valid until the next call; false at the end. Throws bad_input for damaged data.
  bool next(std::string_view& line);

  Index line() const { return line_; }  ///< of the last one, from 1

  /// "PATH: line N: WHAT" as bad_input.
  Error error(const std::string& what) const;

 private:
  bool fill();

  std::string path_;
  gzFile_s* file_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0, end_ = 0;
  bool at_end_ = false;
  Index line_ = 0;
};

}  // namespace cellmnn

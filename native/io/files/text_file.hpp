/// Whole text files, which may be compressed with gzip.
#pragma once

#include <string>

namespace cellmnn {

/// The text as UTF-8 without a byte order mark, with \n or \r\n at the ends of lines. Throws bad_input with
/// the line of the first byte that is not UTF-8, and for what is no text or damaged.
std::string read_text(const std::string& path);

/// Whether the ending is that of a table: .csv, .tsv or .txt, each also with .gz.
bool is_table_name(const std::string& path);

}  // namespace cellmnn

/// The .npy format of numpy: a header in Python's syntax, then the values.
///
/// xtensor's xnpy writes it. It cannot read for us: it knows no strings and no foreign byte order,
/// believes any size, and needs the whole array where we keep a few columns.
#pragma once

#include <string>
#include <vector>
#include <xtensor/xarray.hpp>

#include "cellmnn/types.hpp"
#include "native/io/files/zip.hpp"

namespace cellmnn {

struct NpyHeader {
  std::string dtype;  ///< numpy's name, e.g. "<f8", "|b1", "<U12"; "structured" for records
  bool fortran_order = false;
  std::vector<Index> shape;

  char kind() const;  ///< f, i, u, b, U, S, or any other letter of numpy
  Index item_bytes() const;
  bool numeric() const;  ///< a number type this program reads
  bool text() const { return (kind() == 'U' || kind() == 'S') && item_bytes() > 0; }
  bool list_of(Index length) const;  ///< one value each, in one axis or in (length, 1)
  std::string describe() const;      ///< e.g. "(16819, 100) <f8"
};

/// Reads the header; the values follow. Throws bad_input if the header is malformed or the values do
/// not fill the entry exactly.
NpyHeader read_npy_header(ZipEntryReader& reader, const std::string& what);

/// The values after a numeric header, row-major whatever the order in the file.
xt::xarray<double> read_npy_numbers(ZipEntryReader& reader, const NpyHeader& header);

/// The next `count` numbers of an array with one axis.
std::vector<double> read_npy_list(ZipEntryReader& reader, const NpyHeader& header, Index count);

/// The first `columns` columns of the next `rows` rows of a numeric array with two axes; of all rows where
/// the array is in Fortran's order.
Matrix<float> read_npy_columns(ZipEntryReader& reader, const NpyHeader& header, Index rows, Index columns);

/// The next `count` values of an array of texts, as UTF-8.
std::vector<std::string> read_npy_texts(ZipEntryReader& reader, const NpyHeader& header, Index count);

/// The bytes before the values of a .npy file, row-major.
std::string npy_header_bytes(const std::string& dtype, const std::vector<Index>& shape);

/// Characters of the longest of UTF-8 texts.
Index longest_text(const std::vector<std::string>& texts);

/// UTF-8 texts as values of numpy's dtype U with so many characters each.
std::string npy_text_bytes(const std::vector<std::string>& texts, Index length);

}  // namespace cellmnn

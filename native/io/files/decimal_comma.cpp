#include "native/io/files/decimal_comma.hpp"

#include <string>

#include "native/io/files/text.hpp"

namespace cellmnn {

DecimalMark decimal_mark(std::string_view field) {
  field = trimmed(field);
  if (field.empty() || field.size() > 64) return DecimalMark::none;
  const std::size_t point = field.find('.');
  const std::size_t comma = field.find(',');
  if (comma == std::string_view::npos) {
    return point != std::string_view::npos && parse_number(field) ? DecimalMark::point : DecimalMark::none;
  }
  if (point != std::string_view::npos || field.find(',', comma + 1) != std::string_view::npos)
    return DecimalMark::none;
  std::string with_point(field);
  with_point[comma] = '.';
  if (!parse_number(with_point)) return DecimalMark::none;
  const std::string_view whole = field.substr(field.find_first_not_of("+-"));
  const std::size_t before = whole.find(',');
  const bool may_be_thousands = before >= 1 && before <= 3 && whole[0] != '0' && whole.size() == before + 4 &&
                                whole.find_first_of("eE") == std::string_view::npos;
  return may_be_thousands ? DecimalMark::unclear : DecimalMark::comma;
}

}  // namespace cellmnn

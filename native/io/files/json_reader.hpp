/// JSON from files: code that walks a value calls itself for each level, so the depth needs a bound.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

namespace cellmnn {

constexpr int kMaxJsonDepth = 64;

/// The value, or a discarded one (is_discarded) for text that is no JSON or nests deeper than kMaxJsonDepth.
template <typename Json>
Json parse_json(std::string_view text) {
  bool too_deep = false;
  const auto within_depth = [&](int depth, typename Json::parse_event_t, const Json&) {
    too_deep = too_deep || depth >= kMaxJsonDepth;
    return depth < kMaxJsonDepth;
  };
  Json value = Json::parse(text, within_depth, false);
  return too_deep ? Json(Json::value_t::discarded) : value;
}

/// Whether it is a number without a fraction that `Whole` holds.
template <typename Whole, typename Json>
bool is_whole_number(const Json& value) {
  if (value.is_number_unsigned())
    return std::in_range<Whole>(value.template get<typename Json::number_unsigned_t>());
  return value.is_number_integer() &&
         std::in_range<Whole>(value.template get<typename Json::number_integer_t>());
}

/// Such a number. Throws type_error for any other value, where get() would cut it.
template <typename Whole, typename Json>
Whole whole_number(const Json& value) {
  if (is_whole_number<Whole>(value)) return value.template get<Whole>();
  throw Json::type_error::create(302, value.dump() + " is not such a whole number as is expected", &value);
}

}  // namespace cellmnn

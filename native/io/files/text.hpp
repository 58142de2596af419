/// Numbers and lists between files and people.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cellmnn {

/// "a, b, c" for the separator ", ".
std::string joined(const std::vector<std::string>& texts, std::string_view separator);

/// "'a', 'b', 'c'"; after the first twelve the others are only counted.
std::string quoted_list(const std::vector<std::string>& names);

/// The shortest text that reads back as the same number: "3", "0.25", "1e-09".
std::string number_text(double value);
std::string number_text(float value);

/// The number that makes up the whole text, spaces around it left out; also "nan" and "inf".
std::optional<double> parse_number(std::string_view text);

/// Text that stands for no value: "", "NA", "nan", "None" and the like.
bool is_missing(std::string_view text);

std::string lower_case(std::string_view text);

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> texts);

std::string_view trimmed(std::string_view text);

/// Text of a message with what it quotes from files: control characters, such as ends of lines, become
/// spaces, and the middle of a long text "...".
std::string one_line(std::string_view text);

}  // namespace cellmnn

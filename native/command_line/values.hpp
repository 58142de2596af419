/// The values of options, from text. All throw usage and name the option.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cellmnn/error.hpp"

namespace cellmnn {

/// A whole number of at least `least`, and at most `most` if there is such.
std::int64_t parse_whole(const std::string& option, const std::string& text, std::int64_t least,
                         std::optional<std::int64_t> most = std::nullopt);

std::uint64_t parse_seed(const std::string& option, const std::string& text);

/// A finite number.
double parse_number(const std::string& option, const std::string& text);

/// "a,b,c" -> {"a", "b", "c"}; refuses an empty entry.
std::vector<std::string> parse_list(const std::string& option, const std::string& text);

std::vector<double> parse_numbers(const std::string& option, const std::string& text);

/// "a=0,b=2.5" -> {"a=0", "b=2.5"}. A name may have commas: an entry ends at a comma after its '='.
std::vector<std::string> parse_pairs(const std::string& option, const std::string& text,
                                     const std::string& expected);

/// "a=0,b=2.5" -> {{"a", 0}, {"b", 2.5}}, each name once; `expected` says so in the error.
std::map<std::string, double> parse_assignments(const std::string& option, const std::string& text,
                                                const std::string& expected);

/// "key=label" -> {"key", "label"}, of --group.
std::pair<std::string, std::string> parse_group(const std::string& text);

/// Refuses a value that is not one of `choices`, suggesting the nearest.
void require_choice(const std::string& option, const std::string& text,
                    const std::vector<std::string>& choices);

/// The message with the option that it is about as the command line spells it: "--kinetic-step is 0; ...".
std::string message_of(const Error& error);

/// "a, b or c".
std::string enumerated(const std::vector<std::string>& choices);

}  // namespace cellmnn

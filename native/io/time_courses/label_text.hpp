/// What stands in the label of a time: a number or a range, and the text around it.
#pragma once

#include <string>

namespace cellmnn {

/// How the number of a label begins.
enum class LabelSign {
  none,   ///< "D7", "day 7"
  given,  ///< "-7", "day -7", "D+7", "D\u22127": a sign and nothing else
  open,   ///< "D-7": a minus, or a dash between a word and its number
};

struct LabelText {
  std::string before, after;  ///< the text around, in lower case, without separators at its ends
  double value = 0;           ///< of a range its middle; an open dash is not counted
  LabelSign sign = LabelSign::none;
  bool is_range = false;  ///< two numbers joined by a dash, the second larger

  bool bare() const { return before.empty() && after.empty(); }
};

/// Throws bad_input where there is no number or more than one that is no range.
LabelText label_text(const std::string& label);

/// The last word of a text, and its first one: letters without digits and separators.
std::string last_word(const std::string& text);
std::string first_word(const std::string& text);

}  // namespace cellmnn

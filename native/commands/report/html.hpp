/// The few elements of HTML that a report is made of. Texts are escaped; html is not.
#pragma once

#include <string>
#include <vector>

namespace cellmnn::html {

std::string paragraph(const std::string& text);
std::string remark(const std::string& text);  ///< a paragraph that is set apart
std::string fixed_text(const std::string& text);
std::string list(const std::vector<std::string>& texts);
std::string table(const std::vector<std::string>& header, const std::vector<std::vector<std::string>>& rows);
std::string figure(const std::string& svg, const std::string& caption);
std::string link(const std::string& address, const std::string& text);

/// With a heading and html inside.
std::string section(const std::string& title, const std::string& inside);

/// The whole file. `lead` is a text under the title.
std::string page(const std::string& title, const std::string& lead, const std::string& sections);

}  // namespace cellmnn::html

/// The few elements of HTML that pages without scripts are made of. Texts are escaped; html is not.
#pragma once

#include <string>
#include <vector>

namespace cellmnn::html {

/// Any element with html inside; `opening` is its name, and attributes if it has some.
std::string element(const std::string& opening, const std::string& inside);

std::string paragraph(const std::string& text);
std::string remark(const std::string& text);  ///< a paragraph that is set apart
std::string fixed_text(const std::string& text);
std::string list(const std::vector<std::string>& texts);
std::string table(const std::vector<std::string>& header, const std::vector<std::vector<std::string>>& rows);
std::string figure(const std::string& svg, const std::string& caption);
std::string link(const std::string& address, const std::string& text);

/// With a heading and html inside.
std::string section(const std::string& title, const std::string& inside);

/// The whole file. `lead` is a text under the title, `style` has rules on top of those of all pages.
std::string page(const std::string& title, const std::string& lead, const std::string& sections,
                 const std::string& style = "");

}  // namespace cellmnn::html

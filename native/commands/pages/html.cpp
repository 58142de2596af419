#include "native/commands/pages/html.hpp"

#include "native/pictures/svg.hpp"

namespace cellmnn::html {
namespace {

constexpr const char* kStyle =
    ":root{--ink:#1d1f24;--quiet:#5d626b;--line:#e3e5e8;--ground:#fff;--link:#0060a0;color-scheme:light dark}"
    "@media(prefers-color-scheme:dark){:root{--ink:#e8e9ec;--quiet:#a4a9b2;--line:#33373f;--ground:#15171c;"
    "--link:#6cb6f0}}"
    "body{margin:0 auto;padding:24px;max-width:760px;background:var(--ground);color:var(--ink);"
    "font:15px/1.5 system-ui,'Helvetica Neue',Arial,sans-serif}"
    "h1{font-size:26px;margin:8px 0}h2{font-size:19px;margin:32px 0 8px;border-bottom:1px solid var(--line)}"
    "a{color:var(--link)}.remark,figcaption{color:var(--quiet);font-size:13.5px}figure{margin:16px 0}"
    "svg{max-width:100%;height:auto}pre{overflow-x:auto;font-size:12.5px}"
    ".wide{overflow-x:auto}table{border-collapse:collapse;font-size:13.5px;font-variant-numeric:tabular-nums}"
    "td,th{text-align:left;padding:3px 14px 3px 0;border-bottom:1px solid var(--line)}th{font-weight:600}"
    "@media print{:root{--ink:#000;--quiet:#444;--line:#ccc;--ground:#fff;--link:#000}body{padding:0;"
    "max-width:none;font-size:11pt}figure,table{break-inside:avoid}h2{break-after:avoid}"
    "a[href]::after{content:' (' attr(href) ')'}}";

std::string row(const std::vector<std::string>& cells, const std::string& name) {
  std::string inside;
  for (const std::string& cell : cells) inside += element(name, escaped(cell));
  return element("tr", inside);
}

}  // namespace

std::string element(const std::string& opening, const std::string& inside) {
  std::string text = "<" + opening;
  text += ">" + inside;
  return text + "</" + opening.substr(0, opening.find(' ')) + ">\n";
}

std::string paragraph(const std::string& text) { return element("p", escaped(text)); }

std::string remark(const std::string& text) { return element("p class='remark'", escaped(text)); }

std::string fixed_text(const std::string& text) {
  std::string lines;  // escaped() would put all into one line
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines += escaped(text.substr(begin, end - begin));
    lines += "\n";
    begin = end + 1;
  }
  return element("pre", lines);
}

std::string list(const std::vector<std::string>& texts) {
  std::string inside;
  for (const std::string& text : texts) inside += element("li", escaped(text));
  return element("ul", inside);
}

std::string table(const std::vector<std::string>& header, const std::vector<std::vector<std::string>>& rows) {
  std::string inside = row(header, "th");
  for (const std::vector<std::string>& cells : rows) inside += row(cells, "td");
  return element("div class='wide'", element("table", inside));
}

std::string figure(const std::string& svg, const std::string& caption) {
  return element("figure", svg + element("figcaption", escaped(caption)));
}

std::string link(const std::string& address, const std::string& text) {
  std::string opening = "a href='";
  opening += escaped(address) + "'";
  return element(opening, escaped(text));
}

std::string section(const std::string& title, const std::string& inside) {
  return element("section", element("h2", escaped(title)) + inside);
}

std::string page(const std::string& title, const std::string& lead, const std::string& sections,
                 const std::string& style) {
  return "<!doctype html>\n<html lang='en'><head><meta charset='utf-8'>\n"
         "<meta name='viewport' content='width=device-width,initial-scale=1'>\n<title>" +
         escaped(title) + "</title>\n<style>" + kStyle + picture_style() + style +
         "</style></head>\n<body>\n" + element("h1", escaped(title)) + remark(lead) + sections +
         "</body></html>\n";
}

}  // namespace cellmnn::html

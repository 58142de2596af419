#include "native/commands/export/gallery_page.hpp"

#include <cctype>

#include "native/commands/pages/html.hpp"
#include "native/io/files/text.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

constexpr std::size_t kTimesShown = 12;

/// Colours and letters of the interactive page.
constexpr const char* kStyle =
    "@media screen{:root{--ink:#1a1d23;--quiet:#59616e;--line:#d9dde3;--ground:#f6f7f9;--surface:#fff;"
    "--link:#0b5cad}}"
    "@media screen and (prefers-color-scheme:dark){:root{--ink:#e8eaee;--quiet:#a5adba;--line:#353a44;"
    "--ground:#14161b;--surface:#1c1f26;--link:#6db3f8}}"
    "body{max-width:72em;font:clamp(14px,6px + 0.625vw,20px)/1.45 system-ui,'Segoe UI','Liberation Sans',"
    "'DejaVu Sans',sans-serif;overflow-wrap:anywhere}.remark,table{font-size:0.93em}"
    "article{display:grid;grid-template-columns:320px minmax(0,1fr);gap:8px 24px;margin:20px 0;padding:16px;"
    "border:1px solid var(--line);border-radius:7px;background:var(--surface);break-inside:avoid}"
    "article h2{margin:0;border:0}h3{font-size:1em;margin:16px 0 8px}p,ul{margin:8px "
    "0}details{grid-column:1/-1}"
    "summary{color:var(--link);cursor:pointer}"
    "code,pre{font:0.875em/1.45 ui-monospace,'DejaVu Sans Mono',monospace}td,th{overflow-wrap:normal}"
    "@media(max-width:720px){body{padding:16px}article{grid-template-columns:minmax(0,1fr)}}";

/// The address of a file in the same folder.
std::string address(const std::string& file) {
  constexpr const char* kDigits = "0123456789ABCDEF";
  std::string text;
  for (const char c : file) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || c == '.' || c == '-' || c == '_') {
      text += c;
    } else {
      text += '%';
      text += kDigits[byte / 16];
      text += kDigits[byte % 16];
    }
  }
  return text;
}

std::string article(const GalleryEntry& entry) {
  const std::string to = address(entry.page);
  std::string inside = html::element("h2", html::link(to, entry.card.title)) + html::remark(entry.facts);
  for (const markdown::Block& block : entry.card.lead) inside += markdown::html(block);
  inside = html::element("a href='" + to + "' tabindex='-1' aria-hidden='true'", entry.picture.element()) +
           html::element("div", inside);
  if (!entry.card.rest.empty()) {
    std::string more = html::element("summary", "More about it");
    for (const markdown::Block& block : entry.card.rest) more += markdown::html(block);
    inside += html::element("details", more);
  }
  return html::element("article", inside);
}

}  // namespace

std::string facts(const DataFile& file, const CellMnn& model) {
  const auto& snapshots = file.data.snapshots;
  std::string times = number_text(snapshots.front().time);
  if (snapshots.size() > kTimesShown) {
    times += " to " + number_text(snapshots.back().time);
  } else {
    for (std::size_t s = 1; s < snapshots.size(); ++s) times += ", " + number_text(snapshots[s].time);
  }
  std::string text = counted(file.data.cells(), "cell") + " at " + counted(std::ssize(snapshots), "time") +
                     " (" + times + (file.time_unit.empty() ? "" : " " + file.time_unit) + "), " +
                     counted(model.config.dims, "component");
  const auto genes = std::ssize(model.gene_space.genes);
  return genes > 0 ? text + ", " + counted(genes, "gene") : text;
}

std::string gallery_html(const std::string& title, const std::vector<GalleryEntry>& entries) {
  std::string articles;
  for (const GalleryEntry& entry : entries) articles += article(entry);
  const std::string lead = "Models of cells over time, by cellmnn " CELLMNN_VERSION
                           ". Each page has cells, model and program inside, and needs no network. In the "
                           "pictures dots are measured "
                           "cells, later ones lighter, and lines are paths that the model predicts.";
  return html::page(title.empty() ? "Gallery" : title, lead, html::element("main", articles), kStyle);
}

}  // namespace cellmnn

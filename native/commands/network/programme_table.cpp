#include "native/commands/network/programme_table.hpp"

#include <algorithm>

#include "native/io/files/csv.hpp"
#include "native/io/files/output_file.hpp"
#include "native/io/files/text.hpp"
#include "native/runtime/vectors.hpp"

namespace cellmnn {
namespace {

std::vector<Index> largest(const Vector<double>& weights, Index count) {
  std::vector<Index> order = by_size(weights);
  order.resize(std::min(order.size(), static_cast<std::size_t>(count)));
  return order;
}

}  // namespace

std::string kind_of(const Programme& programme) {
  const double growth = programme.rate.real();
  const std::string turning = programme.rate.imag() > 0 ? "rotating " : "";
  return turning + (growth > 0 ? "growing" : growth < 0 ? "decaying" : "still");
}

void write_programmes(const std::string& path, const std::vector<GroupProgrammes>& groups,
                      const std::vector<std::string>& genes, Index top) {
  std::string text =
      "group\tmode\tkind\tgrowth_rate\tperiod\trank\tgene\tweight\tweight_quarter_period_later\n";
  for (const auto& [group, programmes] : groups) {
    for (std::size_t mode = 0; mode < programmes.size(); ++mode) {
      const Programme& programme = programmes[mode];
      const double turn = programme.rate.imag();
      const std::string period = turn > 0 ? number_text(2 * std::acos(-1.0) / turn) : "";
      int rank = 0;
      for (const Index gene : largest(programme.genes, top)) {
        const bool turns = programme.genes_later.size() > 0;
        text += csv_field(group) + "\t" + std::to_string(mode + 1) + "\t" + kind_of(programme) + "\t" +
                number_text(programme.rate.real()) + "\t" + period + "\t" + std::to_string(++rank) + "\t" +
                csv_field(genes[static_cast<std::size_t>(gene)]) + "\t" + number_text(programme.genes(gene)) +
                "\t" + (turns ? number_text(programme.genes_later(gene)) : "") + "\n";
      }
    }
  }
  write_file(path, text);
}

}  // namespace cellmnn

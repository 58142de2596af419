#include "native/io/h5ad/label_counts.hpp"

#include <numeric>
#include <unordered_map>
#include <utility>

namespace cellmnn {

void LabelCounts::add(const LabelColumn& block) {
  ordered = ordered || block.ordered;
  if (labels.empty()) {
    labels = block.labels;
    numbers = block.numbers;
    rows.assign(labels.size(), 0);
  } else if (labels != block.labels) {
    std::unordered_map<std::string, Index> known;
    for (std::size_t i = 0; i < labels.size(); ++i) known.emplace(labels[i], rows[i]);
    for (const std::string& label : block.labels) {
      if (known.emplace(label, 0).second) labels.push_back(label);
    }
    if (!numbers.empty()) {  // in ascending order
      numbers.insert(numbers.end(), block.numbers.begin(), block.numbers.end());
      LabelColumn all = label_column(numbers);
      labels = std::move(all.labels);
      numbers = std::move(all.numbers);
    }
    rows.clear();
    for (const std::string& label : labels) rows.push_back(known.at(label));
  }
  std::vector<std::size_t> places(block.labels.size());
  std::iota(places.begin(), places.end(), std::size_t{0});
  if (labels != block.labels) {
    std::unordered_map<std::string, std::size_t> place_of;
    for (std::size_t i = 0; i < labels.size(); ++i) place_of.emplace(labels[i], i);
    for (std::size_t i = 0; i < places.size(); ++i) places[i] = place_of.at(block.labels[i]);
  }
  for (const std::int32_t code : block.codes) {
    code < 0 ? ++missing : ++rows[places[static_cast<std::size_t>(code)]];
  }
}

Index LabelCounts::all_rows() const { return std::accumulate(rows.begin(), rows.end(), missing); }

}  // namespace cellmnn

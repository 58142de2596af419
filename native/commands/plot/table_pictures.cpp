#include "native/commands/plot/table_pictures.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "cellmnn/error.hpp"
#include "cellmnn/nearest.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/text.hpp"
#include "native/io/tables/column_table.hpp"
#include "native/pictures/colors.hpp"
#include "native/pictures/pictures.hpp"

namespace cellmnn {
namespace {

constexpr std::size_t kMostPanels = 12, kMostEdges = 12, kMostRows = 20, kSearchedEdges = 200;

/// The distinct values in the order of their first row, and the place of each row's value among them.
template <typename Value>
struct Distinct {
  std::vector<Value> values;
  std::map<Value, std::size_t> places;

  explicit Distinct(const std::vector<Value>& column) {
    for (const Value& value : column) {
      if (places.emplace(value, values.size()).second) values.push_back(value);
    }
  }
};

std::vector<std::string> colors_of(std::size_t count) {
  std::vector<std::string> colors;
  for (std::size_t k = 0; k < count; ++k) colors.push_back(category_color(k));
  return colors;
}

/// The genes that are asked for, or else the first ones.
std::vector<std::string> genes_of(const PlotRequest& request, const std::vector<std::string>& there,
                                  std::size_t most) {
  for (const std::string& gene : request.genes) {
    if (std::find(there.begin(), there.end(), gene) != there.end()) continue;
    const std::string near = nearest(gene, there);
    throw file_error(request.files.front(), "has no gene '" + gene + "' (--genes)" +
                                                (near.empty() ? "" : ": did you mean '" + near + "'?"));
  }
  std::vector<std::string> genes = request.genes.empty() ? there : request.genes;
  if (!request.genes.empty() && genes.size() > most) {
    throw Error(ErrorCode::usage, "--genes names " + std::to_string(genes.size()) +
                                      " genes, but a picture has room for " + std::to_string(most));
  }
  genes.resize(std::min(genes.size(), most));
  return genes;
}

}  // namespace

Svg trends(const PlotRequest& request, Session&) {
  const std::string maker = "'cellmnn fates --trends'";
  const ColumnTable table(request.files.front());
  const std::vector<std::string>&fate = table.texts("fate", maker), &gene = table.texts("gene", maker);
  const std::vector<double> time = table.numbers("time", maker), mean = table.numbers("mean", maker),
                            low = table.numbers("low", maker), high = table.numbers("high", maker),
                            all = table.numbers("all_cells", maker);
  const Distinct fates(fate);
  const Distinct times(time);
  TrendsPicture picture{fates.values, colors_of(fates.values.size()), times.values, {}, {}, {}};
  picture.genes = genes_of(request, Distinct(gene).values, kMostPanels);
  const std::vector<double> none(times.values.size(), NAN);
  picture.lines.assign(picture.genes.size(), {fates.values.size(), TrendsPicture::Line{none, none, none}});
  picture.all.assign(picture.genes.size(), none);
  for (std::size_t r = 0; r < table.rows(); ++r) {
    const auto found = std::find(picture.genes.begin(), picture.genes.end(), gene[r]);
    if (found == picture.genes.end()) continue;
    const auto g = static_cast<std::size_t>(found - picture.genes.begin());
    const std::size_t t = times.places.at(time[r]);
    TrendsPicture::Line& line = picture.lines[g][fates.places.at(fate[r])];
    line.mean[t] = mean[r];
    line.low[t] = low[r];
    line.high[t] = high[r];
    picture.all[g][t] = all[r];
  }
  return drawn(picture);
}

Svg alluvial(const PlotRequest& request, Session&) {
  const std::string maker = "'cellmnn fates --alluvial'";
  const ColumnTable table(request.files.front());
  const std::vector<std::string>&from = table.texts("from_label", maker),
        &to = table.texts("to_label", maker);
  const std::vector<double> from_time = table.numbers("from_time", maker),
                            to_time = table.numbers("to_time", maker), share = table.numbers("share", maker),
                            before = table.numbers("measured_from", maker),
                            after = table.numbers("measured_to", maker);
  std::vector<std::string> names = from;
  names.insert(names.end(), to.begin(), to.end());
  const Distinct labels(names);
  std::vector<double> all_times = from_time;
  all_times.insert(all_times.end(), to_time.begin(), to_time.end());
  std::sort(all_times.begin(), all_times.end());
  const Distinct times(all_times);
  const auto count = static_cast<Index>(labels.values.size());
  AlluvialPicture picture{labels.values, colors_of(labels.values.size()), times.values, {}, {}};
  picture.shares.assign(times.values.size(), Vector<double>::Zero(count));
  picture.flows.assign(times.values.size() - 1, Matrix<double>::Zero(count, count));
  for (std::size_t r = 0; r < table.rows(); ++r) {
    const std::size_t s = times.places.at(from_time[r]);
    const auto a = static_cast<Index>(labels.places.at(from[r])),
               b = static_cast<Index>(labels.places.at(to[r]));
    if (s + 1 >= times.values.size() || times.places.at(to_time[r]) != s + 1) {
      throw file_error(request.files.front(), "has a row from time " + number_text(from_time[r]) + " to " +
                                                  number_text(to_time[r]) +
                                                  ", which do not follow each other");
    }
    picture.flows[s](a, b) = share[r];
    picture.shares[s](a) = before[r];
    picture.shares[s + 1](b) = after[r];
  }
  return drawn(picture);
}

Svg network(const PlotRequest& request, Session&) {
  const std::string maker = "'cellmnn network -o'";
  const ColumnTable table(request.files.front());
  const std::vector<std::string>&source = table.texts(table.has("source") ? "source" : "regulator", maker),
        &target = table.texts("target", maker);
  const std::vector<double> score = table.numbers(table.has("score") ? "score" : "effect", maker);
  std::vector<double> confidence(table.rows(), NAN);
  if (table.has("confidence")) confidence = table.numbers("confidence", maker);
  std::map<std::string, Index> edges_of;
  std::vector<std::string> all = source;
  all.insert(all.end(), target.begin(), target.end());
  for (std::size_t r = 0; r < std::min(table.rows(), kSearchedEdges); ++r) {
    ++edges_of[source[r]];
    ++edges_of[target[r]];
  }
  const auto most = std::max_element(edges_of.begin(), edges_of.end(),
                                     [](const auto& a, const auto& b) { return a.second < b.second; });
  NetworkPicture picture{most->first, {}, {}};
  if (!request.genes.empty()) picture.gene = genes_of(request, Distinct(all).values, 1).front();
  for (std::size_t r = 0; r < table.rows(); ++r) {
    if (target[r] == picture.gene) picture.sources.push_back({source[r], score[r], confidence[r]});
    if (source[r] == picture.gene) picture.targets.push_back({target[r], score[r], confidence[r]});
  }
  for (auto* edges : {&picture.sources, &picture.targets}) {
    std::stable_sort(edges->begin(), edges->end(),
                     [](const auto& a, const auto& b) { return std::abs(a.score) > std::abs(b.score); });
    if (edges->size() > kMostEdges) edges->resize(kMostEdges);
  }
  return drawn(picture);
}

Svg screen(const PlotRequest& request, Session&) {
  const std::string maker = "'cellmnn perturb --fates --screen'";
  const ColumnTable table(request.files.front());
  const std::vector<std::string>&gene = table.texts("gene", maker), &fate = table.texts("fate", maker);
  const std::vector<double> change = table.numbers("change", maker), p = table.numbers("p", maker);
  std::vector<std::size_t> order(table.rows());
  for (std::size_t r = 0; r < order.size(); ++r) order[r] = r;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return std::abs(change[a]) > std::abs(change[b]); });
  std::vector<std::string> by_size;
  by_size.reserve(order.size());
  for (const std::size_t r : order) by_size.push_back(gene[r]);
  const Distinct fates(fate);
  ScreenPicture picture{"Change of the mean probability of a fate, at the time where it is largest",
                        genes_of(request, Distinct(by_size).values, kMostRows),
                        fates.values,
                        {},
                        {}};
  const std::size_t rows = picture.genes.size(), columns = fates.values.size();
  picture.changes = Matrix<double>::Constant(static_cast<Index>(rows), static_cast<Index>(columns), NAN);
  picture.sure.assign(rows, std::vector<bool>(columns));
  for (const std::size_t r : order) {
    const auto found = std::find(picture.genes.begin(), picture.genes.end(), gene[r]);
    if (found == picture.genes.end()) continue;
    const auto g = static_cast<std::size_t>(found - picture.genes.begin());
    const std::size_t f = fates.places.at(fate[r]);
    double& largest = picture.changes(static_cast<Index>(g), static_cast<Index>(f));
    if (!std::isnan(largest)) continue;
    largest = change[r];
    picture.sure[g][f] = p[r] < 0.05;
  }
  return drawn(picture);
}

}  // namespace cellmnn

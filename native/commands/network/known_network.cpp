#include "native/commands/network/known_network.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "cellmnn/interactions.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/text.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

constexpr std::size_t kReasonsShown = 3;  // unused regulators of each reason

using Places = std::map<std::string, std::vector<Index>>;

Places places_of(const std::vector<std::string>& names) {
  Places places;
  for (std::size_t g = 0; g < names.size(); ++g) places[names[g]].push_back(static_cast<Index>(g));
  return places;
}

/// The gene of this name, if there is one and it is modelled; else why not.
struct Found {
  Index gene = -1;
  std::string why_not;
};

Found find(const std::string& name, const Places& places, const ScorableGenes& genes) {
  const auto found = places.find(name);
  if (found == places.end()) return {-1, "not among the genes of the data"};
  if (found->second.size() > 1) return {-1, "the data name several genes so"};
  const Index gene = found->second.front();
  return genes.modelled[static_cast<std::size_t>(gene)] ? Found{gene, ""} : Found{-1, genes.why_not};
}

bool shares_names_without_case(const std::vector<KnownEdge>& edges, const std::vector<std::string>& genes) {
  std::set<std::string> names;
  for (const std::string& gene : genes) names.insert(lower_case(gene));
  return std::any_of(edges.begin(), edges.end(), [&](const KnownEdge& edge) {
    return names.contains(lower_case(edge.regulator)) && names.contains(lower_case(edge.target));
  });
}

}  // namespace

ScorableGenes scorable_genes(const GeneSpace& space) {
  ScorableGenes genes{space.genes, std::vector<bool>(space.genes.size()),
                      "zero loadings: not among the variable genes",
                      std::vector<bool>(space.genes.size(), true)};
  for (const Index gene : modelled_genes(space)) genes.modelled[static_cast<std::size_t>(gene)] = true;
  return genes;
}

ModelledTruth modelled_truth(const std::vector<KnownEdge>& edges, const ScorableGenes& genes,
                             const std::string& path) {
  const Places places = places_of(genes.names);
  ModelledTruth truth;
  truth.edges_in_file = static_cast<Index>(edges.size());
  std::set<Index> named;
  for (const KnownEdge& edge : edges) {
    for (const std::string& name : {edge.regulator, edge.target}) {
      if (const Found found = find(name, places, genes); found.gene >= 0) named.insert(found.gene);
    }
  }
  std::map<Index, Index> target_place, regulator_place;
  for (const Index gene : named) {
    if (!genes.can_be_target[static_cast<std::size_t>(gene)]) continue;
    target_place.emplace(gene, static_cast<Index>(truth.network.targets.size()));
    truth.network.targets.push_back(gene);
  }
  std::set<std::string> regulators;
  for (const KnownEdge& edge : edges) {
    regulators.insert(edge.regulator);
    const Index regulator = find(edge.regulator, places, genes).gene;
    const auto target = target_place.find(find(edge.target, places, genes).gene);
    if (edge.regulator == edge.target || regulator < 0 || target == target_place.end()) continue;
    const auto [found, added] =
        regulator_place.emplace(regulator, static_cast<Index>(regulator_place.size()));
    if (added) truth.network.regulators.push_back(regulator);
    truth.network.edges.push_back({found->second, target->second, edge.sign});
  }
  for (const std::string& name : regulators) {
    const Found found = find(name, places, genes);
    if (regulator_place.contains(found.gene)) continue;
    truth.unused.push_back(
        {name, found.gene >= 0 ? "no other gene that it regulates is modelled" : found.why_not});
  }
  if (truth.network.edges.empty()) {
    throw file_error(path,
                     "none of its " + counted(truth.edges_in_file, "edge") +
                         " lies between two different modelled genes" +
                         (shares_names_without_case(edges, genes.names)
                              ? "; names agree if letter case is ignored: is it of another species?"
                              : "; are the genes named alike, such as 'SOX2' and not 'ENSG00000181449'?"));
  }
  return truth;
}

std::string unused_text(const std::vector<UnusedRegulator>& unused) {
  std::map<std::string, std::vector<std::string>> by_reason;
  for (const auto& [name, reason] : unused) by_reason[reason].push_back(name);
  std::string text;
  for (const auto& [reason, names] : by_reason) {
    text += "  " + counted(static_cast<std::int64_t>(names.size()), "regulator") + " not scored, " + reason +
            ": ";
    for (std::size_t i = 0; i < std::min(kReasonsShown, names.size()); ++i)
      text += (i > 0 ? ", " : "") + names[i];
    text += names.size() > kReasonsShown ? ", ...\n" : "\n";
  }
  return text;
}

}  // namespace cellmnn

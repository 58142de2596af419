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

enum class Standing { modelled, zero_loading, duplicated };

std::map<std::string, Standing> standings(const GeneSpace& space) {
  std::map<std::string, Standing> result;
  for (std::size_t g = 0; g < space.genes.size(); ++g) {
    const bool zero = space.loadings.row(static_cast<Index>(g)).isZero(0);
    const auto [found, added] =
        result.emplace(space.genes[g], zero ? Standing::zero_loading : Standing::modelled);
    if (!added) found->second = Standing::duplicated;
  }
  return result;
}

std::string reason_of(const std::string& gene, const std::map<std::string, Standing>& known) {
  const auto found = known.find(gene);
  if (found == known.end()) return "not among the genes of the data";
  if (found->second == Standing::duplicated) return "the data name several genes so";
  return "zero loadings: not among the variable genes";
}

bool shares_names_without_case(const std::vector<KnownEdge>& edges, const GeneSpace& space) {
  std::set<std::string> names;
  for (const std::string& gene : space.genes) names.insert(lower_case(gene));
  for (const KnownEdge& edge : edges) {
    if (names.contains(lower_case(edge.regulator)) && names.contains(lower_case(edge.target))) return true;
  }
  return false;
}

}  // namespace

ModelledTruth modelled_truth(const std::vector<KnownEdge>& edges, const GeneSpace& space,
                             const std::string& path) {
  const std::map<std::string, Standing> known = standings(space);
  const auto modelled = [&](const std::string& gene) {
    const auto found = known.find(gene);
    return found != known.end() && found->second == Standing::modelled;
  };

  ModelledTruth truth;
  truth.edges_in_file = static_cast<Index>(edges.size());
  std::set<std::string> named;
  for (const KnownEdge& edge : edges) named.insert({edge.regulator, edge.target});
  std::map<std::string, Index> target_place;
  for (const Index gene : modelled_genes(space)) {
    const std::string& name = space.genes[static_cast<std::size_t>(gene)];
    if (!modelled(name) || !named.contains(name)) continue;
    target_place.emplace(name, static_cast<Index>(truth.network.targets.size()));
    truth.network.targets.push_back(gene);
  }
  std::map<std::string, Index> regulator_place;
  std::set<std::string> regulators;
  for (const KnownEdge& edge : edges) {
    regulators.insert(edge.regulator);
    if (edge.regulator == edge.target || !modelled(edge.regulator) || !modelled(edge.target)) continue;
    const auto [found, added] =
        regulator_place.emplace(edge.regulator, static_cast<Index>(regulator_place.size()));
    if (added) {
      truth.network.regulators.push_back(
          truth.network.targets[static_cast<std::size_t>(target_place.at(edge.regulator))]);
    }
    truth.network.edges.push_back({found->second, target_place.at(edge.target), edge.sign});
  }
  for (const std::string& regulator : regulators) {
    if (regulator_place.contains(regulator)) continue;
    truth.unused.push_back({regulator, modelled(regulator) ? "no other gene that it regulates is modelled"
                                                           : reason_of(regulator, known)});
  }
  if (truth.network.edges.empty()) {
    throw file_error(path,
                     "none of its " + counted(truth.edges_in_file, "edge") +
                         " lies between two different modelled genes" +
                         (shares_names_without_case(edges, space)
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

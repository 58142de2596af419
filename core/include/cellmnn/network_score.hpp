/// How well effects find the edges of a known network, and their signs.
///
/// Candidates are all pairs of a true regulator and another gene of the known network. Whether there is an
/// edge is scored by ranking candidates by |effect|; the sign on true edges of known sign, with "activation"
/// as the positive class. Genes do not count as their own targets.
#pragma once

#include <cstdint>
#include <vector>

#include "cellmnn/parallel.hpp"
#include "cellmnn/types.hpp"

namespace cellmnn {

struct TrueEdge {
  Index regulator;  ///< its place in KnownNetwork::regulators
  Index target;     ///< its place in KnownNetwork::targets
  int sign;         ///< +1 activates, -1 represses, 0 not known
};

/// Calls on true edges of known sign.
struct SignConfusion {
  Index activation_as_activation = 0;  ///< true positives
  Index activation_as_repression = 0;  ///< false negatives
  Index repression_as_activation = 0;  ///< false positives
  Index repression_as_repression = 0;  ///< true negatives

  double precision() const;  ///< NaN, as the others, where the divisor is 0
  double recall() const;
  double f1() const;
  double balanced_accuracy() const;  ///< mean of the recalls of activation and repression
  double mcc() const;                ///< Matthews correlation; 0 where all calls are the same
};

struct NetworkScore {
  Index candidates = 0;
  Index edges = 0;
  double auroc = 0;                  ///< of |effect|, edges against other candidates; ties count half
  double auprc = 0;                  ///< average precision of the same ranking
  double early_precision_ratio = 0;  ///< precision in the first `edges` of it, over that of chance
  double signed_auroc = 0;  ///< of effect x sign over (candidate, sign) pairs, of which true edges of known
                            ///< sign are positive
  SignConfusion signs;
  double auroc_p = 1;  ///< share of permutations of the targets that score as high, itself counted
  double sign_p = 1;   ///< the same of balanced accuracy
};

/// The known network among modelled genes, and with it the candidates.
struct KnownNetwork {
  std::vector<Index> regulators;  ///< (R) distinct genes
  std::vector<Index> targets;     ///< (T) distinct genes
  std::vector<TrueEdge> edges;    ///< distinct pairs of different genes
};

/// effects: (R, G). Permutations exchange the targets among each other, which keeps how many genes each
/// regulator regulates and what these have in common. Throws bad_input if there is no edge, numerical for
/// effects that are not finite.
NetworkScore score_network(const Matrix<double>& effects, const KnownNetwork& known, Index permutations,
                           std::uint64_t seed, Executor& executor);

/// The places of finite `values` in ascending order, from 1; ties share their mean.
std::vector<double> mid_ranks(const std::vector<double>& values);

}  // namespace cellmnn

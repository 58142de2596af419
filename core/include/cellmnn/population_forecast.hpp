/// What methods say of the populations that were held out: the shares of types of cells and the means of
/// genes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cellmnn/forecast.hpp"
#include "cellmnn/inner_suite.hpp"
#include "cellmnn/suite.hpp"

namespace cellmnn {

struct PopulationForecast {
  std::string method, protocol;  ///< as in Score
  double hold_out = 0;
  std::optional<ForecastValues> shares;      ///< of types, where both are known
  std::optional<ForecastValues> gene_means;  ///< as the loadings tell them, where there are such
};

/// Of all methods but the noise floor, by method and held-out time, methods in the order of their first
/// scores. Intervals need `inner` results of the same methods.
std::vector<PopulationForecast> forecasts_of(const TimeCourse& data, const SuiteResult& result,
                                             const std::vector<InnerResult>& inner);

/// How many quantities have an interval, and how many of these are within it.
struct Coverage {
  Index told = 0, within = 0;
};

/// Of shares; those of less than 1 %, predicted and measured, do not count.
void count_shares(const PopulationForecast& forecast, Coverage& coverage);
void count_gene_means(const PopulationForecast& forecast, Coverage& coverage);

}  // namespace cellmnn

/// Expression over time of any file, for networks that need no model.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cellmnn/lagged_network.hpp"
#include "native/commands/input/data_input.hpp"
#include "native/commands/input/ko_conditions.hpp"
#include "native/commands/input/ko_files.hpp"
#include "native/commands/input/treatment.hpp"

namespace cellmnn {

/// Of --prior-strength. On simulated networks with a prior half of which is wrong, 5 and more do harm.
inline constexpr double kUsualPriorStrength = 1;

/// How expression is read, and what is known beforehand.
struct ExpressionFlags {
  std::string layer;
  std::optional<ExpressionScale> scale;
  std::vector<std::string> inputs;
  std::optional<double> treatment_from;
  std::string ko_key;
  std::vector<KoFile> ko_files;
  std::string prior;  ///< a file of interactions that are known beforehand
  double prior_strength = kUsualPriorStrength;

  /// --layer, --values, --input, --treatment-from, --ko-key, --ko, --prior and --prior-strength.
  void add_to(Command& command, const std::string& group);

  /// Each of them, and whether it was given.
  std::vector<std::pair<std::string, bool>> given() const;

  /// Those that they name, beside DATA.
  std::vector<std::string> files() const;
};

struct ExpressionCourse {
  std::vector<std::string> genes;  ///< (G) names; kTreatment, if it is there, is the last
  SparseMatrix expression;         ///< (N, G), empty once courses are made of it
  ExpressionScale scale = ExpressionScale::log;
  KoConditions conditions;
  GeneCourse course;                   ///< of the wild type; of large data some of the cells
  std::vector<GeneCourse> knock_outs;  ///< of the other conditions
  std::vector<Index> inputs;           ///< genes of --input
  FrameColumns obs;                    ///< of the cells of DATA
  CellsOverTime cells;                 ///< of `course`: rows of DATA
  std::string time_unit;               ///< or empty
};

/// The courses of all conditions.
std::vector<Condition> conditions_of(const ExpressionCourse& data);

/// Reads cells, times and expression, but makes no courses yet; leaves out genes that do not vary, and says
/// how all was understood. Throws bad_input where no network can be read from such data.
ExpressionCourse read_expression_course(const DataFlags& data, const ExpressionFlags& expression,
                                        Session& session);

/// The index of the gene that `option` names; throws bad_input with the nearest name.
Index gene_named(const ExpressionCourse& data, const std::string& name, const std::string& option);

/// "2.5 h".
std::string time_text(const ExpressionCourse& data, double time);

}  // namespace cellmnn

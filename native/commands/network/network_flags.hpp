/// The options of `cellmnn network`, of both its read-outs.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "native/commands/input/data_input.hpp"
#include "native/commands/input/expression_course.hpp"
#include "native/commands/network/network_scores.hpp"

namespace cellmnn {

inline constexpr std::size_t kLinesShown = 10;  ///< edges and regulators in the text

/// How the network is read.
inline const std::vector<std::string> kReadOuts = {"lagged", "operator"};

struct NetworkFlags {
  std::string read_out;    ///< empty until complete()
  std::string model_path;  ///< of --read-out operator
  DataFlags data;
  std::string regulators_file, truth, tf, output, format, ranking, programmes, json;
  std::optional<Index> top;  ///< edges that are written
  ScoreOptions scoring;
  GeneralFlags general;

  // Of the lagged read-out.
  ExpressionFlags expression;
  std::optional<Index> draws, shuffles;
  std::string around;  ///< a gene; empty for the whole network

  // Of the operator.
  std::vector<std::string> ensemble;
  std::optional<std::string> by;
  std::optional<double> degradation;

  void add_to(Command& command);

  /// Sorts the arguments into model and data. Throws usage for options that do not fit each other or the
  /// read-out, and for outputs that cannot be written.
  void complete();

  /// "tsv", "csv", ...; empty without edges to write.
  std::string edge_format() const;

  /// Where the text for people goes: not between the values of a table.
  std::ostream& report_stream() const;

  /// Those that are read.
  std::vector<std::string> input_files() const;

  std::uint64_t seed() const { return general.seed.value_or(1); }

 private:
  void add_operator_options(Command& command);
  void add_lagged_options(Command& command);
  void refuse_options_of_the_other() const;

  std::vector<std::string> arguments_;
};

}  // namespace cellmnn

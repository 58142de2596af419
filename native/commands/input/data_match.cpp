#include "native/commands/input/data_match.hpp"

#include "cellmnn/data_match.hpp"
#include "native/io/files/text.hpp"
#include "native/io/time_courses/time_units.hpp"

namespace cellmnn {
namespace {

/// "d" of "days"; a word that is no known unit as it is.
std::string unit_name(const std::string& word) {
  const std::optional<LabelUnit> unit = unit_of_word(word);
  return unit ? unit->name : word;
}

/// " (1 d = 24 h)", where both are known.
std::string ratio_text(const std::string& here, const std::string& there) {
  const auto unit = unit_of_word(here), trained = unit_of_word(there);
  if (!unit || !trained) return "";
  const bool longer = trained->minutes > unit->minutes;
  const double ratio = longer ? trained->minutes / unit->minutes : unit->minutes / trained->minutes;
  std::string equation = " (1 " + (longer ? there : here);
  equation += " = " + number_text(static_cast<float>(ratio)) + " " + (longer ? here : there) + ")";
  return equation;
}

std::string way_out(DataPart part, const KnownData& known, const DataFile& file) {
  switch (part) {
    case DataPart::genes:
      return ": take the data of its training";
    case DataPart::loadings:
      return ": the principal components were computed anew, so take the file of its training";
    case DataPart::time_unit:
      return ratio_text(file.time_unit, known.time_unit) +
             ": labels such as '8h' are converted by --time-unit " + known.time_unit +
             ", others by --time-map";
    case DataPart::labels:
      return ": leave --time-map out to have the times of training";
    case DataPart::times:
      return ": give the same column and unit (--time-key, --time-map)";
    case DataPart::coordinates:
      break;
  }
  return ": take the coordinates of training (--embedding-key)";
}

}  // namespace

std::optional<std::string> file_difference(const CellMnn& model, const KnownData& known, const DataFile& file,
                                           const CellSummary& cells) {
  KnownData trained = known;
  trained.time_unit = unit_name(known.time_unit);
  DataNames names{unit_name(file.time_unit), {}, file.gene_sources.aliases};
  for (const TimeLabel& label : file.times) names.labels.emplace(label.label, label.time);
  const std::optional<DataDifference> found =
      data_difference(model, trained, file.data.gene_space, cells, names);
  if (!found) return std::nullopt;
  return found->text + way_out(found->part, known, file);
}

}  // namespace cellmnn

#include "native/commands/perturb/screen.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <ostream>

#include "cellmnn/error.hpp"
#include "cellmnn/perturbation_report.hpp"
#include "native/io/files/csv.hpp"
#include "native/io/files/json_reader.hpp"
#include "native/io/files/output_file.hpp"
#include "native/io/files/text.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kRanksShown = 20;

/// The rows as tsv, the first of them also for people.
class RankTable {
 public:
  RankTable(std::string tsv_header, std::vector<std::string> header)
      : tsv_("rank\t" + std::move(tsv_header) + "\n"), table_(std::move(header)) {}

  /// Both without the rank.
  void add(const std::vector<std::string>& fields, std::vector<std::string> shown) {
    const std::string rank = std::to_string(++rank_);
    tsv_ += rank;
    for (const std::string& field : fields) tsv_ += "\t" + field;
    tsv_ += "\n";
    if (rank_ > kRanksShown) return;
    shown.insert(shown.begin(), rank);
    table_.add(std::move(shown));
  }

  const std::string& tsv() const { return tsv_; }
  std::string text() const { return table_.text(); }

 private:
  std::string tsv_;
  Table table_;
  std::size_t rank_ = 0;
};

Error damaged_screen(const std::string& how) {
  return {ErrorCode::bad_input, "a part of the screen is damaged: " + how};
}

double number(const ordered_json& row, const char* name) { return row.at(name).get<double>(); }

Index gene_index(const ordered_json& value) {
  if (!is_whole_number<Index>(value)) throw damaged_screen("the index of a gene is no whole number");
  return value.get<Index>();
}

std::string name_in(const ordered_json& row, const char* name) { return row.at(name).get<std::string>(); }

std::vector<ordered_json> largest_rows_first(std::vector<ordered_json> rows, const char* name) {
  std::stable_sort(rows.begin(), rows.end(), [&](const ordered_json& a, const ordered_json& b) {
    return number(a, name) > number(b, name);
  });
  return rows;
}

RankTable ranked_by_model(const Screen& screen) {
  std::map<Index, std::string> names;
  std::vector<ComparedGene> genes;
  for (const ordered_json& row : screen.rows) {
    ComparedGene& gene = genes.emplace_back();
    gene.gene = gene_index(row.at("index"));
    gene.expression = number(row, "expression");
    gene.loading = number(row, "loading");
    gene.shift.of_mean = number(row, "shift_of_mean");
    gene.shift.of_cells = number(row, "shift_of_cells");
    for (const ordered_json& other : row.at("similar")) gene.similar.push_back(gene_index(other));
    names[gene.gene] = name_in(row, "gene");
  }
  RankTable table("gene\tshift_of_mean\tshift_of_cells\texpression\tloading\tcontrol_z",
                  {"rank", "gene", "shift of mean", "of cells", "expression", "loading", "z of controls"});
  for (const RankedGene& gene : ranked_genes(genes)) {
    const std::string& name = names.at(gene.gene);
    const double z = gene.control_z;
    table.add({csv_field(name), number_text(gene.shift.of_mean), number_text(gene.shift.of_cells),
               number_text(gene.expression), number_text(gene.loading), std::isnan(z) ? "" : number_text(z)},
              {name, fixed(gene.shift.of_mean, 4), fixed(gene.shift.of_cells, 4), fixed(gene.expression, 3),
               fixed(gene.loading, 3), fixed(z, 2)});
  }
  return table;
}

RankTable ranked_by_network(const Screen& screen) {
  RankTable table("gene\tchange\tlargest_gene\tlargest_change",
                  {"rank", "gene", "change of levels", "most of all in", "by"});
  for (const ordered_json& row : largest_rows_first(screen.rows, "change")) {
    const std::string gene = name_in(row, "gene"), other = name_in(row, "largest_gene");
    const double change = number(row, "change"), largest = number(row, "largest_change");
    table.add({csv_field(gene), number_text(change), csv_field(other), number_text(largest)},
              {gene, fixed(change, 4), other, fixed(largest, 4)});
  }
  return table;
}

RankTable ranked_pairs(const Screen& screen) {
  RankTable table("gene\tother_gene\tchange\tbeyond_sum",
                  {"rank", "gene", "other gene", "change of levels", "beyond the sum of both"});
  for (const ordered_json& row : largest_rows_first(screen.rows, "beyond_sum")) {
    const std::string gene = name_in(row, "gene"), other = name_in(row, "other_gene");
    const double change = number(row, "change"), beyond = number(row, "beyond_sum");
    table.add({csv_field(gene), csv_field(other), number_text(change), number_text(beyond)},
              {gene, other, fixed(change, 4), fixed(beyond, 4)});
  }
  return table;
}

RankTable ranked(const Screen& screen) {
  if (screen.kind == screen_kind::kModel) return ranked_by_model(screen);
  if (screen.kind == screen_kind::kNetwork) return ranked_by_network(screen);
  if (screen.kind == screen_kind::kPairs) return ranked_pairs(screen);
  throw Error(ErrorCode::bad_input, "there is no screen of the kind '" + screen.kind + "'");
}

}  // namespace

void tell_screen(const Screen& screen, const std::string& output, std::ostream& out) {
  try {
    const RankTable table = ranked(screen);
    out << screen.title << table.text() << screen.note;
    if (!output.empty()) write_file(output, table.tsv());
  } catch (const nlohmann::json::exception& error) {
    throw damaged_screen(error.what());
  }
}

}  // namespace cellmnn

/// The files of tests/fixtures, whose answers courses.json holds for the readers of all surfaces.
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "catch.hpp"
#include "error_matcher.hpp"
#include "native/io/h5ad/h5ad_frame.hpp"
#include "native/io/time_courses/data_file.hpp"

using namespace cellmnn;

namespace {

using nlohmann::json;

const std::string kFolder = std::string(CELLMNN_SOURCE_DIR) + "/tests/fixtures/";

DataOptions options_of(const json& given) {
  DataOptions options;
  options.most_dims = 5;
  for (const auto& [name, value] : given.items()) {
    if (name == "time_key") {
      options.time_key = value.get<std::string>();
    } else if (name == "embedding_key") {
      options.embedding_key = value.get<std::string>();
    } else if (name == "time_map") {
      options.time_map = value.get<std::map<std::string, double>>();
    } else if (name == "time_unit") {
      options.time_unit = value;
    } else if (name == "dims") {
      options.dims = value.get<Index>();
    } else if (name == "gene_names") {
      options.gene_names = value.get<std::string>();
    } else if (name == "gene_means") {
      options.gene_means = value;
    } else {
      FAIL("unknown option " << name);
    }
  }
  return options;
}

json times(const DataFile& file) {
  json list = json::array();
  for (const TimeLabel& each : file.times) list.push_back({each.label, each.time, each.cells});
  return list;
}

/// The label and the first cell of each snapshot.
json snapshots(const DataFile& file) {
  json list = json::array();
  for (const Snapshot& snapshot : file.data.snapshots) {
    const auto cell = snapshot.cells.row(0);
    list.push_back({snapshot.label, std::vector<float>(cell.data(), cell.data() + cell.size())});
  }
  return list;
}

json values(const float* begin, Index count) {
  json list = json::array();
  for (Index i = 0; i < count; ++i) list.push_back(std::round(1e5 * static_cast<double>(begin[i])) / 1e5);
  return list;
}

json names(const DataFile& file) {
  json list = json::array();
  for (const auto& rows : file.rows) {
    for (const Index row : rows) list.push_back(file.names.at(static_cast<std::size_t>(row)));
  }
  return list;
}

/// The columns of obs that are asked for, cell by cell in the order of the snapshots.
json labels(const DataFile& file, const json& expected) {
  json all = json::object();
  const H5adFrame obs(hdf5::Node::open(file.path), "obs");
  for (const auto& [name, _] : expected.items()) {
    const LabelColumn column = obs.column(name);
    all[name] = json::array();
    for (const auto& rows : file.rows) {
      for (const Index row : rows) {
        const std::int32_t code = column.codes[static_cast<std::size_t>(row)];
        all[name].push_back(code < 0 ? json() : json(column.labels[static_cast<std::size_t>(code)]));
      }
    }
  }
  return all;
}

/// Those of the parts that the reason has.
json parts_of(const std::string& reason, const json& expected) {
  json found = json::array();
  for (const json& part : expected) {
    if (reason.find(part.get<std::string>()) != std::string::npos) found.push_back(part);
  }
  return found;
}

json fact(const std::string& name, const DataFile& file, const json& expected) {
  const GeneSpace& space = file.data.gene_space;
  if (name == "time_key") return file.time_key;
  if (name == "time_unit") return file.time_unit;
  if (name == "embedding_key") return file.embedding_key;
  if (name == "columns") return file.columns;
  if (name == "available_dims") return file.available_dims;
  if (name == "dims") return file.data.dims();
  if (name == "times") return times(file);
  if (name == "snapshots") return snapshots(file);
  if (name == "names") return names(file);
  if (name == "genes") return space.genes;
  if (name == "loadings") return values(space.loadings.data(), space.loadings.size());
  if (name == "mean") return values(space.mean.data(), space.mean.size());
  if (name == "gene_means_from") return file.gene_sources.means;
  if (name == "no_gene_means") return parts_of(file.gene_sources.no_means, expected);
  if (name == "notes") return file.warnings;
  if (name == "labels") return labels(file, expected);
  FAIL("unknown fact " << name);
  return {};
}

}  // namespace

TEST_CASE("files are read as tests/fixtures says", "[courses]") {
  std::ifstream stream(kFolder + "courses.json");
  const json cases = json::parse(stream);
  CHECK(cases.size() > 70);
  for (const json& each : cases) {
    const std::string path = kFolder + each.at("file").get<std::string>();
    const DataOptions options = options_of(each.value("options", json::object()));
    INFO(each.at("file") << " " << each.value("options", json::object()));
    if (each.contains("refused")) {
      const ErrorCode code = each.value("code", "") == "usage" ? ErrorCode::usage : ErrorCode::bad_input;
      CHECK_THROWS_MATCHES(read_data(path, options), Error,
                           error_with(code, each.at("refused").get<std::vector<std::string>>()));
      continue;
    }
    const DataFile file = read_data(path, options);
    for (const auto& [name, expected] : each.at("expect").items()) {
      INFO(name);
      CHECK(fact(name, file, expected) == expected);
    }
  }
}

#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "cellmnn/two_sided.hpp"
#include "error_matcher.hpp"
#include "native/io/models/model_file.hpp"
#include "native/io/models/safetensors.hpp"
#include "native/temp_folder.hpp"

using namespace cellmnn;

namespace {

ModelFile model_with_mass() {
  ModelFile file;
  CellMnn& model = file.model;
  model.config.dims = 2;
  model.config.width = 3;
  model.config.mass = true;
  model.latent = {Vector<double>::Zero(2), Vector<double>::Ones(2)};
  model.training_times = {2, 4, 7};
  model.parameters = Vector<float>::LinSpaced(parameter_count(model.config), -1, 1);
  file.provenance = {{"seed", 42}};
  return file;
}

}  // namespace

TEST_CASE("what is known of growth reads back, and only then stands in the file", "[model]") {
  const TempFolder folder;
  ModelFile file = model_with_mass();
  const auto metadata_of = [&] {
    write_model(folder.file("m"), file);
    return parse_safetensors(bytes_of(folder.file("m")), "m").metadata;
  };
  CHECK_FALSE(metadata_of().contains("growth"));
  CHECK_FALSE(read_model(folder.file("m")).model.knows_sizes());
  file.model.growth_shift = {0.1, -1.0 / 3};
  metadata_of();
  CellMnn read = read_model(folder.file("m")).model;
  CHECK(read.growth_shift == file.model.growth_shift);
  CHECK(read.knows_sizes());
  CHECK_FALSE(read.knows_growth());
  file.model.growth_prior = true;
  file.reversed = reversed_model(file.model, file.model.parameters);
  metadata_of();
  read = read_model(folder.file("m")).model;
  CHECK(read.knows_growth());
  CHECK_FALSE(read_model(folder.file("m")).reversed->knows_sizes());

  const auto refuses_growth = [&](const char* growth, const std::vector<std::string>& parts) {
    SafeTensors content = parse_safetensors(bytes_of(folder.file("m")), "m");
    content.metadata["growth"] = growth;
    CHECK_THROWS_MATCHES(read_model(folder.write("bad", safetensors_bytes(content))), Error,
                         error_with(ErrorCode::bad_input, parts));
  };
  refuses_growth(R"({"prior": true, "shift": [1]})", {"'growth' hold 1 shifts", "2 intervals"});
  refuses_growth(R"({"prior": 3, "shift": []})", {"'growth' cannot be understood"});
  file.model.config.mass = false;
  file.model.parameters = Vector<float>::LinSpaced(parameter_count(file.model.config), -1, 1);
  file.reversed.reset();
  metadata_of();
  CHECK_THROWS_MATCHES(read_model(folder.file("m")), Error,
                       error_with(ErrorCode::bad_input, {"'growth', but no mass"}));
}

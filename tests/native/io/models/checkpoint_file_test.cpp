/// Checkpoints, which model_file.hpp declares.
#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "error_matcher.hpp"
#include "native/io/models/model_file.hpp"
#include "native/io/models/safetensors.hpp"
#include "native/temp_folder.hpp"

using namespace cellmnn;

namespace {

Checkpoint small_checkpoint() {
  Checkpoint checkpoint;
  checkpoint.options.model = {OperatorKind::dense, 2, 3, 1, 0, 0, false};
  checkpoint.options.steps = 100;
  checkpoint.options.seed = ~std::uint64_t{0};
  checkpoint.options.learning_rate = 0.1 + 0.2;
  checkpoint.data_fingerprint = 0xFEDCBA9876543210;
  const Index count = parameter_count(checkpoint.options.model);
  checkpoint.state = {7, Vector<float>::LinSpaced(count, 0, 1), Vector<float>::LinSpaced(count, 1, 2),
                      Vector<float>::LinSpaced(count, 2, 3), Vector<float>::LinSpaced(count, 3, 4)};
  return checkpoint;
}

}  // namespace

TEST_CASE("a checkpoint reads back bit for bit", "[checkpoint]") {
  const TempFolder folder;
  Checkpoint expected = small_checkpoint();
  if (GENERATE(true, false)) expected.state.average.resize(0);
  write_checkpoint(folder.file("c"), expected);
  const Checkpoint read = read_checkpoint(folder.file("c"));
  CHECK(read.state.step == 7);
  CHECK(read.state.parameters == expected.state.parameters);
  CHECK(read.state.first_moment == expected.state.first_moment);
  CHECK(read.state.second_moment == expected.state.second_moment);
  CHECK(read.state.average == expected.state.average);
  CHECK(read.data_fingerprint == expected.data_fingerprint);
  CHECK(to_json(read.options) == to_json(expected.options));
  CHECK(read.options.seed == ~std::uint64_t{0});
  CHECK(read.options.learning_rate == 0.1 + 0.2);
}

TEST_CASE("a checkpoint of two networks reads back bit for bit", "[checkpoint]") {
  const TempFolder folder;
  Checkpoint expected = small_checkpoint();
  CHECK_FALSE(expected.reversed);
  expected.reversed = expected.state;
  expected.reversed->first_moment *= 2;
  write_checkpoint(folder.file("c"), expected);
  const Checkpoint read = read_checkpoint(folder.file("c"));
  CHECK(read.state.step == 7);
  CHECK(read.state.first_moment == expected.state.first_moment);
  REQUIRE(read.reversed);
  CHECK(read.reversed->step == 7);
  CHECK(read.reversed->parameters == expected.reversed->parameters);
  CHECK(read.reversed->first_moment == expected.reversed->first_moment);
  CHECK(read.reversed->second_moment == expected.reversed->second_moment);
  CHECK(read.reversed->average == expected.reversed->average);
}

TEST_CASE("damaged checkpoints are refused", "[checkpoint]") {
  const TempFolder folder;
  const auto refuses_after = [&](const auto& change, const std::vector<std::string>& parts) {
    write_checkpoint(folder.file("c"), small_checkpoint());
    SafeTensors content = parse_safetensors(bytes_of(folder.file("c")), "c");
    change(content);
    CHECK_THROWS_MATCHES(read_checkpoint(folder.write("bad", safetensors_bytes(content))), Error,
                         error_with(ErrorCode::bad_input, parts));
  };
  using Content = SafeTensors;
  refuses_after([](Content& content) { content.metadata["format"] = "cellmnn-checkpoint/9"; },
                {"'cellmnn-checkpoint/9'", "update cellmnn"});
  refuses_after([](Content& content) { content.metadata["step"] = "101"; }, {"step 101 of 100"});
  refuses_after([](Content& content) { content.metadata["step"] = "-1"; }, {"step -1"});
  for (const char* key : {"step", "sets", "data_fingerprint"})
    for (const char* value : {"1.5", "3e19", "18446744073709551616", "true"})
      refuses_after([&](Content& content) { content.metadata[key] = value; },
                    {std::string("'") + key + "'", "whole number"});
  refuses_after(
      [](Content& content) { content.tensors["reversed.parameters"] = content.tensors["parameters"]; },
      {"no tensor 'reversed.adamw.first_moment'"});
  refuses_after([](Content& content) { content.metadata["data_fingerprint"] = "\"x\""; },
                {"'data_fingerprint'"});
  refuses_after([](Content& content) { content.metadata["options"] = "{}"; }, {"'operator' is missing"});
  refuses_after([](Content& content) { content.tensors.erase("adamw.second_moment"); },
                {"'adamw.second_moment'"});
  refuses_after(
      [](Content& content) {
        content.tensors["average"].shape = {1, 28};
      },
      {"'average'", "expected"});
  ModelFile model{{}, nlohmann::json::object()};
  model.model.config = small_checkpoint().options.model;
  model.model.latent = {Vector<double>::Zero(2), Vector<double>::Ones(2)};
  model.model.training_times = {0, 1};
  model.model.parameters = small_checkpoint().state.parameters;
  write_model(folder.file("m"), model);
  CHECK_THROWS_MATCHES(read_checkpoint(folder.file("m")), Error,
                       error_with(ErrorCode::bad_input, {"'cellmnn/1'", "expected 'cellmnn-checkpoint/1'"}));
  write_checkpoint(folder.file("c"), small_checkpoint());
  CHECK_THROWS_MATCHES(read_model(folder.file("c")), Error,
                       error_with(ErrorCode::bad_input, {"'cellmnn-checkpoint/1'", "expected 'cellmnn/1'"}));
}

/// cellmnn train: a model from a time course.
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <utility>

#include "cellmnn/error.hpp"
#include "cellmnn/two_sided.hpp"
#include "native/command_line/command.hpp"
#include "native/command_line/values.hpp"
#include "native/commands/commands.hpp"
#include "native/commands/input/data_input.hpp"
#include "native/commands/shared/train_flags.hpp"
#include "native/commands/shared/training_run.hpp"
#include "native/commands/train/finished.hpp"
#include "native/commands/train/growth_input.hpp"
#include "native/commands/train/networks.hpp"
#include "native/commands/train/setting_choice.hpp"
#include "native/io/files/output_file.hpp"
#include "native/io/files/text.hpp"
#include "native/runtime/alarm.hpp"
#include "native/runtime/interrupt.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

struct TrainCommand {
  DataFlags data;
  TrainFlags training;
  GrowthFlags growth;
  GeneralFlags general;
  std::string output;
  std::vector<std::string> more;  ///< data sets that are trained jointly with `data`
  std::optional<double> hold_out_time;
  std::vector<std::string> settings;  ///< among which to choose, beside the unchanged ones
  bool two_sided = false;
  bool resume = false;
  double checkpoint_seconds = 300;  ///< between two checkpoints of a run

  std::string checkpoint_path() const { return output + ".checkpoint"; }
  std::string selection_path() const { return output + ".selection"; }
  std::vector<std::string> model_paths() const;
  TrainOptions options(Index dims, const std::string& change = "") const;

  void add_to(Command& command);
  void run(Session& session) const;
  TimeCourse training_data(TimeCourse all, Session& session) const;
  std::vector<DataFile> read_files(Session& session) const;
  SettingChoice choice(const TimeCourse& course, Session& session) const;
};

void TrainCommand::add_to(Command& command) {
  data.add_to(command);
  data.add_gene_names_to(command);
  Option jointly = command.arguments("MORE", "More data sets, to train one network for all jointly", more);
  data.add_dims_to(command);
  data.add_sample_to(command);
  training.add_to(command);
  growth.add_to(command);
  command.option("Training", "--hold-out", "TIME",
                 "Leave the snapshot of this time out; of the first data set if there are several",
                 [this](const std::string& text) { hold_out_time = parse_number("--hold-out", text); });
  command
      .option(
          "Training", "--select", "NAME=VALUE,...",
          "Choose among the unchanged options and these, such as sigma=1,sigma=1+affine=no: by W1 on each "
          "snapshot between the first and the last, of trainings without it",
          [this](const std::string& text) { settings = parse_list("--select", text); })
      .excludes(jointly);
  command.flag("Training", "--two-sided",
               "Also train a second network on the mirrored course, with a seed of its own that follows from "
               "--seed; 'predict --between both' and 'evaluate' ask both",
               two_sided);
  command.flag("Training", "--resume", "Continue the interrupted run of the same options and data", resume);
  command
      .option("Training", "--checkpoint-every", "SECONDS",
              "Save MODEL.checkpoint so often, so that a killed run loses no more; 0 is never",
              [this](const std::string& text) {
                checkpoint_seconds = parse_number("--checkpoint-every", text);
                if (checkpoint_seconds < 0) {
                  throw Error(ErrorCode::usage, "--checkpoint-every is " + text + ", but must be 0 or more");
                }
              })
      .shown_default(number_text(checkpoint_seconds));
  command
      .option("Output", "-o,--output", "MODEL",
              "The model, a safetensors file; of several data sets, DATA and MORE, each gets a file of its "
              "own: joint.safetensors is joint.DATA.safetensors and joint.MORE.safetensors",
              output)
      .required();
  general.add_to(command);
  command.footer(
      "Ctrl-C, TERM and a closed terminal save MODEL.checkpoint, and --select keeps what it has trained in\n"
      "MODEL.selection; the same command with --resume goes on. 'evaluate --select' says how well such a\n"
      "choice predicts times that it has not seen.\n"
      "\n"
      "Examples:\n"
      "  cellmnn train eb.h5ad -o eb.safetensors --steps 10000 --seed 1\n"
      "  cellmnn train eb.h5ad larry.h5ad -o joint.safetensors\n"
      "  cellmnn train eb.h5ad -o both.safetensors --two-sided\n"
      "  cellmnn train eb.h5ad -o eb.safetensors --select agreement=0,sigma=1+affine=no");
}

TimeCourse TrainCommand::training_data(TimeCourse all, Session& session) const {
  if (hold_out_time) {
    HoldOut split = hold_out(all, snapshot_at(all, *hold_out_time));
    session.say("held out: time " + time_name(split.held_out));
    all = std::move(split.training);
  }
  return all;
}

/// The output, or for each of several data sets the output with the name of its file.
std::vector<std::string> TrainCommand::model_paths() const {
  if (more.empty()) return {output};
  std::vector<std::string> inputs = {data.path};
  inputs.insert(inputs.end(), more.begin(), more.end());
  std::vector<std::string> paths;
  for (const std::string& input : inputs) {
    const std::filesystem::path base(output);
    std::filesystem::path path = base;
    path.replace_extension(std::filesystem::path(input).stem().string() + base.extension().string());
    if (std::find(paths.begin(), paths.end(), path.string()) != paths.end()) {
      throw Error(ErrorCode::usage, "two data sets are named '" +
                                        std::filesystem::path(input).stem().string() +
                                        "', but their models need different names: rename one file");
    }
    paths.push_back(path.string());
  }
  return paths;
}

/// A model may have any name, but not one that says that it is something else.
void check_is_model_name(const std::string& path) {
  const std::string name = lower_case(path);
  for (const char* ending :
       {".h5ad", ".npz", ".npy", ".csv", ".tsv", ".txt", ".json", ".html", ".h5", ".checkpoint"}) {
    if (!name.ends_with(ending)) continue;
    throw Error(ErrorCode::usage,
                "--output is '" + path + "', but a model is a safetensors file, such as model.safetensors");
  }
}

std::string training_line(const TimeCourse& data) {
  std::string line = "training on " + counted(data.cells(), "cell") + " of the times ";
  for (const Snapshot& snapshot : data.snapshots) {
    line += (&snapshot == &data.snapshots.front() ? "" : ", ") + number_text(snapshot.time);
  }
  return line;
}

/// That of the only one, or of all in this order.
std::uint64_t joint_fingerprint(const std::vector<TimeCourse>& data) {
  std::uint64_t hash = 0;
  for (const TimeCourse& each : data) hash = hash * 0x100000001B3 ^ fingerprint(each);
  return hash;
}

/// Sampling is with replacement, so this is allowed, but a person may want to know.
void warn_of_small_snapshots(const TimeCourse& data, Index batch, Session& session) {
  const auto sources = static_cast<Index>(data.snapshots.size()) - 1;
  const Index drawn = std::max<Index>(1, batch / sources);
  for (const Snapshot& snapshot : data.snapshots) {
    if (snapshot.cells.rows() >= drawn) continue;
    session.warn("a step draws " + counted(drawn, "cell") + " of each snapshot but time " +
                 time_name(snapshot) + " has only " + grouped(snapshot.cells.rows()) +
                 ": cells are drawn with replacement");
  }
}

std::vector<DataFile> TrainCommand::read_files(Session& session) const {
  DataFlags each = data;
  each.options.sample_seed = general.seed.value_or(TrainOptions{}.seed);
  std::vector<DataFile> files = {read_training_input(each, session)};
  for (const std::string& path : more) {
    each.path = path;
    files.push_back(read_training_input(each, session));
  }
  return files;
}

TrainOptions TrainCommand::options(Index dims, const std::string& change) const {
  const TrainFlags changed = training.with(change);
  TrainOptions options =
      growth.with(changed.options(general.seed, dims), changed.gives("mass_penalty"), !more.empty());
  if (two_sided) options.steps = changed.two_sided_steps().value_or(options.steps);
  return options;
}

SettingChoice TrainCommand::choice(const TimeCourse& course, Session& session) const {
  std::vector<Setting> all = {{"", options(course.dims())}};
  for (const std::string& change : settings) all.push_back({change, options(course.dims(), change)});
  SettingChoice choice = choose_setting(course, all, two_sided, selection_path(), session);
  std::cerr << choice.table().text();
  return choice;
}

void TrainCommand::run(Session& session) const {
  // Wrong options are refused before the data are read; the data may then have fewer dimensions.
  const Index asked_dims = data.options.dims.value_or(ModelConfig{}.dims);
  options(asked_dims);
  for (const std::string& change : settings) options(asked_dims, change);
  const std::optional<PopulationSizes> sizes = growth.sizes();
  check_is_model_name(output);
  std::vector<std::string> outputs = model_paths();
  outputs.push_back(checkpoint_path());
  if (!settings.empty()) outputs.push_back(selection_path());
  for (const std::string& path : outputs) {
    check_writable(path, {data.path});
    for (const std::string& input : more) check_writable(path, {input});
  }

  std::vector<DataFile> files = read_files(session);
  std::vector<TimeCourse> trained_on;
  for (DataFile& file : files) {
    growth.prior.read(file);
    TimeCourse all = std::exchange(file.data, {});
    trained_on.push_back(trained_on.empty() ? training_data(std::move(all), session) : std::move(all));
  }
  const InterruptGuard interrupt;
  const bool only_selected = resume && !settings.empty() && !std::filesystem::exists(checkpoint_path()) &&
                             std::filesystem::exists(selection_path());
  if (!resume && !settings.empty() && std::filesystem::remove(selection_path()))
    session.warn(selection_path() +
                 " of an interrupted run is removed, as this run does not continue it (--resume)");
  std::optional<SettingChoice> chosen;
  if (!settings.empty()) chosen = choice(trained_on.front(), session);
  const TrainOptions options =
      this->options(trained_on.front().dims(), chosen ? chosen->changes[chosen->chosen] : "");
  if (sizes) validate(*sizes, options.model, trained_on.front());
  for (const TimeCourse& each : trained_on) {
    warn_of_small_snapshots(each, options.batch, session);
    session.say(training_line(each));
  }

  Networks networks(trained_on, options, two_sided, session.pool());
  const std::uint64_t data_hash = joint_fingerprint(trained_on);
  if (resume && !only_selected) {
    networks.restore(checkpoint_path(), data_hash);
    session.say("resumed at step " + grouped(networks.forward.steps_done()) + " of " +
                grouped(networks.forward.steps()));
  } else if (std::filesystem::exists(checkpoint_path())) {
    session.warn("there is a checkpoint " + checkpoint_path() +
                 " of an interrupted run, which this run does not continue (--resume) and may replace");
  }

  const auto save = [&] { write_checkpoint(checkpoint_path(), networks.checkpoint(data_hash)); };
  Alarm save_now(checkpoint_seconds);
  const auto stop = [&] {
    if (interrupt.interrupted()) return true;
    if (save_now.rings()) save();
    return false;
  };
  TrainingRun training_run(networks.forward, session, networks.reversed ? &*networks.reversed : nullptr);
  const Finished finished{networks, training_run, files, trained_on, sizes, chosen, session.pool()};
  try {
    if (!training_run.run(stop)) {
      save();
      throw Error(ErrorCode::interrupted, "interrupted at step " + grouped(networks.forward.steps_done()) +
                                              " of " + grouped(networks.forward.steps()) + ", saved as " +
                                              checkpoint_path() +
                                              ": the same command with --resume continues");
    }
  } catch (const Error& error) {
    if (error.code() != ErrorCode::numerical) throw;
    finished.save_after_failure(model_paths(), error);
  }
  finished.write_models(model_paths());
  if (resume || save_now.has_rung()) std::filesystem::remove(checkpoint_path());
  if (chosen) std::filesystem::remove(selection_path());
  session.say("wrote " + joined(model_paths(), ", ") + ": " + (two_sided ? "two networks of " : "") +
              counted(networks.forward.state().parameters.size(), "parameter") + ", last loss " +
              fixed(training_run.last_loss().loss, 4) +
              (two_sided ? " and " + fixed(training_run.last_reversed_loss().loss, 4) : "") + ", " +
              fixed(training_run.steps_per_second(), 0) + " steps/s");
}

}  // namespace

void add_train(Program& program) {
  Command command = program.add_command("train", "Train a model on a time course");
  const auto train = std::make_shared<TrainCommand>();
  train->add_to(command);
  command.on_run([train] {
    in_session("train", train->general, {train->data.path}, [&](Session& session) { train->run(session); });
  });
}

}  // namespace cellmnn

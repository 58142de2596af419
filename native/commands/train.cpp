/// cellmnn train: a model from a time course.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>

#include "cellmnn/error.hpp"
#include "native/command_line.hpp"
#include "native/commands/commands.hpp"
#include "native/commands/data_input.hpp"
#include "native/commands/train_flags.hpp"
#include "native/commands/training_run.hpp"
#include "native/interrupt.hpp"
#include "native/io/output_file.hpp"
#include "native/io/text.hpp"
#include "native/report.hpp"
#include "native/values.hpp"

namespace cellmnn {
namespace {

struct TrainCommand {
  DataFlags data;
  TrainFlags training;
  GeneralFlags general;
  std::string output;
  std::optional<double> hold_out_time;
  bool resume = false;

  std::string checkpoint_path() const { return output + ".checkpoint"; }

  void add_to(CLI::App& command);
  void run(Session& session) const;
  TimeCourse training_data(TimeCourse all, Session& session) const;
  void restore(Trainer& trainer, std::uint64_t data_fingerprint, Session& session) const;
  void save_after_failure(const Trainer& trainer, const TrainingRun& run, const TimeCourse& trained_on,
                          const Error& failure) const;
};

void TrainCommand::add_to(CLI::App& command) {
  data.add_to(command);
  data.add_dims_to(command);
  training.add_to(command);
  add_option(command, "Training", "--hold-out", "TIME", "Leave the snapshot of this time out",
             [this](const std::string& text) { hold_out_time = parse_number("--hold-out", text); });
  command.add_flag("--resume", resume, "Continue the interrupted run of the same options and data")
      ->group("Training");
  add_option(command, "Output", "-o,--output", "MODEL", "The model, a safetensors file", output)->required();
  general.add_to(command);
  command.footer(
      "Example:\n"
      "  cellmnn train eb.h5ad -o eb.safetensors --steps 10000 --seed 1\n"
      "Ctrl-C saves MODEL.checkpoint; the same command with --resume continues from it.");
}

TimeCourse TrainCommand::training_data(TimeCourse all, Session& session) const {
  if (hold_out_time) {
    HoldOut split = hold_out(all, snapshot_at(all, *hold_out_time));
    session.say("held out: time " + time_name(split.held_out));
    all = std::move(split.training);
  }
  return all;
}

std::string training_line(const TimeCourse& data) {
  std::string line = "training on " + counted(data.cells(), "cell") + " of the times ";
  for (const Snapshot& snapshot : data.snapshots) {
    line += (&snapshot == &data.snapshots.front() ? "" : ", ") + number_text(snapshot.time);
  }
  return line;
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

void TrainCommand::restore(Trainer& trainer, std::uint64_t data_fingerprint, Session& session) const {
  if (!std::filesystem::exists(checkpoint_path())) {
    throw Error(ErrorCode::bad_input,
                "there is no " + checkpoint_path() + " to resume from: leave --resume out to begin anew");
  }
  const Checkpoint checkpoint = read_checkpoint(checkpoint_path());
  const nlohmann::json saved = to_json(checkpoint.options), now = to_json(trainer.options());
  for (const auto& [name, value] : saved.items()) {
    if (now.at(name) == value) continue;
    throw Error(ErrorCode::usage, "cannot resume: " + option_of(name) + " is " + now.at(name).dump() +
                                      " but was " + value.dump() + " in the interrupted run");
  }
  if (checkpoint.data_fingerprint != data_fingerprint) {
    throw Error(ErrorCode::bad_input,
                "cannot resume: the training data differ from those of the interrupted run "
                "(the file, its keys, the times or --hold-out)");
  }
  trainer.restore(checkpoint.state);
  session.say("resumed at step " + grouped(trainer.steps_done()) + " of " + grouped(trainer.options().steps));
}

void TrainCommand::save_after_failure(const Trainer& trainer, const TrainingRun& run,
                                      const TimeCourse& trained_on, const Error& failure) const {
  if (!run.recovered_step()) throw failure;
  write_model(output, {trainer.model(), provenance(trained_on, trainer.options(), run.last_loss())});
  throw Error(ErrorCode::numerical, std::string(failure.what()) + "; the last good model, of step " +
                                        grouped(*run.recovered_step()) + ", is saved as " + output);
}

void TrainCommand::run(Session& session) const {
  // Wrong options are refused before the data are read; the data may then have fewer dimensions.
  const Index asked_dims = data.options.dims.value_or(ModelConfig{}.dims);
  training.options(general.seed, asked_dims);
  check_writable(output, {data.path});
  check_writable(checkpoint_path(), {data.path});

  const TimeCourse trained_on = training_data(read_training_input(data, session).data, session);
  const TrainOptions options = training.options(general.seed, trained_on.dims());
  warn_of_small_snapshots(trained_on, options.batch, session);
  session.say(training_line(trained_on));

  Trainer trainer(trained_on, options, session.pool());
  if (resume) restore(trainer, fingerprint(trained_on), session);

  TrainingRun training_run(trainer, session);
  const InterruptGuard interrupt;
  try {
    if (!training_run.run([&] { return interrupt.interrupted(); })) {
      write_checkpoint(checkpoint_path(), {trainer.state(), options, fingerprint(trained_on)});
      throw Error(ErrorCode::interrupted, "interrupted at step " + grouped(trainer.steps_done()) + " of " +
                                              grouped(options.steps) + ", saved as " + checkpoint_path() +
                                              ": the same command with --resume continues");
    }
  } catch (const Error& error) {
    if (error.code() != ErrorCode::numerical) throw;
    save_after_failure(trainer, training_run, trained_on, error);
  }
  write_model(output, {trainer.model(), provenance(trained_on, options, training_run.last_loss())});
  if (resume) std::filesystem::remove(checkpoint_path());
  session.say("wrote " + output + ": " + counted(trainer.state().parameters.size(), "parameter") +
              ", last loss " + fixed(training_run.last_loss().loss, 4) + ", " +
              fixed(training_run.steps_per_second(), 0) + " steps/s");
}

}  // namespace

void add_train(CLI::App& program) {
  CLI::App* command = program.add_subcommand("train", "Train a model on a time course");
  const auto train = std::make_shared<TrainCommand>();
  train->add_to(*command);
  command->callback([train] {
    in_session("train", train->general, {train->data.path}, [&](Session& session) { train->run(session); });
  });
}

}  // namespace cellmnn

"""Training: the same file every time, progress, interruption, failure."""

import hashlib
import json
import os
import re
import signal
import socket
import subprocess
import unittest

from support import TestCase, command, interrupted, run, write_npz


def events(path):
    with open(path) as file:
        return [json.loads(line) for line in file]


def sha256(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def option(name):
    """The option of the command line that sets an option of training."""
    return "--" + {"time_unit": "model-time-unit"}.get(name, name.replace("_", "-"))


class Train(TestCase):
    def prepare(self):
        write_npz("data.npz")

    def options_of(self, model):
        return json.loads(self.succeed("inspect", model, "--json").stdout)["provenance"]["options"]

    def interrupt(self, number, *arguments):
        """Trains until the first steps are logged."""
        return interrupted(number, lambda log: b'"event":"step"' in log, "train", *arguments)

    def test_the_model_does_not_depend_on_threads(self):
        for threads in (1, 2, 4):
            self.succeed("train", "data.npz", "-o", f"model{threads}", "--steps", 30, "--threads", threads)
        self.assertEqual(sha256("model1"), sha256("model2"))
        self.assertEqual(sha256("model1"), sha256("model4"))

    def test_a_sample_follows_from_the_seed_and_is_named(self):
        def train(model, *arguments):
            line = ["train", "data.npz", "-o", model, "--steps", 5, "--width", 8, *arguments]
            return self.succeed(*line).stderr, sha256(model)

        said, first = train("a", "--max-cells", 50, "--seed", 3)
        self.assertIn("sample of 50", said)
        self.assertEqual(train("b", "--max-cells", 50, "--seed", 3, "--threads", 2)[1], first)
        self.assertNotEqual(train("c", "--max-cells", 51, "--seed", 3)[1], first)
        data = json.loads(self.succeed("inspect", "a", "--json").stdout)["provenance"]["data"]
        self.assertEqual(data["sample"], {"cells": 50, "of": 160, "seed": 3})
        self.assertEqual(sum(data["cells"]), 50)
        self.assertEqual(train("d", "--max-cells", 160)[1], train("e")[1])
        self.refused(2, ["--max-cells", "4 times"], "train", "data.npz", "-o", "f", "--max-cells", 5)

    def test_the_model_depends_on_seed_options_and_data(self):
        arguments = ["train", "data.npz", "--steps", 5, "--width", 8]
        write_npz("other.npz", seed=1)
        self.succeed(*arguments, "-o", "model")
        self.succeed(*arguments, "-o", "seed", "--seed", 7)
        self.succeed(*arguments, "-o", "lr", "--lr", 1e-3)
        self.succeed("train", "other.npz", *arguments[2:], "-o", "data")
        self.assertEqual(len({sha256(name) for name in ["model", "seed", "lr", "data"]}), 4)

    def test_an_interrupted_and_resumed_run_equals_one_that_was_not(self):
        for number, kind in [(signal.SIGINT, "SIGINT"), (signal.SIGTERM, "SIGTERM"), (signal.SIGHUP, "SIGHUP")]:
            with self.subTest(kind):
                arguments = ["data.npz", "-o", "model", "--steps", 200, "--width", 16, "--average", 0.9]
                code, errors = self.interrupt(number, *arguments)
                self.assertEqual(code, 130, errors)
                self.assertRegex(
                    errors.splitlines()[-1],
                    r"^cellmnn: interrupted at step [\d,]+ of 200, saved as model.checkpoint: .*--resume",
                )
                self.assertFalse(os.path.exists("model"))
                resumed = self.succeed("train", *arguments, "--resume")
                self.assertRegex(resumed.stderr, r"resumed at step [\d,]+ of 200")
                self.assertFalse(os.path.exists("model.checkpoint"))
                self.succeed("train", *arguments[:2], "whole", *arguments[3:])
                self.assertEqual(sha256("model"), sha256("whole"))
                os.remove("model")

    def test_a_killed_run_goes_on_from_its_last_checkpoint(self):
        arguments = ["data.npz", "-o", "model", "--steps", 800]
        code, errors = self.interrupt(signal.SIGKILL, *arguments, "--checkpoint-every", 1e-9)
        self.assertEqual(code, -signal.SIGKILL, errors)
        with open(f".model.{socket.gethostname()}.{2**22 - 3}.tmp", "w") as file:
            file.write("of a process that does not live")
        mentioned = self.succeed("train", "data.npz", "-o", "other", "--steps", 2).stderr
        self.assertNotIn("checkpoint", mentioned)
        resumed = self.succeed("train", *arguments, "--resume")
        self.assertRegex(resumed.stderr, r"resumed at step [\d,]+ of 800")
        self.assertEqual([name for name in os.listdir() if name.endswith(".tmp")], [])
        self.succeed("train", *arguments[:2], "whole", *arguments[3:])
        self.assertEqual(sha256("model"), sha256("whole"))

    def test_a_stale_checkpoint_is_mentioned(self):
        with open("model.checkpoint", "w") as file:
            file.write("of an interrupted run")
        self.assertIn("model.checkpoint", self.succeed("train", "data.npz", "-o", "model", "--steps", 2).stderr)
        self.assertTrue(os.path.exists("model.checkpoint"))

    def test_a_model_is_not_called_like_data(self):
        self.refused(2, ["model.h5ad", "model.safetensors"], "train", "data.npz", "-o", "model.h5ad")

    def test_resuming_refuses_other_options_and_other_data(self):
        write_npz("other.npz", seed=1)
        arguments = ["data.npz", "-o", "model", "--steps", 200, "--width", 16]
        self.assertEqual(self.interrupt(signal.SIGINT, *arguments)[0], 130)
        self.refused(
            2, ["--lambda-kinetic is 0.2 but was 0.1"], "train", *arguments, "--resume", "--lambda-kinetic", 0.2
        )
        self.refused(2, ["--seed is 7 but was 42"], "train", *arguments, "--resume", "--seed", 7)
        self.refused(3, ["training data differ"], "train", *arguments, "--resume", "--hold-out", 1)
        self.refused(3, ["training data differ"], "train", "other.npz", *arguments[1:], "--resume")
        self.assertTrue(os.path.exists("model.checkpoint"))
        self.assertFalse(os.path.exists("model"))

    def test_the_log_has_one_object_a_line(self):
        self.succeed("train", "data.npz", "-o", "model", "--steps", 50, "--json-log", "log")
        logged = events("log")
        self.assertEqual([logged[0]["event"], logged[1]["event"], logged[-1]["event"]], ["start", "data", "end"])
        self.assertEqual(logged[0]["command"], "train")
        self.assertEqual([time["cells"] for time in logged[1]["times"]], [40, 40, 40, 40])
        steps = [event for event in logged if event["event"] == "step"]
        self.assertEqual([steps[0]["step"], steps[-1]["step"]], [1, 50])
        for step in steps:
            self.assertAlmostEqual(step["loss"], step["mmd"] + 0.1 * step["kinetic"] + step["det"], places=5)
        seconds = [event["seconds"] for event in logged]
        self.assertEqual(seconds, sorted(seconds))

    def test_an_error_is_logged(self):
        self.refused(3, ["9"], "train", "data.npz", "-o", "model", "--hold-out", 9, "--json-log", "log")
        self.assertEqual(events("log")[-1]["code"], 3)

    def test_quiet_is_silent(self):
        result = self.succeed("train", "data.npz", "-o", "model", "--steps", 20, "--batch", 400, "--quiet")
        self.assertEqual(result.stdout + result.stderr, "")

    def test_what_was_understood_and_the_progress_are_shown(self):
        result = self.succeed("train", "data.npz", "-o", "model", "--steps", 100)
        self.assertEqual(result.stdout, "")
        self.assertIn("160 cells at 4 times", result.stderr)
        for label in range(4):
            self.assertRegex(result.stderr, rf"(?m)^ +{label} +{label} +40$")
        self.assertEqual(re.findall(r"(?m)^training +(\d+) %", result.stderr), [str(10 * i) for i in range(1, 11)])
        self.assertRegex(result.stderr.splitlines()[-1], r"^wrote model: [\d,]+ parameters, last loss 0\.\d+")

    def test_a_terminal_gets_a_bar_that_is_erased_in_the_end(self):
        reader, terminal = os.openpty()
        process = subprocess.Popen(
            command("train", "data.npz", "-o", "model", "--steps", 100),
            stderr=terminal,
            env={**os.environ, "TERM": "xterm"},
        )
        os.close(terminal)
        shown = b""
        while True:
            try:
                part = os.read(reader, 4096)
            except OSError:  # Linux reports the end of a terminal so
                break
            shown += part
        os.close(reader)
        self.assertEqual(process.wait(), 0)
        bars = shown.split(b"\r\x1b[K")
        self.assertRegex(bars[1], rb"^training \[[=> ]{20}\] \d+/100  loss 0\.\d+")
        self.assertRegex(bars[-1], rb"^wrote model: ")

    def test_a_time_can_be_held_out(self):
        result = self.succeed("train", "data.npz", "-o", "model", "--steps", 2, "--hold-out", 2)
        self.assertIn("training on 120 cells of the times 0, 1, 3", result.stderr)
        model = json.loads(self.succeed("inspect", "model", "--json").stdout)
        self.assertEqual(model["provenance"]["data"]["times"], [0, 1, 3])
        self.assertEqual(model["provenance"]["data"]["cells"], [40, 40, 40])

    def test_every_option_of_the_model_file_is_an_option_of_the_program(self):
        self.succeed("train", "data.npz", "-o", "model", "--steps", 1)
        text = self.succeed("train", "--help").stdout
        for name in self.options_of("model"):
            self.assertRegex(text, "(?m)^ +" + option(name) + " ")

    def test_options_override_the_preset(self):
        self.succeed("train", "data.npz", "-o", "model", "--steps", 3, "--lr", 0.01, "--preset", "paper")
        options = self.options_of("model")
        self.assertEqual(options["steps"], 3)
        self.assertEqual(options["lr"], 0.01)
        self.assertEqual(options["batch"], 200)
        self.assertEqual(options["schedule"], "constant")
        self.assertEqual(options["gamma"], 0.1)
        self.assertEqual(options["time_unit"], "raw")

    def test_every_option_reaches_the_model(self):
        given = {
            "steps": 2,
            "batch": 21,
            "lr": 0.003,
            "schedule": "constant",
            "warmup": 1,
            "weight_decay": 0.01,
            "average": 0.5,
            "gamma": 0.3,
            "sigma": 0.7,
            "lambda_kinetic": 0.2,
            "kinetic_times": "data",
            "kinetic_step": 0.25,
            "backward": 0.25,
            "agreement": 0.125,
            "time_unit": "raw",
            "operator": "eigen",
            "zero_eigenvalues": 1,
            "operator_bound": 20,
            "width": 7,
            "depth": 2,
            "dims": 3,
            "seed": 11,
        }
        arguments = [text for name, value in given.items() for text in (option(name), value)]
        for choice in ("yes", "no"):
            chosen = choice == "yes"
            switches = dict.fromkeys(("affine", "set_embedding", "mass"), chosen)
            given_switches = [text for name in switches for text in (option(name), choice)]
            self.succeed(
                *["train", "data.npz", "-o", "model", *given_switches, "--mass-penalty", 0.5, *arguments],
            )
            expected = {**given, **switches, "mass_penalty": 0.5, "growth_prior_weight": 1}
            if not chosen:
                for name in ("mass", "mass_penalty", "growth_prior_weight"):
                    del expected[name]
            self.assertEqual(self.options_of("model"), expected)

    def test_a_loss_that_is_not_finite_saves_the_last_good_model(self):
        result = run("train", "data.npz", "-o", "model", "--steps", 300, "--lr", 1e30, "--quiet")
        self.assertEqual(result.returncode, 4, result.stderr)
        self.assertRegex(result.stderr, r"\Acellmnn: error: .*last good model, of step \d+, is saved as model\n\Z")
        self.succeed("predict", "model", "data.npz", "--ahead", 1, "-o", "predicted.csv")

    def test_an_older_output_is_replaced(self):
        with open("model", "w") as file:
            file.write("old")
        self.succeed("train", "data.npz", "-o", "model", "--steps", 1)
        self.succeed("inspect", "model")

    def test_several_data_sets_share_a_network_and_get_a_model_each(self):
        write_npz("more.npz", seed=1, times=(10, 20, 40))
        arguments = ["data.npz", "more.npz", "--steps", 200, "--width", 16]
        whole = self.succeed("train", *arguments, "-o", "joint.safetensors")
        self.assertIn("joint.data.safetensors, joint.more.safetensors", whole.stderr.splitlines()[-1])
        for name, times in [("data", [0, 1, 2, 3]), ("more", [10, 20, 40])]:
            model = json.loads(self.succeed("inspect", f"joint.{name}.safetensors", "--json").stdout)
            self.assertEqual(model["provenance"]["data"]["times"], times)
            self.succeed("predict", f"joint.{name}.safetensors", f"{name}.npz", "--ahead", 1, "-o", "predicted.csv")
        code, errors = self.interrupt(signal.SIGINT, *arguments, "-o", "again.safetensors")
        self.assertEqual(code, 130, errors)
        self.refused(
            3,
            ["training data differ"],
            "train",
            "more.npz",
            "data.npz",
            *arguments[2:],
            "-o",
            "again.safetensors",
            "--resume",
        )
        self.succeed("train", *arguments, "-o", "again.safetensors", "--resume")
        for name in ("data", "more"):
            self.assertEqual(sha256(f"joint.{name}.safetensors"), sha256(f"again.{name}.safetensors"))

    def test_joint_training_needs_different_names_and_equal_dimensions(self):
        os.mkdir("folder")
        write_npz("folder/data.npz", seed=1)
        self.refused(2, ["named 'data'", "rename"], "train", "data.npz", "folder/data.npz", "-o", "joint")
        write_npz("flat.npz", dims=3)
        self.refused(3, ["--dims is 4", "3 dimensions"], "train", "data.npz", "flat.npz", "-o", "joint")
        self.refused(3, ["missing.npz"], "train", "data.npz", "missing.npz", "-o", "joint")


if __name__ == "__main__":
    unittest.main()

"""The program explains itself."""

import unittest

from support import TestCase, run

COMMANDS = [
    "demo",
    "inspect",
    "preprocess",
    "train",
    "evaluate",
    "predict",
    "network",
    "perturb",
    "annotate",
    "export",
    "simulate",
]


class Help(TestCase):
    def test_without_arguments_the_commands_are_listed(self):
        result = self.succeed()
        for command in COMMANDS:
            self.assertRegex(result.stdout, f"(?m)^  {command} +[A-Z]")
        self.assertEqual(result.stdout, self.succeed("--help").stdout)
        self.assertEqual(result.stderr, "")

    def test_version_is_one_line(self):
        self.assertRegex(
            self.succeed("--version").stdout, r"\Acellmnn \d+\.\d+\.\d+ \((x86-64(-v[34])?|aarch64|portable)\)\n\Z"
        )

    def test_every_command_has_a_summary_usage_groups_and_an_example(self):
        for command in COMMANDS:
            with self.subTest(command):
                text = self.succeed(command, "--help").stdout
                self.assertRegex(text, r"\A[A-Z][^\n]+\n\nUsage: cellmnn " + command)
                self.assertRegex(text, r"\nExamples?:\n  cellmnn " + command + " ?")
                for option in ["--seed N", "--threads N", "--quiet", "--json-log FILE", "-h, --help"]:
                    self.assertIn(option, text.partition("\nGeneral:\n")[2])
                self.assertLessEqual(max(map(len, text.splitlines())), 100)

    def test_required_options_are_in_the_usage(self):
        self.assertIn(
            "Usage: cellmnn train DATA [MORE...] --output MODEL [options]\n", self.succeed("train", "-h").stdout
        )
        self.assertIn(
            "Usage: cellmnn predict MODEL DATA --output FILE [options]\n", self.succeed("predict", "--help").stdout
        )

    def test_defaults_are_shown_those_of_the_paper_too(self):
        text = " ".join(self.succeed("train", "--help").stdout.split())
        self.assertRegex(text, r"--steps N .*?\[20000; paper: 10000; two-sided: 8000\] --batch")
        self.assertRegex(text, r"--lr X .*?\[\S+; paper: \S+\] --schedule")
        self.assertRegex(text, r"--schedule constant\|cosine .*?\[cosine; paper: constant\]")

    def test_an_unknown_option_gets_the_nearest(self):
        for wrong, right in [
            ("--step", "--steps"),
            ("--lamda-kinetic", "--lambda-kinetic"),
            ("--hold_out", "--hold-out"),
        ]:
            result = run("train", "data.npz", "-o", "model", wrong, "1")
            self.assertEqual(result.returncode, 2)
            self.assertEqual(
                result.stderr,
                f"cellmnn: error: unknown option {wrong}; did you mean {right}? (see 'cellmnn train --help')\n",
            )

    def test_what_is_not_like_any_option_gets_no_suggestion(self):
        result = run("train", "data.npz", "--frobnicate=1")
        self.assertEqual(result.stderr, "cellmnn: error: unknown option --frobnicate (see 'cellmnn train --help')\n")


if __name__ == "__main__":
    unittest.main()

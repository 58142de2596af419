"""A suite that is interrupted or extended continues from its journal."""

import json
import os
import signal
import unittest

from evaluate_case import EvaluateTestCase, without_seconds
from support import interrupted, write_npz


def line_count(path):
    if not os.path.exists(path):
        return 0
    with open(path) as file:
        return len(file.readlines())


class EvaluateJournal(EvaluateTestCase):
    def test_a_journal_continues_and_can_be_extended(self):
        arguments = ["--steps", 5, "--flow-steps", 5, "--methods", "all"]
        plain = self.evaluate(*arguments, "--seeds", 3)[1]
        first = self.evaluate(*arguments, "--seeds", 2, "--journal", "journal")[1]
        size = os.path.getsize("journal")
        again = self.evaluate(*arguments, "--seeds", 2, "--journal", "journal")[1]
        self.assertEqual(again, first)
        self.assertEqual(os.path.getsize("journal"), size)
        more = self.evaluate(*arguments, "--seeds", 3, "--journal", "journal")[1]
        self.assertGreater(os.path.getsize("journal"), size)
        self.assertEqual(without_seconds(more["results"]), without_seconds(plain["results"]))

    def test_a_journal_that_was_cut_off_continues(self):
        arguments = ["--steps", 5, "--seeds", 2, "--methods", "cellmnn,cellmnn-ensemble", "--journal", "journal"]
        whole = self.evaluate(*arguments)[1]
        with open("journal") as file:
            lines = file.readlines()
        with open("journal", "w") as file:
            file.write("".join(lines[:3]) + lines[3][:50])
        result, again = self.evaluate(*arguments)
        self.assertIn("taken from journal: 2 of 6 runs", result.stderr)
        self.assertEqual(without_seconds(again["results"]), without_seconds(whole["results"]))

    def test_an_interrupted_suite_continues_to_the_same_file(self):
        arguments = ["evaluate", "data.npz", "--steps", 20, "--width", 16, "--hold-out", 1, "--seeds", 40]
        arguments += ["--methods", "cellmnn,cellmnn-ensemble", "--threads", 1]
        self.succeed(*arguments, "--json", "whole.json")
        resumable = [*arguments, "--json", "resumed.json", "--journal", "journal", "--quiet"]
        code, errors = interrupted(signal.SIGINT, lambda log: line_count("journal") >= 3, *resumable)
        self.assertEqual(code, 130, errors)
        self.assertRegex(errors, r"\Acellmnn: interrupted after \d+ of 41 runs: .*continues from journal\n\Z")
        self.assertFalse(os.path.exists("resumed.json"))
        self.succeed(*resumable)
        with open("whole.json") as whole, open("resumed.json") as resumed:
            whole, resumed = json.load(whole), json.load(resumed)
        self.assertEqual(without_seconds(whole["results"]), without_seconds(resumed["results"]))
        for part in ["data", "summary", "not_applicable", "settings"]:
            self.assertEqual(whole[part], resumed[part])

    def test_a_journal_of_other_options_or_data_is_refused(self):
        arguments = ["evaluate", "data.npz", "--methods", "cellmnn", "--journal", "journal"]
        self.succeed(*arguments, "--steps", 5)
        self.refused(3, ["journal", "steps was 5 and is 6"], *arguments, "--steps", 6)
        self.refused(3, ["journal", "ahead was 1 and is 2"], *arguments, "--steps", 5, "--ahead", 2)
        self.refused(3, ["journal", "flow_steps"], *arguments, "--steps", 5, "--flow-steps", 3)
        self.refused(3, ["journal", "protocol"], *arguments, "--steps", 5, "--protocol", "paper")
        write_npz("data.npz", cells=31)
        self.refused(3, ["journal", "data_fingerprint"], *arguments, "--steps", 5)


if __name__ == "__main__":
    unittest.main()

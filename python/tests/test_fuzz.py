"""Odd arguments to the extension itself: an answer or an exception of Python, never the end of the interpreter.

CELLMNN_FUZZ_EXAMPLES=20000 pytest python/tests/test_fuzz.py is the long run.
"""

import contextlib
import os

import cellmnn
import numpy as np
from cellmnn import _core
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

EXAMPLES = int(os.environ.get("CELLMNN_FUZZ_EXAMPLES", "60"))
often = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
REFUSALS = (ValueError, TypeError, FloatingPointError, KeyError, OverflowError, MemoryError, RuntimeError)

numbers = st.one_of(st.floats(width=32), st.integers(-3, 3).map(float), st.just(1e30))
dtypes = st.sampled_from(["f2", "f4", "f8", "i1", "i8", "u4", "?", "c8", "U2", "O"])
shapes = st.lists(st.integers(0, 6), min_size=0, max_size=3).map(tuple)
any_array = st.one_of(
    dtypes.flatmap(lambda dtype: arrays.arrays(dtype, shapes) if dtype != "O" else st.just(np.array([None, "a"]))),
    arrays.arrays("f4", st.tuples(st.integers(0, 6), st.just(5)), elements=numbers),
)
rows = arrays.arrays("f4", st.tuples(st.integers(0, 12), st.integers(0, 6)), elements=numbers)


@often
@given(cells=any_array, t=st.one_of(any_array, numbers), times=st.lists(numbers, max_size=4), nan=st.booleans())
def test_predict(trained_once, cells, t, times, nan):
    model = cellmnn.get.model(trained_once)
    try:
        answer = model.predict(cells, t, times, far_away="nan" if nan else "raise", n_jobs=1, progress=False)
    except REFUSALS:
        return
    assert answer.shape == (len(times), len(cells), model.dims)


@often
@given(change=st.data())
def test_damaged_models(trained_once, change):
    content = bytearray(cellmnn.get.model(trained_once).to_bytes())
    for _ in range(change.draw(st.integers(1, 8))):
        # Most of the file is weights: the header has what can go wrong.
        content[change.draw(st.integers(0, 3000))] = change.draw(st.integers(0, 255))
    cut = change.draw(st.one_of(st.just(len(content)), st.integers(0, len(content))))
    try:
        model = cellmnn.Model.from_bytes(bytes(content[:cut]))
        model.predict(np.zeros((2, model.dims)), 0.0, 1.0, n_jobs=1, progress=False)
    except REFUSALS:
        pass


@often
@given(
    labels=st.lists(st.text(max_size=5), max_size=5),
    codes=arrays.arrays("i4", st.integers(0, 8), elements=st.integers(-2, 6)),
    ordered=st.booleans(),
    time_map=st.dictionaries(st.text(max_size=3), numbers, max_size=2),
    unit=st.sampled_from(["", "d", "h", "x", "\0"]),
    cells=rows,
)
def test_courses(labels, codes, ordered, time_map, unit, cells):
    question = _core.TimeQuestion()
    question.key, question.map, question.unit = "day", time_map, unit
    try:
        column = _core.LabelColumn.of_categories(labels, [], codes, ordered)
        course = _core.Course.of(["day"], lambda name: column, question)
        course.set_cells("X_pca", cells, cells.shape[1])
        course.validate_for_training()
        options = _core.preset("default").replace('"steps":20000', '"steps":2')
        _core.train(course, options, False, None, None, None, 1, None)
    except REFUSALS:
        pass


@often
@given(
    values=arrays.arrays("f4", st.integers(0, 12), elements=numbers),
    columns=arrays.arrays("i4", st.integers(0, 12), elements=st.integers(-2, 7)),
    starts=arrays.arrays("i8", st.integers(0, 7), elements=st.integers(-2, 14)),
    genes=st.integers(-1, 6),
    chosen=st.lists(st.integers(-1, 6), max_size=3),
    memory=st.one_of(st.none(), numbers),
)
def test_networks(values, columns, starts, genes, chosen, memory):
    question = _core.TimeQuestion()
    question.key = "day"
    column = _core.LabelColumn.of_numbers(np.arange(max(len(starts) - 1, 1)) // 2 * 1.0)
    picked = np.asarray(chosen, dtype=np.int64)
    try:
        course = _core.Course.of(["day"], lambda name: column, question)
        levels = _core.expression(values, columns, starts, genes, course, None)
        network = _core.network(levels, picked, picked[:1], memory, 1, None)
        network.evidence(1, 1, 1, 1, None)
        network.changes(0, [(gene, 0.0, 0.0) for gene in chosen], 1)
        network.screen(0, len(course.snapshot_times) - 1, picked, 0.0, 0.0, 1, None)
    except REFUSALS:
        pass


@often
@given(
    values=arrays.arrays("f4", st.integers(0, 30), elements=numbers),
    genes=st.integers(-1, 6),
    cells=arrays.arrays("i8", st.integers(0, 8), elements=st.integers(-1, 6)),
    dims=st.integers(-1, 4),
)
def test_components(values, genes, cells, dims):
    width = max(genes, 1)
    count = len(values) // width
    columns = np.tile(np.arange(width, dtype=np.int32), count)
    starts = np.arange(count + 1, dtype=np.int64) * width
    with contextlib.suppress(*REFUSALS):
        scores, *_ = _core.components(values[: count * width], columns, starts, genes, cells, dims, 1)
        assert scores.shape == (count, dims)


@often
@given(cells=rows, velocity=rows, neighbors=st.integers(-1, 14), scale=st.one_of(st.none(), numbers), embedding=rows)
def test_graphs(cells, velocity, neighbors, scale, embedding):
    for moved in (velocity, cells):
        try:
            _core.transition_matrix(cells, moved, neighbors, scale, 1)
            _core.velocity_graph(cells, moved, neighbors, 1).projected(embedding)
        except REFUSALS:
            pass


def _of_as_many(cells: np.ndarray) -> st.SearchStrategy:
    codes = arrays.arrays("i4", len(cells), elements=st.integers(-2 if len(cells) % 5 == 0 else -1, 2))
    days = arrays.arrays("f8", len(cells), elements=st.sampled_from([0.0, 1.0, 2.5]))
    return st.tuples(st.just(cells), codes, days)


cells_with_times = rows.flatmap(_of_as_many)


@often
@given(
    given_cells=cells_with_times,
    undecided=st.lists(st.sampled_from(["a", "b", "other"]), max_size=2),
    starts=st.sampled_from(["both", "stay", "model", ""]),
    later=st.integers(-1, 5),
    expression=arrays.arrays("f4", st.tuples(st.integers(0, 12), st.integers(0, 4)), elements=numbers),
    genes=st.lists(st.integers(-1, 5), max_size=3),
)
def test_fates(trained_once, given_cells, undecided, starts, later, expression, genes):
    cells, codes, days = given_cells
    question = _core.TimeQuestion()
    question.key = "day"
    times = _core.LabelColumn.of_numbers(np.asarray(days, dtype=float))
    model = cellmnn.get.model(trained_once)._file
    try:
        course = _core.Course.of(["day"], lambda name: times, question)
        course.set_cells("X_pca", cells, cells.shape[1])
        course.validate()
        column = _core.LabelColumn.of_categories(["a", "b", "c"], [], codes, False)
        known = _core.KnownFates.by_labels(course, column, "state", undecided)
        fates = _core.Fates.of(course, known, starts, later, 0, None if starts == "stay" else model, 1)
        _core.given_decided(fates.reached(course), fates.base_rates)
        _core.fate_means(expression, fates.reached(course))
        at_end = _core.differences_at_end(expression, fates.probabilities(course), 1)
        _core.fate_drivers(expression, fates.probabilities(course), at_end, later, 0, 1)
        _core.label_flows(course, column, starts, later, 0, None if starts == "stay" else model, 1)
        fates.changes(course, later, np.asarray(genes, dtype=np.int64), 0.0, 0.0, 2, None, 1)
    except REFUSALS:
        pass


@often
@given(
    measured=st.lists(numbers, max_size=4),
    values=arrays.arrays("f8", st.tuples(st.integers(0, 4), st.integers(0, 3)), elements=st.floats()),
    times=st.lists(st.floats(), max_size=4),
)
def test_between_times(measured, values, times):
    with contextlib.suppress(*REFUSALS):
        assert _core.between_times(measured, values, times).shape == (len(times), values.shape[1])

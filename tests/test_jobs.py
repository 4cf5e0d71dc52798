"""One function over many values in processes: all come back, what dies stops nothing, what is raised is raised."""

import os
import signal
import time

import pytest

from index import jobs
from index.errors import PaperError

VALUES = list(range(5))


def square(value: int) -> int:
    return value * value


def deadly(value: int) -> int:
    if value == 3:
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    return value * value


def refusing(value: int) -> int:
    if value == 3:
        raise PaperError("三は読めませんので、ほかの数を指定してください")
    time.sleep(0.01)
    return value


def process(value: int) -> int:
    return os.getpid()


@pytest.mark.parametrize("count", [1, 2])
def test_each_value_comes_back_with_its_position(count: int) -> None:
    assert dict(jobs.each(square, VALUES, count)) == {each: each * each for each in VALUES}


def test_more_jobs_are_other_processes() -> None:
    assert {made for _, made in jobs.each(process, VALUES, 1)} == {os.getpid()}
    assert os.getpid() not in {made for _, made in jobs.each(process, VALUES, 2)}


def test_a_process_that_dies_is_the_fault_of_one_value() -> None:
    made = dict(jobs.each(deadly, VALUES, 2))
    assert isinstance(made.pop(3), jobs.Died)
    assert made == {each: each * each for each in VALUES if each != 3}


@pytest.mark.parametrize("count", [1, 2])
def test_what_is_raised_is_raised_here(count: int) -> None:
    with pytest.raises(PaperError, match="三は読めません"):
        dict(jobs.each(refusing, VALUES, count))


def test_nothing_is_nothing() -> None:
    assert list(jobs.each(square, [], 2)) == []


def test_a_value_alone_needs_no_process() -> None:
    assert list(jobs.each(process, [1], 8)) == [(0, os.getpid())]


def test_there_is_a_core() -> None:
    assert jobs.cores() >= 1

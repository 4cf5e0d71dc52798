"""One function over many values in processes: all come back, what dies stops nothing, what is raised is raised."""

import gc
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


@pytest.mark.parametrize("count", [1, 2])
def test_what_is_begun_beside_is_there_when_it_is_asked_for(count: int) -> None:
    with jobs.beside(square, 7, count) as made:
        assert made() == 49


@pytest.mark.parametrize(("count", "here"), [(1, True), (2, False)])
def test_beside_is_in_another_process_where_there_may_be_several(count: int, here: bool) -> None:
    with jobs.beside(process, 0, count) as made:
        assert (made() == os.getpid()) is here


def only_here(value: int) -> int:
    if value != os.getpid():  # the process that the value is of
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    return value


def test_what_dies_beside_is_done_here() -> None:
    with jobs.beside(only_here, os.getpid(), 2) as made:
        assert made() == os.getpid()


def test_what_is_raised_beside_is_raised_here() -> None:
    with jobs.beside(refusing, 3, 2) as made, pytest.raises(PaperError, match="三は読めません"):
        made()


def test_what_nobody_asks_for_is_broken_off() -> None:
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt), jobs.beside(time.sleep, 600, 2):
        raise KeyboardInterrupt
    assert time.monotonic() - began < 60


def test_cycles_are_looked_for_as_before_once_all_is_done() -> None:
    before, meanwhile = gc.get_threshold(), jobs.collecting_rarely()(gc.get_threshold)()
    assert meanwhile > before == gc.get_threshold()

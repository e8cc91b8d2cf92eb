"""Messages come out of the queue whole, in order and once; what is lost is counted."""

import os
import struct
import subprocess

import numpy as np
import pytest
from machines import ROOT, machine

FOLDER = "firmware/natives/queue"
HEADER = 2


class Queue:
    """A queue in a machine."""

    def __init__(self, kind, capacity):
        self.machine = machine(kind, [FOLDER])
        self.object = self.machine.alloc(64)
        self.memory = self.machine.alloc(capacity + 16)
        self.message = self.machine.alloc(70000)
        self.machine.write(self.memory + capacity, b"\xc3" * 16)
        self.fence = self.memory + capacity
        self.ok = self.machine.call("queue_init", self.object, self.memory, capacity)

    def put(self, message):
        self.machine.write(self.message, message)
        return self.machine.call("queue_put", self.object, self.message, len(message))

    def take(self, capacity=70000):
        length = self.machine.call("queue_take", self.object, self.message, capacity, returns="size")
        return self.machine.read(self.message, length)

    def take_lost(self):
        return self.machine.call("queue_take_lost", self.object)


@pytest.fixture(params=["native", "wasm"])
def kind(request):
    return request.param


def test_gives_messages_back_in_order(kind):
    queue = Queue(kind, 64)
    assert [queue.put(b"one"), queue.put(b"2"), queue.put(b"three")] == [1, 1, 1]
    assert [queue.take(), queue.take(), queue.take(), queue.take()] == [b"one", b"2", b"three", b""]


def test_loses_and_counts_what_finds_no_room(kind):
    queue = Queue(kind, 16)
    assert queue.put(bytes(14)) == 1
    assert queue.put(b"x") == 0
    assert (queue.take_lost(), queue.take_lost()) == (1, 0)
    assert queue.take() == bytes(14)
    assert queue.put(bytes(15)) == 0
    assert queue.put(b"") == 0
    assert queue.take_lost() == 2


def test_loses_and_counts_what_the_reader_has_no_room_for(kind):
    queue = Queue(kind, 64)
    for message in (b"too long", b"short"):
        queue.put(message)
    assert queue.take(5) == b"short"
    assert queue.take_lost() == 1


def test_takes_messages_up_to_64_kilobytes(kind):
    queue = Queue(kind, 131072)
    message = np.random.default_rng(1).bytes(65535)
    assert (queue.put(message), queue.put(message + b"x")) == (1, 0)
    assert queue.take() == message


@pytest.mark.parametrize("capacity", [0, 1, 2, 3, 5, 100, 1 << 31])
def test_refuses_a_capacity_that_is_no_power_of_two(kind, capacity):
    queue = Queue(kind, 16)
    assert queue.machine.call("queue_init", queue.object, queue.memory, capacity) == 0


@pytest.mark.parametrize("capacity", [4, 16, 128, 4096])
def test_equals_a_plain_list_whatever_is_done(kind, capacity):
    random = np.random.default_rng(capacity)
    queue, model, lost = Queue(kind, capacity), [], 0
    for _ in range(4000):
        if random.integers(2):
            message = random.bytes(int(random.integers(0, min(capacity, 300))))
            used = sum(len(waiting) + HEADER for waiting in model)
            fits = len(message) > 0 and used + len(message) + HEADER <= capacity
            assert queue.put(message) == fits
            if fits:
                model.append(message)
            else:
                lost += 1
        else:
            room = int(random.integers(1, 300))
            while model and len(model[0]) > room:
                model.pop(0)
                lost += 1
            assert queue.take(room) == (model.pop(0) if model else b"")
    assert queue.take_lost() == lost
    assert queue.machine.read(queue.fence, 16) == b"\xc3" * 16


def test_goes_on_when_its_counts_come_round(kind):
    queue = Queue(kind, 64)
    pointer = struct.calcsize("<" + queue.machine.pointer_format)
    near_the_end = struct.pack("<I", 2**32 - 70)
    for position in (pointer + 4, pointer + 12):  # written, read
        queue.machine.write(queue.object + position, near_the_end)
    for number in range(50):
        message = bytes([number]) * (1 + number % 40)
        assert queue.put(message) == 1
        assert queue.take() == message


@pytest.mark.parametrize("sanitizer", ["thread", "address,undefined"])
def test_two_threads_lose_nothing_unseen(tmp_path, sanitizer):
    driver = tmp_path / "queue_threads"
    flags = ["-std=c99", "-g", "-O1", f"-fsanitize={sanitizer}", "-Wall", "-Wextra", "-Werror", "-pthread"]
    sources = [ROOT / FOLDER / "queue.c", ROOT / "tests/firmware/natives" / "queue_threads.c"]
    subprocess.run([os.environ.get("CC", "cc"), *flags, *map(str, sources), "-o", str(driver)], check=True)
    done = subprocess.run([driver], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr[:2000]
    taken, lost = map(int, done.stdout.split())
    assert taken + lost == 200000
    assert taken > 500

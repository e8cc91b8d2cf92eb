import io

from train.progress import Progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


def shown(out, counts, of, seconds_each=3):
    now = [0.0]
    progress = Progress("scenes", of, out, lambda: now[0])
    for done in counts:
        now[0] = seconds_each * done
        progress.show(done)
    return out.getvalue()


def test_a_log_gets_a_line_for_every_tenth_with_the_time_left():
    lines = shown(io.StringIO(), range(1, 201), 200).splitlines()
    assert len(lines) == 10
    assert lines[0] == "scenes: 20 of 200, 10 %, 9 min left"
    assert lines[8] == "scenes: 180 of 200, 90 %, 60 s left"
    assert lines[9] == "scenes: 200 of 200, 100 %"


def test_a_log_of_few_gets_a_line_for_each():
    assert len(shown(io.StringIO(), [1, 2, 3], 3).splitlines()) == 3


def test_a_terminal_gets_one_line_that_is_renewed():
    text = shown(Terminal(), [1, 2, 3, 4], 4)
    assert text.count("\n") == 1 and text.endswith("scenes: 4 of 4, 100 %\n")
    assert text.count("\r") == 4

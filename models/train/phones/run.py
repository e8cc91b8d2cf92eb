"""`npm run models:train -- phones --people FOLDER`: recordings of people in, a streaming int8 model out."""

from ..arguments import STAGES
from ..arguments import of_phones as read_arguments
from .course import Course, Folders


def main(arguments: list[str]) -> None:
    given = read_arguments(arguments)
    folders = Folders(
        given.people, given.untranscribed, given.skip_seconds, given.rooms, given.sounds, given.noise
    )
    course = Course(
        given.cache,
        given.out,
        folders,
        given.seconds,
        given.peak,
        given.seed,
        given.made,
        given.start,
        given.share,
    )
    for stage in given.stage.split(","):
        if stage not in STAGES:
            raise SystemExit(f"no stage '{stage}': there is {', '.join(STAGES)}")
        getattr(course, stage)()

"""Build an index again and again, each time killed some steps later; say what is served after each.

`python tests/dying.py FOLDER STRIDE [bare]` prints one JSON list: [step, whether it was killed, what is served].
A step is one thing done to the disk: a file opened, a folder made, a name changed, a file removed. Every build
runs in a process of its own, so that SIGKILL is what it says, and so does every look at what is served.
bare: publish one small file instead of an index, to try every step in little time.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from letters import Letters

from index import generation, open_index
from index.build import build
from index.manifest import FORMAT, Manifest, Recipe

TEXT = "KẾ HOẠCH\n\n1. Mục một\n\n- Lần {}"
STEPS = {"open", "os.link", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod", "shutil.rmtree"}


def die_at(step: int, below: Path) -> None:
    """Kill this process at the n-th thing it does to a folder."""
    left = step

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if event in STEPS and str(arguments[0]).startswith(str(below)):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)


def apart(work: Callable[[], object]) -> tuple[int, str]:
    """Run something in a process of its own: how it ended (a wait status), what it gave back."""
    inward, outward = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(outward, str(work()).encode())
        os._exit(0)
    os.close(outward)
    with os.fdopen(inward) as answer:
        said = answer.read()
    return os.waitpid(child, 0)[1], said


def publish(folder: Path, root: Path) -> None:
    """Publish the plan's text and nothing else."""

    def write(made: Path) -> Manifest:
        (made / "plan.txt").write_bytes((folder / "plan.txt").read_bytes())
        return Manifest(FORMAT, "", Recipe("", "", "", "", ()), "", 1, 0, 0, {})

    with generation.building(root, lambda: None):
        generation.publish(root, write)


def main(folder: Path, stride: int, bare: bool) -> None:
    """Build once, then die ever later in the next build until one lives through all of its steps."""
    documents, root = folder / "documents", folder / "index"
    documents.mkdir()
    plan = documents / "plan.txt"

    def work(step: int) -> None:
        plan.write_text(TEXT.format(step), encoding="utf-8")
        if step:
            die_at(step, root)
        publish(documents, root) if bare else build(documents, root, Letters(), "faiss")

    def served() -> str:
        if bare:
            return generation.load(root, lambda held, _: (held / "plan.txt").read_text(encoding="utf-8"))
        return open_index(root).documents["plan"].text

    apart(lambda: work(0))
    step, died, seen = 1, True, []
    while died:
        died = os.WIFSIGNALED(apart(lambda: work(step))[0])  # noqa: B023 - called at once
        looked, text = apart(served)
        seen.append((step, died, text.split()[-1] if looked == 0 else f"broken: {looked}"))
        step += stride
    print(json.dumps(seen))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:] == ["bare"])

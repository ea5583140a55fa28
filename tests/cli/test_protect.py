"""`accord protect` and `accord attack` on bare cells and equations."""

import json

from typer.testing import CliRunner

from accord.cli import app, load

CELLS = "cell,value\nall,100\na,3\nb,4\nc,40\nd,53\n"
EQUATIONS = "row,cell,coef\nr,all,1\nr,a,-1\nr,b,-1\nr,c,-1\nr,d,-1\n"


def run(folder, *words):
    load()
    (folder / "c.csv").write_text(CELLS)
    (folder / "e.csv").write_text(EQUATIONS)
    files = ("--cells", str(folder / "c.csv"), "--equations", str(folder / "e.csv"))
    return CliRunner().invoke(app, [words[0], *files, *words[1:]])


def test_what_is_protected_survives_the_attack(tmp_path):
    made = run(tmp_path, "protect", "--out", str(tmp_path / "out"))
    assert made.exit_code == 0, made.output
    proof = json.loads((tmp_path / "out" / "certificate.json").read_text())
    assert proof["valid"]
    assert (proof["cells"], proof["primary"], proof["width"]) == (5, 2, 5)
    tried = run(tmp_path, "attack", "--status", str(tmp_path / "out" / "status.csv"))
    assert tried.exit_code == 0
    assert tried.stdout.splitlines()[0] == "cell,lo,hi"


def test_the_attack_tells_the_interval_and_fails_a_pattern_that_is_too_narrow(tmp_path):
    """a + b = 7, each at least 1: from 1 to 6."""
    (tmp_path / "s.csv").write_text("cell,status\nall,p\na,s\nb,s\nc,p\nd,p\n")
    tried = run(tmp_path, "attack", "--status", str(tmp_path / "s.csv"), "--width", "7", "--json")
    assert tried.exit_code == 1
    assert json.loads(tried.stdout) == [{"cell": "a", "lo": 1, "hi": 6}, {"cell": "b", "lo": 1, "hi": 6}]

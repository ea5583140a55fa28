"""Keep Accord's Spanish in step with its sources, without GNU gettext.

python -m scripts.messages extract    bring the .po file up to date; translations stay
python -m scripts.messages compile    write the .mo file that the program reads
python -m scripts.messages check      exit 1 with a list of what is missing, fuzzy, ill-fitting or out of date
"""

from __future__ import annotations

import sys
from pathlib import Path

from accord.decision import BadInput
from scripts import phrases, spanish

SOURCES = Path(__file__).resolve().parents[1] / "src/accord"
PO = SOURCES / "web/base/locale/es/LC_MESSAGES/django.po"


def extract() -> int:
    """Write the catalogue of exactly today's phrases."""
    catalog = spanish.updated(spanish.load(PO), phrases.everywhere(SOURCES))
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_text(spanish.text(catalog), encoding="utf-8")
    open_ = len({phrase for phrase, _ in spanish.faults(catalog)})
    sys.stdout.write(f"{len(catalog)} phrases, {open_} to translate or mend\n")
    return 0


def compile_() -> int:
    """Write the compiled catalogue beside the source."""
    PO.with_suffix(".mo").write_bytes(spanish.compiled(spanish.load(PO)))
    return 0


def check() -> int:
    """Say what keeps any page from being shown in Spanish."""
    stored = spanish.load(PO)
    catalog = spanish.updated(stored, phrases.everywhere(SOURCES))
    faults = sorted(spanish.faults(catalog))
    for phrase, reason in faults:
        sys.stdout.write(f"{reason}: {phrase!r}\n")
    if faults:
        sys.stderr.write(
            f"{len(faults)} of {len(catalog)} phrases are not ready in Spanish.\nWrite them in {PO.name}.\n"
        )
    if not PO.exists() or PO.read_text(encoding="utf-8") != spanish.text(catalog):
        sys.stderr.write(f"{PO.name} is not in step with the sources.\nRun make messages.\n")
        return 1
    return 1 if faults else 0


COMMANDS = {"extract": extract, "compile": compile_, "check": check}


def main(arguments: list[str]) -> int:
    """Run one of the three commands."""
    command = COMMANDS.get(arguments[0]) if len(arguments) == 1 else None
    if command is None:
        sys.stderr.write(f"Which of {', '.join(COMMANDS)}?\n{(__doc__ or '').strip()}\n")
        return 2
    try:
        return command()
    except BadInput as error:
        sys.stderr.write(f"{error}\n{error.mend}\n")
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

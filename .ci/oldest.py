"""Print the oldest version of each dependency that pyproject.toml allows, as pip's constraints."""

import re
import tomllib
from pathlib import Path

project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text("utf-8"))["project"]
wanted = [*project["dependencies"], *(row for rows in project["optional-dependencies"].values() for row in rows)]
print("\n".join(sorted({re.sub(r">=", "==", row.partition(",")[0]) for row in wanted})))

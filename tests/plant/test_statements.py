"""What programs find, told to whoever reads it."""

import subprocess
import sys

from ops.paths import ROOT

SHELL = """
import django
django.setup()
from django.utils.translation import override
from plant.statements import say, told
rule = {"kind": "beyond", "zone": 3.0}
with override("en"):
    print(told(say("spc.rule-fired", chart="C1", parameter="P", rule="beyond-3s", spec=rule, value=1.0)))
"""


def test_a_bare_shell_tells_it_too():
    done = subprocess.run([sys.executable, "-c", SHELL], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "C1: beyond 3 sigma"

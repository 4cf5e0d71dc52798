"""All of it in the long form, one after another.

    python -m tests.lasting

What each gave last is in docs/reliability.md.
"""

import subprocess
import sys
import time

MODULES = ("crash", "power", "together", "damage", "refused")


def main() -> None:
    failed = []
    for module in MODULES:
        began = time.monotonic()
        if subprocess.run([sys.executable, "-m", f"tests.lasting.{module}"], check=False).returncode:
            failed.append(module)
        print(f"{module}: {'FAILED' if module in failed else 'ok'}, {time.monotonic() - began:.0f} s", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()

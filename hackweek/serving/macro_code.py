"""The macros' Python, imported again after an edit."""

import importlib
import sys


def reload_macros() -> None:
    """Runs the package `macros` anew, in the module that `hackweek` already holds.

    Its submodules are forgotten, so that it imports them anew itself, in the order that it
    needs. Raises whatever the edited code raises; it has to be called again then.
    """
    sys.dont_write_bytecode = True  # bytecode is told apart by size and whole seconds only
    importlib.invalidate_caches()
    for name in [each for each in sys.modules if each.startswith("macros.")]:
        del sys.modules[name]
    package = sys.modules.get("macros")
    if package is None:
        importlib.import_module("macros")
        return
    for name in [each for each in vars(package) if not each.startswith("__")]:
        delattr(package, name)
    importlib.reload(package)

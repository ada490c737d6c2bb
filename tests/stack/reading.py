"""What the stack tests read: ./dev, docker-compose.yml and the settings, as data."""

import ast
import re
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent.parent


def dev_constants() -> dict[str, str]:
    """Return the single-quoted constants at the top of ./dev."""
    return dict(re.findall(r"^([A-Z_]+)='(.*)'$", (ROOT / "dev").read_text(), re.MULTILINE))


def dev_commands() -> set[str]:
    """Return the commands that ./dev offers in its own list."""
    return set(re.findall(r"^\./dev (\w+)", (ROOT / "dev").read_text(), re.MULTILINE))


def compose() -> dict:
    """Return docker-compose.yml with its anchors resolved."""
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def settings_variables() -> set[str]:
    """Return the environment variables that alertdesk/settings.py reads through django-environ."""
    tree = ast.parse((ROOT / "alertdesk" / "settings.py").read_text())
    return {node.args[0].value for node in ast.walk(tree) if isinstance(node, ast.Call) and _reads_env(node)}


def _reads_env(call: ast.Call) -> bool:
    """Whether this is `env("NAME")` or `env.kind("NAME")`."""
    name = getattr(call.func, "value", call.func)
    literal = bool(call.args) and isinstance(call.args[0], ast.Constant)
    return literal and isinstance(name, ast.Name) and name.id == "env"

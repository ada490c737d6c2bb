"""The compose stack runs what ./dev run runs, with variables that the settings read.

No container engine is needed: the file is read, not started.
"""

import json
import os
import re
import shlex
import subprocess
import sys

import pytest

from tests.stack.reading import ROOT, compose, dev_constants, settings_variables

pytestmark = pytest.mark.once

OURS = ["setup", "web", "worker", "printer", "beat"]


def defaults(value: str) -> str:
    """Return a compose value as it is on a machine without .env; fail on a variable without a default."""
    plain = re.sub(r"(?<!\$)\$\{\w+:-([^{}]*)\}", r"\1", value)
    assert "${" not in plain.replace("$${", ""), f"a variable without a default in {value}"
    return plain.replace("$$", "$")


@pytest.mark.parametrize(
    ("service", "constant"), [("web", "WEB"), ("worker", "WORKER"), ("printer", "PRINTER"), ("beat", "BEAT")]
)
def test_compose_runs_the_processes_of_dev_run(service, constant):
    assert compose()["services"][service]["command"] == dev_constants()[constant]


def test_setup_migrates_with_the_command_of_dev_run():
    shell, flag, script = compose()["services"]["setup"]["command"]
    assert (shell, flag) == ("sh", "-c")
    assert script.split(" && ")[0] == dev_constants()["MIGRATE"]


@pytest.mark.parametrize(("demo", "ran"), [("0", ["migrate --noinput"]), ("1", ["migrate --noinput", "load_demo"])])
def test_setup_loads_the_demo_only_when_asked(tmp_path, demo, ran):
    python = tmp_path / "python"
    python.write_text('#!/bin/sh\nshift\necho "$@" >> "$LOG"\n')
    python.chmod(0o755)
    log = tmp_path / "log"
    environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "DEMO": demo, "LOG": str(log)}
    command = [defaults(word) for word in compose()["services"]["setup"]["command"]]
    subprocess.run(command, env=environment, check=True)
    assert log.read_text().splitlines() == ran


def test_the_image_starts_the_web_command_by_itself():
    cmd = re.search(r"^CMD (\[.*\])$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)[1]
    assert json.loads(cmd) == shlex.split(dev_constants()["WEB"])


def test_the_image_has_the_packages_that_dev_installs():
    installed = re.search(
        r"apt-get install -y --no-install-recommends (.*) \\$", (ROOT / "Dockerfile").read_text(), re.M
    )
    assert installed[1] == dev_constants()["RUN_PACKAGES"]


def test_the_stack_passes_on_every_variable_that_the_settings_read():
    fixed_by_the_image = {"VAR_DIR", "READ_DOT_ENV"}
    follows_from_redis = {"EMBEDDED_SCHEDULER"}
    passed_on = set(compose()["services"]["web"]["environment"])
    assert passed_on | fixed_by_the_image | follows_from_redis == settings_variables()
    image = (ROOT / "Dockerfile").read_text()
    assert all(f"    {name}=" in image for name in fixed_by_the_image)


@pytest.mark.parametrize("service", OURS)
def test_all_processes_share_files_and_environment(service):
    services = compose()["services"]
    assert services[service]["volumes"] == services["web"]["volumes"] == ["files:/var/lib/alertdesk"]
    assert services[service]["environment"] == services["web"]["environment"]


@pytest.mark.parametrize("service", ["web", "worker", "printer", "beat"])
def test_nothing_starts_before_tables_and_key_are_there(service):
    conditions = {name: wait["condition"] for name, wait in compose()["services"][service]["depends_on"].items()}
    expected = {"setup": "service_completed_successfully", "db": "service_healthy", "redis": "service_healthy"}
    assert conditions == expected


def test_health_is_asked_of_web_database_and_redis():
    services = compose()["services"]
    assert "/healthz" in (ROOT / "Dockerfile").read_text()
    assert "healthcheck" not in services["web"], "the image's own check is used"
    assert services["db"]["healthcheck"]["test"][:2] == ["CMD", "pg_isready"]
    assert services["redis"]["healthcheck"]["test"] == ["CMD", "redis-cli", "ping"]


def test_only_the_web_server_is_published_and_only_on_this_machine():
    published = {name: service["ports"] for name, service in compose()["services"].items() if "ports" in service}
    assert list(published) == ["web"]
    assert [defaults(port) for port in published["web"]] == ["127.0.0.1:8000:8000"]


def test_every_named_volume_is_declared():
    mounts = [m for service in compose()["services"].values() for m in service.get("volumes", [])]
    assert {mount.split(":")[0] for mount in mounts} == set(compose()["volumes"])


def test_the_settings_accept_the_stack_without_any_env_file(tmp_path):
    environment = {k: defaults(v) for k, v in compose()["services"]["web"]["environment"].items() if v is not None}
    program = (
        "import json; from alertdesk import settings as s; d = s.DATABASES['default'];"
        "print(json.dumps([d['ENGINE'], d['HOST'], d['PASSWORD'],"
        " s.REDIS_URL, s.EMBEDDED_SCHEDULER, s.DEMO, s.SITE_URL]))"
    )
    base = {"PATH": os.environ["PATH"], "READ_DOT_ENV": "0", "VAR_DIR": str(tmp_path)}
    ran = subprocess.run(
        [sys.executable, "-c", program], env=base | environment, cwd=ROOT, capture_output=True, check=True
    )
    read = json.loads(ran.stdout)
    assert read[:2] == ["django.db.backends.postgresql", "db"]
    assert read[2] == defaults(compose()["services"]["db"]["environment"]["POSTGRES_PASSWORD"])
    assert read[3:] == ["redis://redis:6379/0", False, False, "http://127.0.0.1:8000"]
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0

"""How workers and beat run. A lost or doubled message does no harm: what is to be done is in the database."""

from django.conf import settings

broker_url = settings.REDIS_URL or "memory://"
broker_connection_retry_on_startup = True
# A request that pokes must not wait for a broker that is away: one quick second try, then the rhythm does it.
broker_transport_options = {
    "socket_connect_timeout": 2,
    "socket_timeout": 10,
    "max_retries": 1,
    "interval_start": 0,
    "visibility_timeout": 300,
}

task_serializer = "json"
accept_content = ["json"]
task_ignore_result = True
enable_utc = True
timezone = "UTC"

task_acks_late = True
task_reject_on_worker_lost = True
task_soft_time_limit = 55
task_time_limit = 70
worker_prefetch_multiplier = 1
# Papers have a queue and a worker of their own: a long one holds up no reminder.
task_routes = {"directives.tasks.print_paper": {"queue": "papers"}}
worker_max_tasks_per_child = 500

beat_schedule = {
    "sweep": {
        "task": "directives.tasks.sweep",
        "schedule": float(settings.SWEEP_INTERVAL_SECONDS),
        "options": {"expires": 2 * settings.SWEEP_INTERVAL_SECONDS},
    }
}
beat_schedule_filename = str(settings.VAR_DIR / "celerybeat-schedule")

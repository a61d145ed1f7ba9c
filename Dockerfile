# The labs for a class: docker build -t dwmtj . && docker run --init -p 127.0.0.1:8866:8866 dwmtj
FROM python:3.11-slim

# Kernels are compiled for no processor in particular: the image runs on other computers than it is built on.
ENV NUMBA_CACHE_DIR=/home/dwmtj/kernels \
    NUMBA_CPU_NAME=generic \
    NUMBA_CPU_FEATURES="" \
    PYTHONUNBUFFERED=1

RUN useradd --create-home --uid 1000 dwmtj
WORKDIR /home/dwmtj

COPY binder/requirements.txt ./
RUN pip install --no-cache-dir -r requirements.txt

COPY pyproject.toml README.md LICENSE source/
COPY dwmtj_widgets source/dwmtj_widgets
COPY notebooks source/notebooks
# numba finds a compiled kernel by its source's time of change, and layers of an image keep whole seconds of it.
RUN pip install --no-cache-dir --no-deps ./source \
    && rm -r source \
    && package=$(python -c 'import dwmtj_widgets; print(dwmtj_widgets.__path__[0])') \
    && find "$package" -name '*.py' -exec touch -d "@$(date +%s)" {} +

COPY docs/deploy/serve_container.py ./
USER 1000
RUN dwmtj warmup

EXPOSE 8866
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["python", "-c", "import os, urllib.request as r; r.urlopen('http://127.0.0.1:8866' + os.environ.get('DWMTJ_BASE_URL', '/'), timeout=4)"]
CMD ["python", "serve_container.py"]

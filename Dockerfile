# What a build of the program and the page needs, from nothing: the packages that scripts/install-packages names, and
# npm's registry for the page. It is a list to be read: no test of the project builds it.
#   docker build -t cellmnn . && docker run --rm -v "$PWD:/data" -w /data cellmnn inspect cells.h5ad
FROM debian:bookworm-slim AS build
COPY scripts/install-packages /cellmnn/scripts/
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates && \
    /cellmnn/scripts/install-packages --wasm
COPY . /cellmnn
WORKDIR /cellmnn
RUN scripts/build-page && \
    cmake --preset native -DCELLMNN_BUILD_TESTS=OFF -DCELLMNN_BUILD_BENCH=OFF && \
    cmake --build --preset native --parallel "$(scripts/build-jobs)" && \
    cmake --install build/native --prefix /opt/cellmnn --strip

# What the program needs to run.
FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends libhdf5-103-1 zlib1g libzstd1 && \
    rm -rf /var/lib/apt/lists/*
COPY --from=build /opt/cellmnn /opt/cellmnn
ENTRYPOINT ["/opt/cellmnn/bin/cellmnn"]

# PostgreSQL with binds, from the official image:
#	docker build -t binds . && docker run -e POSTGRES_PASSWORD=... binds
# --build-arg PG=15 ... 18
ARG PG=17

FROM postgres:${PG}-bookworm AS build
RUN apt-get -q update && apt-get -q -y install --no-install-recommends \
	build-essential postgresql-server-dev-$PG_MAJOR libsqlite3-dev default-libmysqlclient-dev
COPY . /src
# the image's own PostgreSQL, whatever else pg_config might name
RUN export PG_CONFIG=/usr/lib/postgresql/$PG_MAJOR/bin/pg_config && \
	make -C /src with_llvm=no && make -C /src with_llvm=no install DESTDIR=/out

FROM postgres:${PG}-bookworm
RUN apt-get -q update && apt-get -q -y install --no-install-recommends libsqlite3-0 libmariadb3 && \
	rm -rf /var/lib/apt/lists/*
COPY --from=build /out /
# every session has the library, and the first database the extension
RUN echo "shared_preload_libraries = 'binds'" >>/usr/share/postgresql/postgresql.conf.sample && \
	echo "CREATE EXTENSION binds;" >/docker-entrypoint-initdb.d/binds.sql

#!/bin/sh
# Throw-away PostgreSQL, Redis and RabbitMQ on free loopback ports, for the tests that want real ones.
#
#   eval "$(scripts/test_servers.sh start DIR)"    starts what is installed; prints the variables tests read
#   scripts/test_servers.sh stop DIR               ends them
#
# Nothing of the system's own servers is touched: data, logs and process ids live in DIR.
set -eu
action=${1:?start or stop}
mkdir -p "${2:?a folder}"
dir=$(cd "$2" && pwd)

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

postgres_bin() {
    for path in /usr/lib/postgresql/*/bin /opt/homebrew/opt/postgresql*/bin /usr/local/opt/postgresql*/bin; do
        [ -x "$path/initdb" ] && found=$path
    done
    if [ -n "${found:-}" ]; then echo "$found"; else dirname "$(command -v initdb || echo /)"; fi
}

as_postgres() { # PostgreSQL refuses to run as root
    if [ "$(id -u)" = 0 ]; then su postgres -s /bin/sh -c "$1"; else sh -c "$1"; fi
}

start_postgres() {
    bin=$(postgres_bin)
    if [ ! -x "$bin/initdb" ]; then return 0; fi
    port=$(free_port)
    mkdir -p "$dir/postgres"
    if [ "$(id -u)" = 0 ]; then
        # Its own folder under /tmp: another user cannot enter a checkout below /root.
        rm -rf "$dir/postgres"
        real=$(mktemp -d /tmp/branchwise-postgres-XXXXXX)
        chown postgres "$real"
        ln -s "$real" "$dir/postgres"
    fi
    data=$(cd "$dir/postgres" && pwd -P)/data
    as_postgres "'$bin/initdb' -D '$data' -U branchwise --auth=trust -E UTF8 --no-sync" >"$dir/initdb.log" 2>&1
    # Nobody pulls this machine's plug: without waiting for the disk, emptying all tables costs a fraction.
    quick="-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    as_postgres "'$bin/pg_ctl' -D '$data' -w -l '$data/server.log' \
        -o '-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories= -c max_connections=200 $quick' start" \
        >>"$dir/initdb.log" 2>&1
    echo "export BRANCHWISE_TEST_POSTGRES=postgres://branchwise@127.0.0.1:$port/postgres"
}

start_redis() {
    command -v redis-server >/dev/null 2>&1 || return 0
    port=$(free_port)
    redis-server --port "$port" --bind 127.0.0.1 --save "" --appendonly no --dir "$dir" --daemonize yes \
        --pidfile "$dir/redis.pid" --logfile "$dir/redis.log" >/dev/null
    echo "export BRANCHWISE_TEST_REDIS=redis://127.0.0.1:$port/0"
}

rabbitmq() { # the script behind Debian's wrapper, which would change the user
    program=/usr/lib/rabbitmq/bin/$1
    [ -x "$program" ] || program=$(command -v "$1")
    shift
    env HOME="$dir/rabbitmq" RABBITMQ_NODENAME="$(cat "$dir/rabbitmq/name")" RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 \
        RABBITMQ_NODE_PORT="$(cat "$dir/rabbitmq/port")" RABBITMQ_DIST_PORT="$(cat "$dir/rabbitmq/dist")" \
        RABBITMQ_MNESIA_BASE="$dir/rabbitmq/data" RABBITMQ_LOG_BASE="$dir/rabbitmq/log" \
        RABBITMQ_ENABLED_PLUGINS_FILE="$dir/rabbitmq/plugins" RABBITMQ_CONF_ENV_FILE=/dev/null \
        RABBITMQ_PID_FILE="$dir/rabbitmq/pid" ERL_EPMD_ADDRESS=127.0.0.1 "$program" "$@"
}

start_rabbitmq() {
    command -v rabbitmq-server >/dev/null 2>&1 || return 0
    mkdir -p "$dir/rabbitmq"
    echo "branchwise-$$@localhost" >"$dir/rabbitmq/name"
    free_port >"$dir/rabbitmq/port"
    free_port >"$dir/rabbitmq/dist"
    echo "[]." >"$dir/rabbitmq/plugins"
    rabbitmq rabbitmq-server -detached >"$dir/rabbitmq/start.log" 2>&1
    rabbitmq rabbitmqctl wait "$dir/rabbitmq/pid" --timeout 90 >>"$dir/rabbitmq/start.log" 2>&1 ||
        { echo "RabbitMQ did not start:" >&2; cat "$dir/rabbitmq/start.log" >&2; return 0; }
    echo "export BRANCHWISE_TEST_RABBITMQ=amqp://guest:guest@127.0.0.1:$(cat "$dir/rabbitmq/port")//"
}

case $action in
start)
    start_postgres
    start_redis
    start_rabbitmq
    ;;
stop)
    if [ -e "$dir/postgres" ]; then
        data=$(cd "$dir/postgres" && pwd -P)/data
        as_postgres "'$(postgres_bin)/pg_ctl' -D '$data' -m immediate stop" >/dev/null 2>&1 || true
        rm -rf "$(dirname "$data")" "$dir/postgres"
    fi
    if [ -e "$dir/redis.pid" ]; then kill "$(cat "$dir/redis.pid")" 2>/dev/null || true; fi
    if [ -e "$dir/rabbitmq/name" ]; then rabbitmq rabbitmqctl stop >/dev/null 2>&1 || true; fi
    rm -rf "$dir/rabbitmq"
    ;;
esac

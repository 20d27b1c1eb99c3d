#!/usr/bin/env bash
# Smew from a clone: builds the JAR when it is missing or stale, and starts it.
# Needs a JDK 25 or newer and Maven, or a network for the Maven wrapper. Works from any folder, on Linux and macOS.
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
JAR="$ROOT/target/smew.jar"
AOT_CACHE="$ROOT/target/smew.aot"
AOT_LOG="$ROOT/target/aot/log"
OUT="$ROOT/out"
PID_FILE="$OUT/smew.pid"
LOG_FILE="$OUT/smew.log"
NEEDED_JAVA=25
READY_SECONDS=60
STOP_SECONDS=30

# The one place for flags of the Java that runs Smew. JAVA_TOOL_OPTIONS adds to them.
JVM_FLAGS=()

usage() {
  cat <<END
./run.sh                    builds, runs the sample project, serves on http://127.0.0.1:8080 until Ctrl-C
./run.sh start|stop|restart|status
                            the same as a background service
./run.sh reset              deletes what runs produced (out/)
./run.sh build              builds target/smew.jar
./run.sh test               runs every test
./run.sh bench              runs the benchmark
./run.sh COMMAND ...        is java -jar smew.jar COMMAND ...; ./run.sh --help lists the commands
END
}

say() { printf '%s\n' "$*" >&2; }

fail() {
  local code=$1
  shift
  say "$*"
  exit "$code"
}

# --- Java and Maven ---------------------------------------------------------------------------------------------------

# Prints the feature release of the JDK in folder $1 (25), or nothing where there is no JDK.
jdk_version() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 0
  local version=''
  if [ -r "$1/release" ]; then
    version=$(sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9][0-9]*\).*/\1/p' "$1/release" | head -n 1)
  fi
  if [ -z "$version" ]; then
    version=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9][0-9]*\).*/\1/p' | head -n 1)
  fi
  printf '%s' "$version"
}

# Prints the folder that the java on PATH belongs to, with links followed.
jdk_on_path() {
  local java link
  java=$(command -v java) || return 0
  while [ -L "$java" ]; do
    link=$(readlink "$java")
    case $link in
      /*) java=$link ;;
      *) java=$(dirname "$java")/$link ;;
    esac
  done
  (cd "$(dirname "$java")/.." && pwd -P)
}

# Prints where JDKs usually are, the preferred first, one a line.
jdk_candidates() {
  if [ -n "${JAVA_HOME:-}" ]; then printf '%s\n' "$JAVA_HOME"; fi
  jdk_on_path
  if [ -x /usr/libexec/java_home ]; then
    /usr/libexec/java_home -v "$NEEDED_JAVA+" 2>/dev/null || true
  fi
  local folder
  for folder in /usr/lib/jvm/* /usr/java/* /opt/* /opt/java/* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.local/share/mise/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /home/linuxbrew/.linuxbrew/opt/openjdk*/libexec; do
    if [ -d "$folder" ]; then printf '%s\n' "$folder"; fi
  done
}

# Sets JAVA_HOME to a JDK that is new enough.
find_jdk() {
  local home version
  while IFS= read -r home; do
    version=$(jdk_version "$home")
    if [ -n "$version" ] && [ "$version" -ge "$NEEDED_JAVA" ]; then
      JAVA_HOME=$home
      export JAVA_HOME
      return
    fi
  done <<END
$(jdk_candidates)
END
  fail 2 "Smew needs a JDK $NEEDED_JAVA or newer, and none was found in JAVA_HOME, on PATH or where this system keeps its JDKs: install one, or set JAVA_HOME to its folder."
}

maven() {
  # Old Maven versions use what new JVMs warn of.
  local options="--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow ${MAVEN_OPTS:-}"
  local command="$ROOT/mvnw"
  if command -v mvn >/dev/null 2>&1; then command=mvn; fi
  (cd "$ROOT" && MAVEN_OPTS="$options" "$command" -B -ntp -Dstyle.color=never "$@")
}

# --- the JAR ----------------------------------------------------------------------------------------------------------

build() {
  say "Building target/smew.jar (the first time fetches what Maven needs) ..."
  maven -q package -DskipTests >&2 || fail 70 "The build failed; what Maven says above names the cause."
  # Maven leaves an unchanged JAR alone; touched, it is newer than what it was made of.
  touch "$JAR"
  make_aot_cache_once
}

# Makes the cache unless it is there, or could not be made of this JAR before.
make_aot_cache_once() {
  if [ "$AOT_CACHE" -nt "$JAR" ] || [ "$AOT_LOG" -nt "$JAR" ]; then return; fi
  say "Making target/smew.aot, for fast starts ..."
  make_aot_cache || say "There is no target/smew.aot, so Smew starts slower; target/aot/log may tell why."
}

# What Java learns of a service that starts, answers and stops: its classes loaded and linked. Speed only. What was worth compiling is
# left out: a start that knows it compiles half as many methods again before it is ready (0.73 s in place of 0.69), and is at full speed no sooner.
make_aot_cache() {
  local folder="$ROOT/target/aot" log="$AOT_LOG" pid url='' waited=0
  rm -rf "$folder" "$AOT_CACHE"
  mkdir -p "$folder"
  "$JAVA_HOME/bin/java" -jar "$JAR" init "$folder/project" >"$log" 2>&1 || return 1
  "$JAVA_HOME/bin/java" -jar "$JAR" run --project "$folder/project" --store "$folder/store" >>"$log" 2>&1 || return 1
  "$JAVA_HOME/bin/java" -XX:+IgnoreUnrecognizedVMOptions -XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining \
    -XX:AOTCacheOutput="$AOT_CACHE" -jar "$JAR" \
    serve --project "$folder/project" --store "$folder/store" --host 127.0.0.1 --port 0 >>"$log" 2>&1 </dev/null &
  pid=$!
  while [ -z "$url" ] && [ "$waited" -lt $((READY_SECONDS * 5)) ] && kill -0 "$pid" 2>/dev/null; do
    sleep 0.2
    waited=$((waited + 1))
    url=$(sed -n 's/.*Serving on http:\/\/\([0-9.:]*\).*/\1/p' "$log")
  done
  if [ -n "$url" ]; then rehearse "${url%:*}" "${url##*:}" || true; fi
  kill "$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || true
  [ -f "$AOT_CACHE" ] || return 1
  rm -rf "$folder"
}

# Asks the service of the sample at host $1 and port $2 for some of each kind.
rehearse() {
  local path
  for path in readyz predictions/5008804 features/credit_history/5008804 models metrics; do
    {
      printf 'GET /%s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n' "$path" "$1" >&3
      cat <&3 >/dev/null
    } 3<>"/dev/tcp/$1/$2" || return 1
  done
}

# The sample's SQL and data are in the JAR too, for init; who edits them here need not build for that.
is_stale() {
  [ -f "$JAR" ] || return 0
  local inputs=() input
  for input in src/main pom.xml; do
    if [ -e "$ROOT/$input" ]; then inputs+=("$ROOT/$input"); fi
  done
  [ "${#inputs[@]}" -gt 0 ] || return 1
  [ -n "$(find "${inputs[@]}" -newer "$JAR" 2>/dev/null | head -n 1)" ]
}

build_if_stale() {
  if is_stale; then
    build
  else
    # ./run.sh test and Maven alone make a JAR without it.
    make_aot_cache_once
  fi
  # A Java that cannot use it starts without, and need not say so.
  if [ "$AOT_CACHE" -nt "$JAR" ]; then JVM_FLAGS+=("-XX:AOTCache=$AOT_CACHE" -Xlog:aot=off); fi
}

smew() {
  "$JAVA_HOME/bin/java" ${JVM_FLAGS[@]+"${JVM_FLAGS[@]}"} -jar "$JAR" "$@"
}

# In place of this shell, so that signals and exit codes are Smew's own.
become_smew() {
  exec "$JAVA_HOME/bin/java" ${JVM_FLAGS[@]+"${JVM_FLAGS[@]}"} -jar "$JAR" "$@"
}

run_sample() {
  smew run --project "$ROOT" --store "$OUT"
}

# --- the service ------------------------------------------------------------------------------------------------------

# Prints the process id of the service; fails where none runs. A file that a dead service left behind is removed.
service_pid() {
  [ -f "$PID_FILE" ] || return 1
  local pid
  pid=$(cat "$PID_FILE")
  case $pid in
    '' | *[!0-9]*) ;;
    *)
      if kill -0 "$pid" 2>/dev/null && is_smew "$pid"; then
        printf '%s' "$pid"
        return 0
      fi
      ;;
  esac
  rm -f "$PID_FILE"
  return 1
}

# Whether process $1 is Smew and not another that got its number. Where nobody can tell, it is.
is_smew() {
  if [ -r "/proc/$1/cmdline" ]; then
    tr '\0' ' ' <"/proc/$1/cmdline" | grep -q 'smew\.jar'
  elif command -v ps >/dev/null 2>&1; then
    ps -p "$1" -o command= 2>/dev/null | grep -q 'smew\.jar'
  fi
}

# Prints a process that runs this clone's JAR or another Smew on this store; fails where there is none, or no ps.
smew_process() {
  local processes pid command
  processes=$(ps -A -ww -o pid= -o args= 2>/dev/null) || return 1
  while read -r pid command; do
    case $command in
      *" -jar $JAR"* | *smew.jar*"$OUT"*)
        printf '%s' "$pid"
        return 0
        ;;
    esac
  done <<END
$processes
END
  return 1
}

# Whether a run holds the lock of the store, as far as this system tells: only Linux does, and by the file's number.
is_locked() {
  [ -f "$OUT/.lock" ] && [ -r /proc/locks ] || return 1
  local number
  # shellcheck disable=SC2012 # one file, whose name we know
  number=$(ls -i "$OUT/.lock" | awk '{ print $1 }')
  grep -q ":$number " /proc/locks
}

start() {
  local pid
  if pid=$(service_pid); then
    say "Smew runs already (process $pid); its log is $LOG_FILE."
    return 0
  fi
  build_if_stale
  run_sample
  mkdir -p "$OUT"
  # Here, because the new process may empty it only after the loop below has read what the last service said.
  : >"$LOG_FILE"
  nohup "$JAVA_HOME/bin/java" ${JVM_FLAGS[@]+"${JVM_FLAGS[@]}"} -jar "$JAR" \
    serve --project "$ROOT" --store "$OUT" >>"$LOG_FILE" 2>&1 </dev/null &
  pid=$!
  printf '%s\n' "$pid" >"$PID_FILE"
  local waited=0
  while [ "$waited" -lt $((READY_SECONDS * 5)) ]; do
    if grep -q 'Serving on ' "$LOG_FILE"; then
      say "$(grep -m 1 'Serving on ' "$LOG_FILE" | sed 's/.*\(Serving on [^ ]*\).*/\1/') (process $pid, log $LOG_FILE)"
      return 0
    fi
    if ! kill -0 "$pid" 2>/dev/null; then
      rm -f "$PID_FILE"
      local code=0
      wait "$pid" || code=$?
      tail -n 5 "$LOG_FILE" >&2
      fail "$code" "Smew did not start; its log is $LOG_FILE."
    fi
    sleep 0.2
    waited=$((waited + 1))
  done
  kill "$pid" 2>/dev/null || true
  rm -f "$PID_FILE"
  fail 5 "Smew was not ready within $READY_SECONDS seconds and was stopped; its log is $LOG_FILE."
}

stop() {
  local pid waited=0
  if ! pid=$(service_pid); then
    say "Smew is not running."
    return 0
  fi
  kill "$pid" 2>/dev/null || true
  while kill -0 "$pid" 2>/dev/null; do
    if [ "$waited" -ge $((STOP_SECONDS * 5)) ]; then
      say "Smew did not stop within $STOP_SECONDS seconds and was killed."
      kill -9 "$pid" 2>/dev/null || true
      break
    fi
    sleep 0.2
    waited=$((waited + 1))
  done
  rm -f "$PID_FILE"
  say "Stopped (process $pid)."
}

status() {
  local pid
  if pid=$(service_pid); then
    echo "running (process $pid, log $LOG_FILE)"
  else
    echo "not running"
    return 3
  fi
}

reset() {
  local pid
  if pid=$(service_pid); then
    fail 5 "Smew is running (process $pid) on what reset would delete: ./run.sh stop first."
  fi
  if pid=$(smew_process); then
    fail 5 "Smew is running (process $pid) on what reset would delete: wait until it has ended, or stop it."
  fi
  if is_locked; then
    fail 5 "A run is writing to $OUT, which reset would delete: wait until it has ended, or stop it."
  fi
  rm -rf "${OUT:?}"
  say "Deleted $OUT."
}

# --- tests and benchmark ----------------------------------------------------------------------------------------------

run_tests() {
  maven verify "$@"
}

bench() {
  build_if_stale
  maven -q test-compile dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile=target/test.classpath >&2
  exec "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED --add-opens=java.base/java.nio=ALL-UNNAMED \
    -cp "$ROOT/target/test-classes:$ROOT/target/classes:$(cat "$ROOT/target/test.classpath")" smew.bench.Bench "$@"
}

case ${1:-} in
  usage) usage ;;
  stop) stop ;;
  status) status ;;
  reset) reset ;;
  *)
    find_jdk
    case ${1:-} in
      '')
        build_if_stale
        run_sample
        become_smew serve --project "$ROOT" --store "$OUT"
        ;;
      start) start ;;
      restart)
        stop
        start
        ;;
      build) build ;;
      test)
        shift
        run_tests "$@"
        ;;
      bench)
        shift
        bench "$@"
        ;;
      *)
        build_if_stale
        become_smew "$@"
        ;;
    esac
    ;;
esac
